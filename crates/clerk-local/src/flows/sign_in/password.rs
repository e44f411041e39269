//! First factor `password`.

use crate::{
    error::{LocalError, Result},
    flows::{PASSWORD, code},
    state::{ComparedPassword, State, User, Verification, VerificationStatus},
};

/// Wrong passwords after which an attempt is worth nothing and a new one has to be started.
const MAX_ATTEMPTS: u32 = 10;

/// Compares a password with the person's before the unit in which [`check`] acts on the outcome: it
/// takes a while, and others go on meanwhile.
///
/// # Errors
/// As of [`check`], but for a wrong password.
pub async fn compare(
    state: &State,
    user: &User,
    first_factor: Option<&Verification>,
    password: &str,
) -> Result<ComparedPassword> {
    check_has_one(user)?;
    let is_over = |shown: &Verification| {
        shown.strategy == PASSWORD && shown.status == VerificationStatus::Failed
    };
    if first_factor.is_some_and(is_over) {
        return Err(code::failed());
    }
    state.compare_password(user, password).await
}

/// Writes into the first factor what follows from a password; the caller stores it. Of passwords sent
/// together only as many count as an attempt may have wrong ones, whatever order they were compared in.
///
/// # Errors
/// `form_password_incorrect`; `verification_failed` after ten wrong ones;
/// `strategy_for_user_invalid` for a person without password.
pub fn check(
    user: &User,
    first_factor: &mut Option<Verification>,
    password: &ComparedPassword,
) -> Result<()> {
    check_has_one(user)?;
    let known = first_factor
        .take()
        .filter(|verification| verification.strategy == PASSWORD);
    let verification = first_factor.insert(known.unwrap_or(Verification {
        strategy: PASSWORD.to_owned(),
        ..Verification::default()
    }));
    if verification.status == VerificationStatus::Failed {
        return Err(code::failed());
    }
    if password.is_of(user) {
        if user.settings.password_compromised {
            return Err(LocalError::form(
                422,
                "form_password_compromised",
                "The password may be known to others. Please reset it, or use another method.",
                "password",
            ));
        }
        verification.status = VerificationStatus::Verified;
        return Ok(());
    }
    verification.attempts += 1;
    if verification.attempts >= MAX_ATTEMPTS {
        verification.status = VerificationStatus::Failed;
    }
    Err(LocalError::form(
        422,
        "form_password_incorrect",
        "Password is incorrect. Try again, or use another method.",
        "password",
    ))
}

/// Refuses to go on for a person without password.
///
/// # Errors
/// `strategy_for_user_invalid`.
pub fn check_has_one(user: &User) -> Result<()> {
    match user.password_digest {
        Some(_) => Ok(()),
        None => Err(LocalError::api(
            400,
            "strategy_for_user_invalid",
            "The verification strategy is not valid for this account",
        )),
    }
}
