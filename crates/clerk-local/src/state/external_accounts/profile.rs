//! [`ExternalProfile`]: what a provider tells about a person.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::provider::Provider;

/// A person as a provider knows them, with the token that a code was exchanged for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct ExternalProfile {
    /// Where.
    pub provider: Provider,
    /// The person's number there.
    pub provider_user_id: String,
    /// The address there.
    pub email_address: String,
    /// Whether the provider vouches for the address.
    pub email_verified: bool,
    /// Given name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
    /// Where the provider has user names.
    pub username: Option<String>,
    /// What was allowed.
    pub scopes: Vec<String>,
    /// The token for the provider's API; none once it was taken away.
    pub access_token: Option<String>,
    /// When the token stops being good (unix milliseconds), if it does.
    pub token_expires_at: Option<i64>,
}
