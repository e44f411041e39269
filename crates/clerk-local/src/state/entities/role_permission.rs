//! Which role gives which permission.

use sea_orm::entity::prelude::*;

/// One permission of one role.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permission")]
pub struct Model {
    /// The role's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: String,
    /// The permission's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission_id: String,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
