//! Clerk's objects as the backend API and the webhooks send them.
//!
//! Unknown members are ignored and missing ones take their default, so that a newer
//! version of Clerk's API does not break an older program. Times are unix milliseconds.

mod api_key;
mod deleted;
mod invitation;
mod m2m_token;
mod membership;
mod oauth_access_token;
mod organization;
mod page;
mod secret;
mod session;
mod user;

pub use api_key::ApiKey;
pub use deleted::Deleted;
pub use invitation::OrganizationInvitation;
pub use m2m_token::M2mToken;
pub use membership::{OrganizationMembership, PublicUserData};
pub use oauth_access_token::{OAuthAccessToken, OAuthActor};
pub use organization::Organization;
pub use page::Page;
pub use secret::Secret;
pub use session::ApiSession;
pub use user::{EmailAddress, User, Verification};

use serde::{Deserialize, Deserializer};

/// Free-form data kept with an object.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Reads `null` as the default: Clerk writes it in places where its schema does not.
fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a time in unix milliseconds. Clerk's schema says `number` in places, so a
/// fraction is cut off; `null` is 0.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(time_if_any(deserializer)?.unwrap_or_default())
}

/// The same where there may be no time.
fn time_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let number = Option::<serde_json::Number>::deserialize(deserializer)?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "`as` cuts off and saturates"
    )]
    Ok(number.and_then(|n| n.as_i64().or_else(|| n.as_f64().map(|n| n as i64))))
}
