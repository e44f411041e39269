//! The log: what happened, who was told, and what they answered.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::super::{
    State,
    entities::{webhook_attempt, webhook_delivery, webhook_event},
};
use crate::error::Result;

/// One event.
pub type EventRow = webhook_event::Model;
/// One attempt to deliver it.
pub type AttemptRow = webhook_attempt::Model;
/// One event's way to one endpoint.
pub type DeliveryRow = webhook_delivery::Model;

impl State {
    /// The newest events with their deliveries, newest first. `event_type` keeps those whose type
    /// contains it.
    pub(crate) async fn webhook_log(
        &self,
        event_type: &str,
        limit: u64,
    ) -> Result<Vec<(EventRow, Vec<DeliveryRow>)>> {
        let events = webhook_event::Entity::find()
            .filter(webhook_event::Column::EventType.contains(event_type))
            .order_by_desc(webhook_event::Column::Sequence)
            .limit(limit)
            .all(self.db())
            .await?;
        let sequences = events.iter().map(|event| event.sequence);
        let deliveries = webhook_delivery::Entity::find()
            .filter(webhook_delivery::Column::EventSequence.is_in(sequences))
            .order_by_asc(webhook_delivery::Column::Sequence)
            .all(self.db())
            .await?;
        Ok(events
            .into_iter()
            .map(|event| {
                let own = deliveries
                    .iter()
                    .filter(|delivery| delivery.event_sequence == event.sequence);
                let own = own.cloned().collect();
                (event, own)
            })
            .collect())
    }

    /// One event with its deliveries and their attempts, oldest first.
    pub(crate) async fn webhook_event(
        &self,
        id: &str,
    ) -> Result<Option<(EventRow, Vec<(DeliveryRow, Vec<AttemptRow>)>)>> {
        let event = webhook_event::Entity::find()
            .filter(webhook_event::Column::Id.eq(id))
            .one(self.db())
            .await?;
        let Some(event) = event else {
            return Ok(None);
        };
        let deliveries = webhook_delivery::Entity::find()
            .filter(webhook_delivery::Column::EventSequence.eq(event.sequence))
            .order_by_asc(webhook_delivery::Column::Sequence)
            .all(self.db())
            .await?;
        let mut ways = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            let attempts = webhook_attempt::Entity::find()
                .filter(webhook_attempt::Column::DeliverySequence.eq(delivery.sequence))
                .order_by_asc(webhook_attempt::Column::Sequence)
                .all(self.db())
                .await?;
            ways.push((delivery, attempts));
        }
        Ok(Some((event, ways)))
    }
}
