//! Clerk's objects as the backend API and the webhooks send them.
//!
//! Unknown members are ignored and missing ones take their default, so that a newer
//! version of Clerk's API does not break an older program. Times are unix milliseconds.

mod api_key;
mod client;
mod deleted;
mod domain;
mod enterprise_connection;
mod identification;
mod invitation;
mod m2m_token;
mod machine;
mod membership;
mod oauth_access_token;
mod organization;
mod organization_domain;
mod page;
mod role;
mod secret;
mod session;
mod tickets;
mod user;

pub use api_key::ApiKey;
pub use client::Client;
pub use deleted::Deleted;
pub use domain::{CnameTarget, Domain};
pub use enterprise_connection::{
    CustomAttribute, EnterpriseConnection, IdpCertificate, OauthConfig, SamlConnection,
    SamlLoginHint,
};
pub use identification::{
    EmailAddress, EnterpriseAccount, EnterpriseAccountConnection, ExternalAccount,
    IdentificationLink, PhoneNumber, Verification, Web3Wallet,
};
pub use invitation::{Invitation, OrganizationInvitation, PublicOrganizationData};
pub use m2m_token::M2mToken;
pub use machine::{Machine, MachineScope};
pub use membership::{OrganizationMembership, PublicUserData};
pub use oauth_access_token::{OAuthAccessToken, OAuthActor};
pub use organization::Organization;
pub use organization_domain::{OrganizationDomain, OrganizationDomainVerification};
pub use page::Page;
pub use role::{Permission, Role};
pub use secret::Secret;
pub use session::{ApiSession, SessionActivity, SessionTask};
pub use tickets::{ActorToken, SignInToken, TestingToken};
pub use user::User;

use serde::{Deserialize, Deserializer};

/// Free-form data kept with an object.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Reads `null` as the default: Clerk writes it in places where its schema does not.
pub(crate) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a time in unix milliseconds. Clerk's schema says `number` in places, so a
/// fraction is cut off; `null` is 0.
pub(crate) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(time_if_any(deserializer)?.unwrap_or_default())
}

/// The same where there may be no time.
pub(crate) fn time_if_any<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    let number = Option::<serde_json::Number>::deserialize(deserializer)?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "`as` cuts off and saturates"
    )]
    Ok(number.and_then(|n| n.as_i64().or_else(|| n.as_f64().map(|n| n as i64))))
}
