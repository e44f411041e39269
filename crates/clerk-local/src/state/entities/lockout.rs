//! Wrong answers at sign-in, and whom they have locked out.

use sea_orm::entity::prelude::*;

/// One person's row; most people have none.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lockout")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// Wrong answers since the last right one.
    pub failed_attempts: i64,
    /// Until when no answer is taken (unix milliseconds).
    pub locked_until: Option<i64>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
