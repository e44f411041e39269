//! Where events are delivered.

use sea_orm::entity::prelude::*;

/// One receiver of events.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoint")]
pub struct Model {
    /// `ep_…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The address that takes the posts.
    pub url: String,
    /// What people call it.
    pub description: String,
    /// `whsec_…`, what its deliveries are signed with.
    pub secret: String,
    /// A JSON list of the event types it wants; empty for all.
    pub event_types: Json,
    /// Whether deliveries wait until it is enabled again.
    pub disabled: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

/// Relations are resolved by the aggregates' own queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
