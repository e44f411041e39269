//! Handshake nonces and the cookies they stand for.

use sea_orm::entity::prelude::*;

use crate::state::Directives;

/// One handshake's answer, waiting for its backend.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "handshake_nonce")]
pub struct Model {
    /// SHA-256 of the nonce.
    #[sea_orm(primary_key, auto_increment = false)]
    pub nonce_hash: String,
    /// The `Set-Cookie` lines.
    #[sea_orm(column_type = "Json")]
    pub directives: Directives,
    /// Unix milliseconds.
    pub expires_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
