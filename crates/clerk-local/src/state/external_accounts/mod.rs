//! People's accounts at providers: ways to sign in, and tokens for the provider's own API.

mod change;
mod profile;
mod tokens;

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{State, VerificationStatus, entities::external_account as entity, search::inserted};
use crate::{error::Result, provider::Provider};

pub(super) use change::insert_linked;
pub use change::{account_claimed, account_not_found};
pub use profile::ExternalProfile;

/// One account of a person at a provider.
pub type ExternalAccount = entity::Model;

impl ExternalAccount {
    /// Whether the person has shown that it is theirs.
    pub fn is_linked(&self) -> bool {
        self.verification.status == VerificationStatus::Verified
    }

    /// Whether this is its `eac_…` or its `idn_…`: Clerk's APIs take both.
    pub fn has_id(&self, id: &str) -> bool {
        self.id == id || self.identification_id == id
    }
}

impl State {
    /// One account, by its `eac_…`.
    pub async fn external_account(&self, id: &str) -> Result<Option<ExternalAccount>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// The account with this number at a provider, if a person has shown that it is theirs.
    pub async fn linked_account(
        &self,
        provider: Provider,
        provider_user_id: &str,
    ) -> Result<Option<ExternalAccount>> {
        find_linked(self.db(), provider, provider_user_id).await
    }
}

/// As [`State::linked_account`], inside a transaction.
async fn find_linked(
    db: &impl ConnectionTrait,
    provider: Provider,
    provider_user_id: &str,
) -> Result<Option<ExternalAccount>> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Provider.eq(provider))
        .filter(entity::Column::ProviderUserId.eq(provider_user_id))
        .one(db)
        .await?)
}

/// The accounts of people, oldest first, in one query.
pub(super) async fn of_users(
    db: &impl ConnectionTrait,
    user_ids: &[&str],
) -> Result<HashMap<String, Vec<ExternalAccount>>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::UserId.is_in(user_ids.iter().copied()))
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(inserted::<entity::Entity>())
        .all(db)
        .await?;
    let mut of_user: HashMap<String, Vec<ExternalAccount>> = HashMap::new();
    for row in rows {
        of_user.entry(row.user_id.clone()).or_default().push(row);
    }
    Ok(of_user)
}
