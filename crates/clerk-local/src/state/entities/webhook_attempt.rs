//! What came of one attempt to deliver an event.

use sea_orm::entity::prelude::*;

/// One attempt.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempt")]
pub struct Model {
    /// The order in which attempts ended.
    #[sea_orm(primary_key)]
    pub sequence: i64,
    /// The delivery it belongs to.
    pub delivery_sequence: i64,
    /// The HTTP status of the answer, if one came.
    pub status: Option<i64>,
    /// The beginning of the answer's body.
    pub answer: String,
    /// Why it failed; none when the endpoint took the event.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// When it ended (unix milliseconds).
    pub created_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
