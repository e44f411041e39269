use serde::{Deserialize, Serialize};

use super::{null_is_default, time, time_if_any};

/// A token that an OAuth application got for a user (Clerk:
/// `clerk_idp_oauth_access_token`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OAuthAccessToken {
    /// Its identifier: `oat_…`.
    pub id: String,
    /// The OAuth application that got it.
    #[serde(deserialize_with = "null_is_default")]
    pub client_id: String,
    /// Its kind; Clerk knows `oauth:access_token`.
    #[serde(rename = "type", deserialize_with = "null_is_default")]
    pub kind: String,
    /// Whom it acts for: `user_…`.
    #[serde(deserialize_with = "null_is_default")]
    pub subject: String,
    /// What the user allowed: `openid`, `profile`, …
    #[serde(deserialize_with = "null_is_default")]
    pub scopes: Vec<String>,
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
    /// When it was made, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed, in unix milliseconds.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
    /// For which services it is meant, if it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<Vec<String>>,
    /// Who really acts, if somebody acts for the subject (RFC 8693, section 4.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<OAuthActor>,
}

/// Who acts for the subject of a token; actors may stand behind actors.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OAuthActor {
    /// Who vouches for the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// The actor.
    #[serde(deserialize_with = "null_is_default")]
    pub sub: String,
    /// For whom the actor acts in turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Box<OAuthActor>>,
}
