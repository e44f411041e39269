use serde::{Deserialize, Serialize};

use super::{Metadata, Organization, null_is_default, time};
use crate::ids::{MembershipId, UserId};

/// A user's membership in an organization (Clerk: `OrganizationMembership`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationMembership {
    /// Its identifier.
    pub id: MembershipId,
    /// The role: `org:admin`.
    pub role: String,
    /// The role as people read it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub role_name: String,
    /// What the role allows, system permissions included.
    #[serde(default, deserialize_with = "null_is_default")]
    pub permissions: Vec<String>,
    /// The organization.
    pub organization: Organization,
    /// The member.
    pub public_user_data: PublicUserData,
    /// Data that members may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// Data that only the backend may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub private_metadata: Metadata,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}

/// What other members may know about a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicUserData {
    /// The user.
    pub user_id: UserId,
    /// Given name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The picture.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_url: String,
    /// Whether the person chose a picture.
    #[serde(default, deserialize_with = "null_is_default")]
    pub has_image: bool,
    /// The main email address, or whatever else identifies the person.
    #[serde(default, deserialize_with = "null_is_default")]
    pub identifier: String,
}
