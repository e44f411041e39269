use serde::{Deserialize, Serialize};

use super::{null_is_default, time};
use crate::ids::{OrganizationId, SessionId, UserId};

/// A session as the backend API describes it. It is a record, not a proof: see
/// [`crate::session::Session`] for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiSession {
    /// Its identifier.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// The browser it belongs to: `client_…`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub client_id: String,
    /// `active`, `revoked`, `ended`, `expired`, `removed`, `abandoned`, `replaced` or
    /// `pending`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status: String,
    /// The organization last worked in.
    #[serde(default)]
    pub last_active_organization_id: Option<OrganizationId>,
    /// Who really acts, if somebody acts as the user (Clerk: user impersonation).
    #[serde(default)]
    pub actor: Option<serde_json::Value>,
    /// Where it was last used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_activity: Option<SessionActivity>,
    /// What the person has still to do while the session is `pending`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub tasks: Vec<SessionTask>,
    /// The last activity.
    #[serde(default, deserialize_with = "time")]
    pub last_active_at: i64,
    /// When it ends at the latest.
    #[serde(default, deserialize_with = "time")]
    pub expire_at: i64,
    /// When it ends if it is not used.
    #[serde(default, deserialize_with = "time")]
    pub abandon_at: i64,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}

/// Where a session was last used, as far as Clerk can tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionActivity {
    /// Its identifier: `sess_activity_…`.
    pub id: String,
    /// The kind of machine: `Macintosh`, `iPhone`, …
    pub device_type: Option<String>,
    /// Whether it is a telephone or the like.
    #[serde(deserialize_with = "null_is_default")]
    pub is_mobile: bool,
    /// The browser.
    pub browser_name: Option<String>,
    /// The browser's version.
    pub browser_version: Option<String>,
    /// The address it was used from.
    pub ip_address: Option<String>,
    /// The city of that address.
    pub city: Option<String>,
    /// The country of that address.
    pub country: Option<String>,
}

/// Something to do before a session counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionTask {
    /// What: `choose-organization`, `setup-mfa`, …
    pub key: String,
}
