//! Passwords: argon2id, always off the async threads.

use std::sync::{Arc, OnceLock};

use tokio::sync::Semaphore;

use super::{State, User, digests};
use crate::error::{LocalError, Result};

/// Shortest password, in characters.
pub const MIN_PASSWORD_LENGTH: usize = 8;
/// Longest password, in characters.
pub const MAX_PASSWORD_LENGTH: usize = 72;

/// However many cores there are, no more than this many passwords are worked on at once.
const MOST_AT_ONCE: usize = 4;

/// Checks a new password's length.
///
/// # Errors
/// Clerk's `form_password_length_too_short` and `form_password_length_too_long` (422) for the
/// field `password`.
pub fn check_password_form(password: &str) -> Result<()> {
    check_new_password(password, "password")
}

/// Like [`check_password_form`], for a field of another name.
///
/// # Errors
/// As there.
pub fn check_new_password(password: &str, param_name: &str) -> Result<()> {
    let length = password.chars().count();
    if length < MIN_PASSWORD_LENGTH {
        let text = format!("Passwords must be {MIN_PASSWORD_LENGTH} characters or more.");
        return Err(LocalError::form(
            422,
            "form_password_length_too_short",
            &text,
            param_name,
        ));
    }
    if length > MAX_PASSWORD_LENGTH {
        let text = format!("Passwords must be {MAX_PASSWORD_LENGTH} characters or less.");
        return Err(LocalError::form(
            422,
            "form_password_length_too_long",
            &text,
            param_name,
        ));
    }
    Ok(())
}

/// What came of comparing a password with a person's. That takes a while, so whoever acts on it looks
/// whether the person still has the password it was compared with.
#[derive(Debug, Clone)]
pub struct ComparedPassword {
    digest: Option<String>,
    matches: bool,
}

impl ComparedPassword {
    /// Whether it is the password that the person has now.
    pub fn is_of(&self, user: &User) -> bool {
        self.matches && self.digest == user.password_digest
    }
}

impl State {
    /// The argon2id digest of a password, in PHC form.
    pub async fn hash_password(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        blocking(move || digests::digest(&password)).await?
    }

    /// Compares a password with the person's.
    pub async fn compare_password(&self, user: &User, password: &str) -> Result<ComparedPassword> {
        Ok(ComparedPassword {
            digest: user.password_digest.clone(),
            matches: self.verify_password(user, password).await?,
        })
    }

    /// Whether this is the person's password. Unknown people and people without a password cost the
    /// same work, so that the time taken does not tell whether an address is known.
    pub async fn verify_password<'a>(
        &self,
        user: impl Into<Option<&'a User>>,
        password: &str,
    ) -> Result<bool> {
        let digest = user.into().and_then(|user| user.password_digest.clone());
        let password = password.to_owned();
        blocking(move || {
            let known = digest.is_some();
            let digest = match digest {
                Some(digest) => digest,
                None => decoy()?,
            };
            Ok(digests::matches(&password, &digest)? && known)
        })
        .await?
    }
}

/// A digest nobody has the password of.
fn decoy() -> Result<String> {
    static DECOY: OnceLock<String> = OnceLock::new();
    if let Some(digest) = DECOY.get() {
        return Ok(digest.clone());
    }
    let digest = digests::digest(&super::ids::alphanumeric(32))?;
    Ok(DECOY.get_or_init(|| digest).clone())
}

/// How many passwords are worked on at once: each takes a core and 19 MiB for a while, and half of the
/// machine is for everybody else.
fn turns() -> Arc<Semaphore> {
    static TURNS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    let turns = TURNS.get_or_init(|| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Arc::new(Semaphore::new((cores / 2).clamp(1, MOST_AT_ONCE)))
    });
    Arc::clone(turns)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    // The semaphore is never closed.
    let turn = turns().acquire_owned().await;
    let work = move || {
        // Held to the end of the work, even if nobody waits for it any more.
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| LocalError::Invalid(format!("a password task failed: {error}")))
}
