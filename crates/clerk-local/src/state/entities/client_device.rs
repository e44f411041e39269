//! The machines behind clients.

use sea_orm::entity::prelude::*;

/// What a browser's newest request said.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "client_device")]
pub struct Model {
    /// Which browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: String,
    /// The header `User-Agent`.
    pub user_agent: Option<String>,
    /// Where its request came from.
    pub ip_address: Option<String>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
