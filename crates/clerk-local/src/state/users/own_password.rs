//! People changing and removing their own password.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{User, finish, load};
use crate::{
    error::{LocalError, Result},
    state::{State, Write, check_new_password, sessions},
};

impl State {
    /// Gives a person a new password, and ends the sessions other than `keep` when one is given;
    /// emits `session.revoked` for each of these and `user.updated`. Whoever has a password must
    /// name it.
    ///
    /// # Errors
    /// `form_password_length_too_short`/`_long` and `form_new_password_matches_current`
    /// (`new_password`); `form_param_missing` and `form_password_incorrect` (`current_password`).
    pub async fn change_own_password(
        &self,
        user: &User,
        current: Option<&str>,
        new: &str,
        keep: Option<&str>,
    ) -> Result<User> {
        check_new_password(new, "new_password")?;
        if user.password_digest.is_some() {
            self.check_current(user, current).await?;
            if current == Some(new) {
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
    pub async fn remove_own_password(&self, user: &User, current: Option<&str>) -> Result<User> {
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

    async fn check_current(&self, user: &User, current: Option<&str>) -> Result<()> {
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
