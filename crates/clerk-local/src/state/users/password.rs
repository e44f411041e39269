//! Taking passwords away.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{User, finish, load, settings};
use crate::{
    error::Result,
    state::{State, sessions},
};

impl State {
    /// Takes a person's password away, and ends every session when asked to; emits
    /// `session.revoked` for each of these and `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `no_password_set` for a person without one.
    pub async fn remove_user_password(&self, id: &str, sign_out: bool) -> Result<User> {
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        if user.password_digest.is_none() {
            return Err(settings::no_password());
        }
        settings::clear_compromised(&write, &user).await?;
        let mut row = user.row.clone().into_active_model();
        row.password_digest = Set(None);
        row.password_last_updated_at = Set(Some(write.now));
        row.update(write.db()).await?;
        if sign_out {
            sessions::revoke_others(&mut write, id, None).await?;
        }
        let user = finish(&mut write, id).await?;
        write.commit().await?;
        Ok(user)
    }
}
