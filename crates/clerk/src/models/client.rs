use serde::{Deserialize, Serialize};

use super::{ApiSession, null_is_default, time};

/// A browser or device (Clerk: `client`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Its identifier: `client_…`.
    pub id: String,
    /// Its sessions' identifiers.
    #[serde(deserialize_with = "null_is_default")]
    pub session_ids: Vec<String>,
    /// Its sessions.
    #[serde(deserialize_with = "null_is_default")]
    pub sessions: Vec<ApiSession>,
    /// The sign-in under way.
    pub sign_in_id: Option<String>,
    /// The sign-up under way.
    pub sign_up_id: Option<String>,
    /// The session last used.
    pub last_active_session_id: Option<String>,
    /// How the person last signed in: `password`, `oauth_google`, …
    pub last_authentication_strategy: Option<String>,
    /// When it was first seen.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
