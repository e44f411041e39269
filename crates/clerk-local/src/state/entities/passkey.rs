//! Passkeys.

use sea_orm::entity::prelude::*;

use crate::state::{PasskeyChallenge, PasskeyCredential};

/// One passkey, or one that is being registered.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    /// `idn_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Whose passkey.
    pub user_id: String,
    /// The person's name for it.
    pub name: String,
    /// What the browser has to answer; none once it is registered.
    #[sea_orm(column_type = "Json")]
    pub challenge: Option<PasskeyChallenge>,
    /// When the challenge can't be answered any more.
    pub expire_at: i64,
    /// base64url; none until it is registered.
    pub credential_id: Option<String>,
    /// The public key and its counter; none until it is registered.
    #[sea_orm(column_type = "Json")]
    pub credential: Option<PasskeyCredential>,
    /// When the person last signed in with it.
    pub last_used_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
