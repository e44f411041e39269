//! Clerk's objects as the backend API and the webhooks send them.
//!
//! Unknown members are ignored and missing ones take their default, so that a newer
//! version of Clerk's API does not break an older program. Times are unix milliseconds.

mod deleted;
mod invitation;
mod membership;
mod organization;
mod page;
mod session;
mod user;

pub use deleted::Deleted;
pub use invitation::OrganizationInvitation;
pub use membership::{OrganizationMembership, PublicUserData};
pub use organization::Organization;
pub use page::Page;
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
