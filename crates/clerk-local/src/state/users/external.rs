//! What people's accounts at providers mean for the people.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{EmailAddress, User, addresses::holder, email_address, lookup_key};
use crate::{
    error::Result,
    state::{ExternalAccount, ExternalProfile, Write, account_claimed, account_not_found, ids},
};

impl User {
    /// One of the person's accounts, by `eac_…` or `idn_…`.
    ///
    /// # Errors
    /// 404 `external_account_not_found`: the same for a foreign id and a missing one.
    pub fn external_account(&self, id: &str) -> Result<&ExternalAccount> {
        self.external_accounts
            .iter()
            .find(|account| account.has_id(id))
            .ok_or_else(account_not_found)
    }
}

/// Gives the person the address that a provider vouches for. Theirs already, it is verified now.
///
/// # Errors
/// `oauth_identification_claimed` when it is somebody else's.
pub(in crate::state) async fn take_over_address(
    write: &Write,
    user: &User,
    profile: &ExternalProfile,
) -> Result<()> {
    if !profile.email_verified {
        return Ok(());
    }
    let email = profile.email_address.as_str();
    let strategy = profile.provider.address_strategy();
    let key = lookup_key(email);
    let holder = holder(write.db(), &key).await?;
    if holder.is_some_and(|holder| holder.user_id != user.id) {
        return Err(account_claimed());
    }
    let own = |own: &&EmailAddress| own.lookup_key == key;
    if let Some(own) = user.email_addresses.iter().find(own) {
        if !own.verified {
            let mut row = own.clone().into_active_model();
            row.verified = Set(true);
            row.strategy = Set(strategy.to_owned());
            row.updated_at = Set(write.now);
            row.update(write.db()).await?;
        }
        return Ok(());
    }
    let row = email_address::ActiveModel {
        id: Set(ids::prefixed("idn")),
        user_id: Set(user.id.clone()),
        email_address: Set(email.to_owned()),
        lookup_key: Set(key),
        verified: Set(true),
        strategy: Set(strategy.to_owned()),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    email_address::Entity::insert(row).exec(write.db()).await?;
    Ok(())
}

/// How the first address of a new person was verified: by the provider that vouches for it, or by a
/// code.
pub(super) fn address_strategy(email: &str, profile: Option<&ExternalProfile>) -> &'static str {
    match profile {
        Some(profile)
            if profile.email_verified
                && lookup_key(&profile.email_address) == lookup_key(email) =>
        {
            profile.provider.address_strategy()
        }
        _ => "email_code",
    }
}
