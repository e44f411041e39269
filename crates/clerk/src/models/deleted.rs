use serde::{Deserialize, Serialize};

use super::null_is_default;

/// What is left of an object after it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// Its identifier; empty if Clerk does not say.
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// What it was: `user`, `organization`, …
    #[serde(default, deserialize_with = "null_is_default")]
    pub object: String,
    /// Its slug, if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The identifier you gave it, if you did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Always true.
    #[serde(default)]
    pub deleted: bool,
}
