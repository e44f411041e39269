//! Memberships of people in organizations.

use sea_orm::entity::prelude::*;

/// One membership's row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// `orgmem_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Of which organization.
    pub organization_id: String,
    /// Whose membership.
    pub user_id: String,
    /// `org:admin` or `org:member`.
    pub role: String,
    /// Readable by the browser, writable by the backend.
    #[sea_orm(column_type = "Json")]
    pub public_metadata: Json,
    /// Readable and writable by the backend only.
    #[sea_orm(column_type = "Json")]
    pub private_metadata: Json,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; rises with each change that an event tells of.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
