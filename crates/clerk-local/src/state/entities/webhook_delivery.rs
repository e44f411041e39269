//! Events on their way to the webhook endpoint.

use sea_orm::entity::prelude::*;

/// One event and the state of its delivery.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// The order in which events happened.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    /// `msg_…`, the `svix-id`, the same in every attempt.
    pub id: String,
    /// `user.created` and so on.
    pub event_type: String,
    /// The body, byte for byte the same in every attempt.
    pub payload: String,
    /// Attempts made so far.
    pub attempts: i64,
    /// When the next attempt is due; none once it was delivered or given up.
    pub next_attempt_at: Option<i64>,
    /// When the endpoint took it.
    pub delivered_at: Option<i64>,
    /// What the last failed attempt met.
    pub last_error: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
