//! Whose account it is that a browser came back with.

use crate::{
    error::{LocalError, Result},
    state::{ExternalProfile, State, User},
};

/// What an account at a provider means here (Clerk docs: account linking).
#[derive(Debug)]
pub enum Found {
    /// A person has it already; it was renewed with what the provider tells now.
    Linked(User),
    /// A person has its address, and both sides have verified it: the account is theirs.
    SameAddress(User),
    /// A person has its address, but the provider does not vouch for it: they have to show in another
    /// way that they are that person.
    Unproven(User),
    /// Somebody has its address without having verified it.
    Claimed,
    /// Nobody has it.
    Nobody,
}

/// Looks for the person.
///
/// # Errors
/// When the database fails.
pub async fn find(state: &State, profile: &ExternalProfile) -> Result<Found> {
    let (provider, number) = (profile.provider, profile.provider_user_id.as_str());
    if let Some(account) = state.linked_account(provider, number).await? {
        let user = state.user(&account.user_id).await?;
        return user.map(Found::Linked).ok_or_else(LocalError::not_found);
    }
    let Some(user) = state.user_by_email(&profile.email_address).await? else {
        return Ok(Found::Nobody);
    };
    let key = profile.email_address.to_lowercase();
    let own = user
        .email_addresses
        .iter()
        .find(|own| own.lookup_key == key);
    Ok(match own.is_some_and(|own| own.verified) {
        true if profile.email_verified => Found::SameAddress(user),
        true => Found::Unproven(user),
        false => Found::Claimed,
    })
}

/// Makes sure that the account is linked and holds what the provider tells now.
///
/// # Errors
/// `oauth_identification_claimed` if somebody else got hold of it meanwhile.
pub async fn link(state: &State, user: &User, profile: &ExternalProfile) -> Result<()> {
    let number = profile.provider_user_id.as_str();
    match state.linked_account(profile.provider, number).await? {
        Some(account) if account.user_id == user.id => {
            state.refresh_account(&account.id, profile).await
        }
        _ => state.link_account(&user.id, profile).await.map(drop),
    }
}

/// 400 for a sign-up with an account that has a person: the sign-in goes on with it.
pub fn exists() -> LocalError {
    LocalError::api(
        400,
        "external_account_exists",
        "There is an account of yours already. Please sign in.",
    )
}
