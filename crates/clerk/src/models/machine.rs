use serde::{Deserialize, Serialize};

use super::{null_is_default, time, time_if_any};
use crate::models::Secret;

/// A program that calls others in the instance's name (Clerk: `machine`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Machine {
    /// Its identifier: `mch_…`.
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// The instance.
    #[serde(deserialize_with = "null_is_default")]
    pub instance_id: String,
    /// How long its tokens live if nothing else is said, in seconds.
    #[serde(deserialize_with = "null_is_default")]
    pub default_token_ttl: u64,
    /// The machines it may call; these do not tell theirs.
    #[serde(deserialize_with = "null_is_default")]
    pub scoped_machines: Vec<Machine>,
    /// The key it authenticates with; only in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_key: Option<Secret>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// That one machine may call another (Clerk: `machine_scope`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MachineScope {
    /// The machine that calls.
    #[serde(deserialize_with = "null_is_default")]
    pub from_machine_id: String,
    /// The machine that is called.
    #[serde(deserialize_with = "null_is_default")]
    pub to_machine_id: String,
    /// When it was allowed.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "time_if_any"
    )]
    pub created_at: Option<i64>,
    /// Whether it is allowed no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<bool>,
}
