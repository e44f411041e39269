use serde::{Deserialize, Serialize};

use super::{Metadata, null_is_default, time, time_if_any};
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
    /// The role as people read it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub role_name: String,
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
    /// Data that becomes the membership's and that only the backend may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub private_metadata: Metadata,
    /// The organization as outsiders may know it; only where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_organization_data: Option<PublicOrganizationData>,
    /// Where it is accepted.
    #[serde(default)]
    pub url: Option<String>,
    /// When it lapses.
    #[serde(default, deserialize_with = "time_if_any")]
    pub expires_at: Option<i64>,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}

/// What outsiders may know about an organization.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicOrganizationData {
    /// Its identifier: `org_…`.
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Its slug; none where the instance has turned slugs off.
    pub slug: Option<String>,
    /// Its logo, or Clerk's generated one.
    #[serde(deserialize_with = "null_is_default")]
    pub image_url: String,
    /// Whether somebody chose a logo.
    #[serde(deserialize_with = "null_is_default")]
    pub has_image: bool,
}

/// An invitation to the application (Clerk: `Invitation`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Invitation {
    /// Its identifier: `inv_…`.
    pub id: String,
    /// Who is invited.
    #[serde(deserialize_with = "null_is_default")]
    pub email_address: String,
    /// Data that becomes the user's.
    #[serde(deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// Whether it was taken back.
    #[serde(deserialize_with = "null_is_default")]
    pub revoked: bool,
    /// `pending`, `accepted`, `revoked` or `expired`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// Where it is accepted.
    pub url: Option<String>,
    /// When it lapses.
    #[serde(deserialize_with = "time_if_any")]
    pub expires_at: Option<i64>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
