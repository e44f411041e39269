//! `ExternalAccount` and `OAuthAccessToken` objects.

use serde_json::{Value, json};

use super::{attempts::verification, email_address, extend};
use crate::{
    LocalOptions,
    provider::{self, Provider},
    state::{EmailAddress, ExternalAccount},
};

/// One account of a person at a provider.
///
/// Clerk shows Google's under another object name, with its `idn_…` as the id and the `eac_…` beside
/// it (`@clerk/backend`: `ExternalAccount.externalAccountId`).
pub fn account(account: &ExternalAccount, options: &LocalOptions) -> Value {
    let profile = account.profile.as_ref();
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let (first, last) = (
        text(profile.map(|profile| &profile.first_name)),
        text(profile.map(|profile| &profile.last_name)),
    );
    let number = text(account.provider_user_id.as_ref());
    let image_url = provider::icon_url(options, account.provider);
    let common = json!({
        "object": "external_account",
        "id": account.id,
        "provider": account.provider.strategy(),
        "identification_id": account.identification_id,
        "provider_user_id": number,
        "approved_scopes": profile.map(|profile| profile.scopes.join(" ")).unwrap_or_default(),
        "email_address": text(profile.map(|profile| &profile.email_address)),
        "email_address_verified": profile.map(|profile| profile.email_verified),
        "first_name": first,
        "last_name": last,
        "avatar_url": image_url,
        "image_url": image_url,
        "username": profile.and_then(|profile| profile.username.as_ref()),
        "phone_number": null,
        "public_metadata": {},
        "label": null,
        "created_at": account.created_at,
        "updated_at": account.updated_at,
        "verification": verification(&account.verification),
    });
    match account.provider {
        Provider::Google => extend(
            common,
            json!({
                "object": "google_account",
                "id": account.identification_id,
                "external_account_id": account.id,
                "google_id": number,
                "given_name": first,
                "family_name": last,
                "picture": image_url,
            }),
        ),
        _ => common,
    }
}

/// An email address with the accounts that share it.
pub fn linked(email: &EmailAddress, accounts: &[ExternalAccount]) -> Value {
    let same = |account: &&ExternalAccount| {
        let profile = account.profile.as_ref();
        profile.is_some_and(|profile| profile.email_address.to_lowercase() == email.lookup_key)
    };
    let links: Vec<Value> = accounts
        .iter()
        .filter(same)
        .map(|account| json!({ "type": account.provider.strategy(), "id": account.identification_id }))
        .collect();
    extend(email_address(email), json!({ "linked_to": links }))
}

/// A token for a provider's API; null for an account without one.
pub fn access_token(account: &ExternalAccount) -> Value {
    let Some(profile) = &account.profile else {
        return Value::Null;
    };
    json!({
        "object": "oauth_access_token",
        "external_account_id": account.id,
        "provider_user_id": profile.provider_user_id,
        "token": profile.access_token,
        "expires_at": profile.token_expires_at,
        "provider": account.provider.strategy(),
        "public_metadata": {},
        "label": null,
        "scopes": profile.scopes,
    })
}
