//! People changing and removing their own password.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{User, finish, load, settings};
use crate::{
    error::{LocalError, Result},
    state::{State, Write, check_new_password, sessions},
};

/// How a person shows that the account is theirs before its password changes.
#[derive(Debug, Clone, Copy)]
pub enum CurrentPassword<'a> {
    /// By the password, as it was typed, if it was.
    Named(Option<&'a str>),
    /// By a factor that was shown a short time ago, which the caller has checked (Clerk docs:
    /// "Reverification"; Clerk's component then does not ask for the password).
    Reverified,
}

impl State {
    /// Gives a person a new password, and ends the sessions other than `keep` when one is given;
    /// emits `session.revoked` for each of these and `user.updated`.
    ///
    /// # Errors
    /// `form_password_length_too_short`/`_long` and `form_new_password_matches_current`
    /// (`new_password`); `form_param_missing` and `form_password_incorrect` (`current_password`).
    pub async fn change_own_password(
        &self,
        user: &User,
        current: CurrentPassword<'_>,
        new: &str,
        keep: Option<&str>,
    ) -> Result<User> {
        check_new_password(new, "new_password")?;
        if user.password_digest.is_some() {
            self.check_current(user, current).await?;
            if self.verify_password(user, new).await? {
                return Err(LocalError::form(
                    422,
                    "form_new_password_matches_current",
                    "New password cannot be the same as the current password.",
                    "new_password",
                ));
            }
        }
        let digest = self.hash_password(new).await?;
        let mut write = self.write().await?;
        store(&write, user, Some(digest)).await?;
        if keep.is_some() {
            sessions::revoke_others(&mut write, &user.id, keep).await?;
        }
        let user = finish(&mut write, &user.id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Takes a person's own password away; emits `user.updated`.
    ///
    /// # Errors
    /// `no_password_set`; `form_param_missing` and `form_password_incorrect` (`current_password`);
    /// `password_required` for who could not sign in without it.
    pub async fn remove_own_password(
        &self,
        user: &User,
        current: CurrentPassword<'_>,
    ) -> Result<User> {
        if user.password_digest.is_none() {
            let text = "The user has no password.";
            return Err(LocalError::api(400, "no_password_set", text));
        }
        self.check_current(user, current).await?;
        if !user.email_addresses.iter().any(|email| email.verified) {
            let text = "A password is required: there is no other way to sign in.";
            return Err(LocalError::api(400, "password_required", text));
        }
        let mut write = self.write().await?;
        store(&write, user, None).await?;
        let user = finish(&mut write, &user.id).await?;
        write.commit().await?;
        Ok(user)
    }

    async fn check_current(&self, user: &User, current: CurrentPassword<'_>) -> Result<()> {
        let CurrentPassword::Named(current) = current else {
            return Ok(());
        };
        let current = current.ok_or_else(|| LocalError::missing("current_password"))?;
        match self.verify_password(user, current).await? {
            true => Ok(()),
            false => Err(incorrect()),
        }
    }
}

/// Writes the digest, unless the password that was checked is another one by now.
async fn store(write: &Write, checked: &User, digest: Option<String>) -> Result<()> {
    let user = load(write, &checked.id).await?;
    if user.password_digest != checked.password_digest {
        return Err(incorrect());
    }
    settings::clear_compromised(write, &user).await?;
    let mut row = user.row.into_active_model();
    row.password_digest = Set(digest);
    row.password_last_updated_at = Set(Some(write.now));
    row.update(write.db()).await?;
    Ok(())
}

fn incorrect() -> LocalError {
    LocalError::form(
        422,
        "form_password_incorrect",
        "Password is incorrect. Try again, or use another method.",
        "current_password",
    )
}
