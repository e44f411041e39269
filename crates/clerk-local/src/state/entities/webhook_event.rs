//! What happened, as receivers are told.

use sea_orm::entity::prelude::*;

/// One event.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_event")]
pub struct Model {
    /// The order in which events happened.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    /// `msg_…`, the `svix-id`, the same for every endpoint and in every attempt.
    pub id: String,
    /// `user.created` and so on.
    pub event_type: String,
    /// The body, byte for byte the same in every attempt.
    pub payload: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
