//! What the backend decides about a person: bans, and exceptions from the instance's settings.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{User, entity, finish, load};
use crate::{
    error::{LocalError, Result},
    state::{State, Write, entities::user_setting, sessions},
};

/// One person's settings; none means the instance's usual one.
pub type UserSettings = user_setting::Model;

/// What is to change; none leaves a field as it is, `Some(None)` goes back to the usual.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SettingsChanges {
    /// Language tag, `de-DE`.
    pub locale: Option<Option<String>>,
    /// Whether the person may delete the own account.
    pub delete_self_enabled: Option<Option<bool>>,
    /// Whether the person may create organizations.
    pub create_organization_enabled: Option<Option<bool>>,
    /// How many organizations the person may create; 0 = no limit.
    pub create_organizations_limit: Option<Option<i64>>,
    /// When the person accepted the legal terms (unix milliseconds).
    pub legal_accepted_at: Option<Option<i64>>,
    /// Whether a new device needs no further proof.
    pub bypass_client_trust: Option<bool>,
}

impl SettingsChanges {
    fn apply(self, settings: &mut UserSettings) {
        if let Some(value) = self.locale {
            settings.locale = value;
        }
        if let Some(value) = self.delete_self_enabled {
            settings.delete_self_enabled = value;
        }
        if let Some(value) = self.create_organization_enabled {
            settings.create_organization_enabled = value;
        }
        if let Some(value) = self.create_organizations_limit {
            settings.create_organizations_limit = value;
        }
        if let Some(value) = self.legal_accepted_at {
            settings.legal_accepted_at = value;
        }
        if let Some(value) = self.bypass_client_trust {
            settings.bypass_client_trust = value;
        }
    }
}

impl State {
    /// Bans a person: every session is revoked and there are no new ones. Emits `session.revoked`
    /// for each and `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn ban_user(&self, id: &str) -> Result<User> {
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        store(&write, &user, |settings| settings.banned = true).await?;
        sessions::revoke_others(&mut write, id, None).await?;
        let user = finish(&mut write, id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Ends a ban; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn unban_user(&self, id: &str) -> Result<User> {
        self.change_settings(id, |settings| settings.banned = false)
            .await
    }

    /// Says whether a person's password is known to others: it no longer signs in then (Clerk:
    /// compromised password). Emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `no_password_set` for a person without one.
    pub async fn set_password_compromised(&self, id: &str, compromised: bool) -> Result<User> {
        let user = self.user(id).await?.ok_or_else(LocalError::not_found)?;
        if user.password_digest.is_none() {
            return Err(no_password());
        }
        self.change_settings(id, |settings| settings.password_compromised = compromised)
            .await
    }

    async fn change_settings(
        &self,
        id: &str,
        change: impl FnOnce(&mut UserSettings),
    ) -> Result<User> {
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        store(&write, &user, change).await?;
        let user = finish(&mut write, id).await?;
        write.commit().await?;
        Ok(user)
    }
}

/// 400 `no_password_set`.
pub(super) fn no_password() -> LocalError {
    LocalError::api(400, "no_password_set", "The user has no password.")
}

/// Refuses a session to a banned person.
///
/// # Errors
/// 403 `user_banned`.
pub(in crate::state) fn refuse_banned(user: &User) -> Result<()> {
    if !user.settings.banned {
        return Ok(());
    }
    Err(LocalError::api(
        403,
        "user_banned",
        "The account has been banned and may not sign in.",
    ))
}

/// Writes what changes in a person's settings.
pub(super) async fn store_changes(
    write: &Write,
    user: &User,
    changes: SettingsChanges,
) -> Result<()> {
    if changes == SettingsChanges::default() {
        return Ok(());
    }
    store(write, user, |settings| changes.apply(settings)).await
}

/// A password that was just set is known to nobody else.
pub(super) async fn clear_compromised(write: &Write, user: &User) -> Result<()> {
    if !user.settings.password_compromised {
        return Ok(());
    }
    store(write, user, |settings| {
        settings.password_compromised = false
    })
    .await
}

pub(super) async fn store(
    write: &Write,
    user: &User,
    change: impl FnOnce(&mut UserSettings),
) -> Result<()> {
    let mut settings = user.settings.clone();
    settings.user_id.clone_from(&user.id);
    change(&mut settings);
    // A row that is already there is written anew.
    user_setting::Entity::delete_by_id(user.id.as_str())
        .exec(write.db())
        .await?;
    settings
        .into_active_model()
        .reset_all()
        .insert(write.db())
        .await?;
    Ok(())
}

/// The settings of several people; who has none is left out.
pub(super) async fn of_users(
    db: &impl ConnectionTrait,
    rows: &[entity::Model],
) -> Result<HashMap<String, UserSettings>> {
    let found = user_setting::Entity::find()
        .filter(user_setting::Column::UserId.is_in(rows.iter().map(|row| row.id.as_str())))
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|settings| (settings.user_id.clone(), settings))
        .collect())
}
