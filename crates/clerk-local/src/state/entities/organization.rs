//! Organizations.

use sea_orm::entity::prelude::*;

/// One organization's row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// `org_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Unique in the instance.
    pub slug: String,
    /// Who made it; empty when a backend named nobody.
    pub created_by: String,
    /// 0 = no limit.
    pub max_allowed_memberships: i64,
    /// Whether its admins may delete it.
    pub admin_delete_enabled: bool,
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
