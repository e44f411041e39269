//! Permissions that roles give.

use sea_orm::entity::prelude::*;

/// One permission's row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "permission")]
pub struct Model {
    /// `perm_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// `org:feature:action`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// One of Clerk's own, which nobody changes and no session token carries.
    pub system: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; rises with each change that an event tells of.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
