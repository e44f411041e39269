//! Backup codes that were not used yet.

use sea_orm::entity::prelude::*;

/// One code; it is deleted when it is used.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "backup_code")]
pub struct Model {
    /// Whose code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// SHA-256 of person and code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
