//! Linking, renewing and removing accounts.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{ExternalAccount, ExternalProfile, entity, find_linked};
use crate::{
    error::{LocalError, Result},
    provider::Provider,
    state::{
        State, User, Verification, VerificationStatus, Write, ids, oauth_attempts::OAUTH_LIFE_MS,
        users,
    },
};

impl State {
    /// Makes an account the person's: from now on it signs them in. The address that the provider
    /// vouches for becomes theirs as well, unless they have it. Emits `user.updated`.
    ///
    /// # Errors
    /// `oauth_identification_claimed` when the account or its verified address is somebody else's.
    pub async fn link_account(&self, user_id: &str, profile: &ExternalProfile) -> Result<User> {
        let mut write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        insert_linked(&write, user_id, profile).await?;
        users::take_over_address(&write, &user, profile).await?;
        let user = users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Begins to connect an account of a provider to a person; nothing is known of it yet. A former
    /// beginning that led nowhere is forgotten.
    ///
    /// # Errors
    /// `oauth_account_already_connected` when the person has an account there.
    pub async fn begin_connection(
        &self,
        user: &User,
        provider: Provider,
    ) -> Result<ExternalAccount> {
        let write = self.write().await?;
        let of_provider = |account: &&ExternalAccount| account.provider == provider;
        let user = users::load(&write, &user.id).await?;
        for former in user.external_accounts.iter().filter(of_provider) {
            if former.is_linked() {
                return Err(already_connected(provider));
            }
            entity::Entity::delete_by_id(former.id.as_str())
                .exec(write.db())
                .await?;
        }
        let row = new_row(&write, &user.id, provider);
        let account = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(account)
    }

    /// Writes where the proof of an account stands; the person's event waits until it is linked.
    pub async fn save_connection(
        &self,
        id: &str,
        verification: Verification,
    ) -> Result<ExternalAccount> {
        let write = self.write().await?;
        let mut row = load(&write, id).await?.into_active_model();
        row.verification = Set(verification);
        row.updated_at = Set(write.now);
        let account = row.update(write.db()).await?;
        write.commit().await?;
        Ok(account)
    }

    /// Writes what the provider tells now about an account, begun or linked, and links it. Emits
    /// `user.updated`.
    ///
    /// # Errors
    /// `oauth_identification_claimed` when the account or its verified address is somebody else's;
    /// `oauth_account_already_connected` when the person came back with another account than the one
    /// that was to be renewed.
    pub async fn renew_account(&self, id: &str, profile: &ExternalProfile) -> Result<()> {
        let mut write = self.write().await?;
        let account = load(&write, id).await?;
        let same = |known: &String| *known == profile.provider_user_id;
        if !account.provider_user_id.as_ref().is_none_or(same) {
            return Err(already_connected(profile.provider));
        }
        let owner = find_linked(write.db(), profile.provider, &profile.provider_user_id).await?;
        if owner.is_some_and(|owner| owner.id != id) {
            return Err(account_claimed());
        }
        let user = users::load(&write, &account.user_id).await?;
        let strategy = profile.provider.strategy();
        let mut row = account.into_active_model();
        row.provider_user_id = Set(Some(profile.provider_user_id.clone()));
        row.profile = Set(Some(profile.clone()));
        row.verification = Set(verified(strategy, write.now));
        row.updated_at = Set(write.now);
        row.update(write.db()).await?;
        users::take_over_address(&write, &user, profile).await?;
        users::finish(&mut write, &user.id).await?;
        write.commit().await
    }

    /// Writes what the provider tells now about a linked account. Emits `user.updated` if anything
    /// that people see has changed.
    pub async fn refresh_account(&self, id: &str, profile: &ExternalProfile) -> Result<()> {
        let mut write = self.write().await?;
        let account = load(&write, id).await?;
        let user_id = account.user_id.clone();
        let seen = |profile: &ExternalProfile| ExternalProfile {
            access_token: None,
            token_expires_at: None,
            ..profile.clone()
        };
        let changed = account.profile.as_ref().map(seen) != Some(seen(profile));
        let mut row = account.into_active_model();
        row.profile = Set(Some(profile.clone()));
        row.updated_at = Set(write.now);
        row.update(write.db()).await?;
        if changed {
            users::finish(&mut write, &user_id).await?;
        }
        write.commit().await
    }

    /// Takes an account away from a person. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 `external_account_not_found` for an account that is not theirs;
    /// `last_required_identification_deletion_failed` for the only way to sign in.
    pub async fn remove_account(&self, user_id: &str, id: &str) -> Result<ExternalAccount> {
        let mut write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        let account = user.external_account(id)?.clone();
        let linked = user.external_accounts.iter().filter(|it| it.is_linked());
        if account.is_linked() && user.email_addresses.is_empty() && linked.count() == 1 {
            return Err(LocalError::api(
                400,
                "last_required_identification_deletion_failed",
                "You can't delete your last identification.",
            ));
        }
        entity::Entity::delete_by_id(account.id.as_str())
            .exec(write.db())
            .await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(account)
    }
}

/// Stores an account that the person has just shown.
///
/// # Errors
/// `oauth_identification_claimed` when it is somebody else's.
pub(in crate::state) async fn insert_linked(
    write: &Write,
    user_id: &str,
    profile: &ExternalProfile,
) -> Result<()> {
    let provider = profile.provider;
    if let Some(owner) = find_linked(write.db(), provider, &profile.provider_user_id).await? {
        return match owner.user_id == user_id {
            true => Ok(()),
            false => Err(account_claimed()),
        };
    }
    // What the person began to connect and left is this account now.
    entity::Entity::delete_many()
        .filter(entity::Column::UserId.eq(user_id))
        .filter(entity::Column::Provider.eq(provider))
        .filter(entity::Column::ProviderUserId.is_null())
        .exec(write.db())
        .await?;
    let mut row = new_row(write, user_id, provider);
    row.provider_user_id = Set(Some(profile.provider_user_id.clone()));
    row.profile = Set(Some(profile.clone()));
    row.verification = Set(verified(provider.strategy(), write.now));
    row.insert(write.db()).await?;
    Ok(())
}

/// The account's row as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<ExternalAccount> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(account_not_found)
}

fn new_row(write: &Write, user_id: &str, provider: Provider) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(ids::prefixed("eac")),
        identification_id: Set(ids::prefixed("idn")),
        user_id: Set(user_id.to_owned()),
        provider: Set(provider),
        provider_user_id: Set(None),
        profile: Set(None),
        verification: Set(Verification {
            strategy: provider.strategy().to_owned(),
            ..Verification::default()
        }),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    }
}

/// Shown at a time (unix milliseconds).
fn verified(strategy: &str, now_ms: i64) -> Verification {
    Verification {
        status: VerificationStatus::Verified,
        strategy: strategy.to_owned(),
        expire_at: Some(now_ms + OAUTH_LIFE_MS),
        ..Verification::default()
    }
}

/// 404 for an account that is not there, or not this person's.
pub fn account_not_found() -> LocalError {
    LocalError::api(
        404,
        "external_account_not_found",
        "The External Account was not found.",
    )
}

/// 400 for an account, or an address of an account, that is another person's.
pub fn account_claimed() -> LocalError {
    LocalError::api(
        400,
        "oauth_identification_claimed",
        "The email address associated with this OAuth account is already claimed by another user.",
    )
}

fn already_connected(provider: Provider) -> LocalError {
    let name = provider.name();
    LocalError::api(
        400,
        "oauth_account_already_connected",
        &format!("Another account is already connected for this particular provider ({name})"),
    )
}
