//! When people began and ceased to need a second factor.

use sea_orm::entity::prelude::*;

/// One person who has, or had, a second factor.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "multi_factor")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// When the first second factor was last added; kept after it is gone.
    pub enabled_at: Option<i64>,
    /// When the last second factor was last removed; kept after there is one again.
    pub disabled_at: Option<i64>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
