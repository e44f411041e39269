//! Which machine may call which.

use sea_orm::entity::prelude::*;

/// One permission to call.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "machine_scope")]
pub struct Model {
    /// The machine that calls.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_machine_id: String,
    /// The machine that is called.
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_machine_id: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
