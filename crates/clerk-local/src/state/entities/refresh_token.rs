//! Refresh tokens of sessions, by hash.

use sea_orm::entity::prelude::*;

/// One refresh token; the token itself is only in the browser's cookie.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// The session it refreshes.
    pub session_id: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When a newer token took its place; it stays valid for a short grace period.
    pub replaced_at: Option<i64>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
