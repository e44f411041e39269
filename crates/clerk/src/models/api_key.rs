use serde::{Deserialize, Serialize};

use super::{Secret, null_is_default, time, time_if_any};

/// A key that acts for a user or an organization (Clerk: `api_key`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiKey {
    /// Its identifier: `ak_…`.
    pub id: String,
    /// Its kind; Clerk knows `api_key`.
    #[serde(rename = "type", deserialize_with = "null_is_default")]
    pub kind: String,
    /// Whom it acts for: `user_…` or `org_…`.
    #[serde(deserialize_with = "null_is_default")]
    pub subject: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Claims of the application's own; an object if there are any.
    pub claims: Option<serde_json::Value>,
    /// What it may do, in the application's own words.
    #[serde(deserialize_with = "null_is_default")]
    pub scopes: Vec<String>,
    /// The key itself; only in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// Whether it was taken back.
    #[serde(deserialize_with = "null_is_default")]
    pub revoked: bool,
    /// Why it was taken back.
    pub revocation_reason: Option<String>,
    /// Whether its time is over.
    #[serde(deserialize_with = "null_is_default")]
    pub expired: bool,
    /// When its time is over, in unix milliseconds; never if there is none.
    #[serde(deserialize_with = "time_if_any")]
    pub expiration: Option<i64>,
    /// The user who made it.
    pub created_by: Option<String>,
    /// When it was last verified, in unix milliseconds.
    #[serde(deserialize_with = "time_if_any")]
    pub last_used_at: Option<i64>,
    /// When it was made, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
