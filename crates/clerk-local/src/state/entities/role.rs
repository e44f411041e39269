//! Roles of members of organizations.

use sea_orm::entity::prelude::*;

/// One role's row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    /// `role_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What memberships and invitations call it: `org:admin`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; rises with each change that an event tells of.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
