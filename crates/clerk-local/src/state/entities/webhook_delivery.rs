//! An event on its way to one endpoint.

use sea_orm::entity::prelude::*;

/// One event for one endpoint.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// The order in which deliveries were stored.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    /// What is delivered.
    pub event_sequence: i64,
    /// Where to.
    pub endpoint_id: String,
    /// Whom the event is about: events of one lane never overtake each other.
    pub lane: String,
    /// Attempts made so far.
    pub attempts: i64,
    /// Failed attempts since the schedule began; a replay begins it anew.
    pub failures: i64,
    /// When the next attempt is due; none once it was delivered or given up.
    pub next_attempt_at: Option<i64>,
    /// When the endpoint took it last.
    pub delivered_at: Option<i64>,
    /// What the last failed attempt met.
    pub last_error: Option<String>,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
