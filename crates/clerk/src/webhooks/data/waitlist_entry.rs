use serde::{Deserialize, Serialize};

use crate::models::{Invitation, null_is_default, time};

/// Somebody who waits to be let into the application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitlistEntry {
    /// Its identifier: `wle_…`.
    pub id: String,
    /// Who waits.
    #[serde(deserialize_with = "null_is_default")]
    pub email_address: String,
    /// `pending`, `invited`, `rejected` or `completed`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// Whether it is just being worked on, with others, and cannot be changed.
    #[serde(deserialize_with = "null_is_default")]
    pub is_locked: bool,
    /// The invitation that came of it.
    pub invitation: Option<Invitation>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
