use serde::{Deserialize, Serialize};

use super::{Metadata, null_is_default, time, time_if_any};
use crate::ids::OrganizationId;

/// An organization (Clerk: the backend `Organization` object).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its identifier.
    pub id: OrganizationId,
    /// Its name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// Its slug; none where the instance has turned slugs off.
    #[serde(default)]
    pub slug: Option<String>,
    /// Its logo, or Clerk's generated one.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_url: String,
    /// Whether somebody chose a logo.
    #[serde(default, deserialize_with = "null_is_default")]
    pub has_image: bool,
    /// How many members it has; only where it was asked for.
    #[serde(default)]
    pub members_count: Option<u64>,
    /// How many invitations wait for an answer; only where the members' count was asked for.
    #[serde(default)]
    pub pending_invitations_count: Option<u64>,
    /// How many members it may have; 0 for any number.
    #[serde(default, deserialize_with = "null_is_default")]
    pub max_allowed_memberships: u64,
    /// Whether its administrators may delete it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub admin_delete_enabled: bool,
    /// Data that its members may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// Data that only the backend may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub private_metadata: Metadata,
    /// The user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Which roles its members may have: the set's key.
    #[serde(default)]
    pub role_set_key: Option<String>,
    /// The last activity in it.
    #[serde(default, deserialize_with = "time_if_any")]
    pub last_active_at: Option<i64>,
    /// When it was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
    pub updated_at: i64,
}
