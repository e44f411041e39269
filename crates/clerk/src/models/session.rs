use serde::{Deserialize, Serialize};

use super::null_is_default;
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
    /// The last activity.
    #[serde(default)]
    pub last_active_at: i64,
    /// When it ends at the latest.
    #[serde(default)]
    pub expire_at: i64,
    /// When it ends if it is not used.
    #[serde(default)]
    pub abandon_at: i64,
    /// When it was made.
    #[serde(default)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: i64,
}
