use serde::{Deserialize, Serialize};

use super::{Metadata, null_is_default};
use crate::ids::OrganizationId;

/// An invitation to an organization (Clerk: `OrganizationInvitation`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationInvitation {
    /// Its identifier: `orginv_…`.
    pub id: String,
    /// Who is invited.
    pub email_address: String,
    /// The role they will have.
    pub role: String,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Who invited them, if a person did.
    #[serde(default)]
    pub inviter_id: Option<String>,
    /// Who accepted; only in that event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// `pending`, `accepted`, `revoked` or `expired`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status: String,
    /// Data that becomes the membership's.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// When it lapses.
    #[serde(default)]
    pub expires_at: Option<i64>,
    /// When it was made.
    #[serde(default)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: i64,
}
