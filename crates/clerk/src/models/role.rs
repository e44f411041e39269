use serde::{Deserialize, Serialize};

use super::{null_is_default, time};

/// A role that members of organizations can have (Clerk: `role`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// Its identifier: `role_…`.
    pub id: String,
    /// Its key, as it stands in tokens: `org:admin`.
    #[serde(deserialize_with = "null_is_default")]
    pub key: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether who makes an organization may get it.
    #[serde(deserialize_with = "null_is_default")]
    pub is_creator_eligible: bool,
    /// What it allows.
    #[serde(deserialize_with = "null_is_default")]
    pub permissions: Vec<Permission>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// Something that a role may allow (Clerk: `permission`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Permission {
    /// Its identifier: `perm_…`.
    pub id: String,
    /// Its key: `org:projects:write`.
    #[serde(deserialize_with = "null_is_default")]
    pub key: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// `system` for Clerk's own, `user` for the application's.
    #[serde(rename = "type", deserialize_with = "null_is_default")]
    pub kind: String,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
