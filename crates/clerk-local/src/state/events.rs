//! Events and the state of their delivery: an outbox table read by [`crate::webhooks`].

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::NotSet,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};

use super::{State, entities::webhook_delivery as entity, ids};
use crate::error::Result;

/// One event and the state of its delivery.
pub type Delivery = entity::Model;

/// Writes an event in Clerk's envelope; due at once.
pub(super) async fn store(
    db: &impl ConnectionTrait,
    instance_id: &str,
    event_type: &str,
    data: Value,
    now: i64,
) -> Result<()> {
    let payload = json!({
        "type": event_type,
        "object": "event",
        "data": data,
        "timestamp": now,
        "instance_id": instance_id,
        "event_attributes": { "http_request": { "client_ip": "127.0.0.1", "user_agent": "" } },
    });
    let row = entity::ActiveModel {
        sequence: NotSet,
        id: Set(ids::prefixed("msg")),
        event_type: Set(event_type.to_owned()),
        payload: Set(serde_json::to_string(&payload)?),
        attempts: Set(0),
        next_attempt_at: Set(Some(now)),
        delivered_at: Set(None),
        last_error: Set(None),
        created_at: Set(now),
    };
    row.insert(db).await?;
    Ok(())
}

impl State {
    /// Deliveries whose attempt is due, the oldest due time first, events in their order.
    pub async fn due_deliveries(&self, limit: u64) -> Result<Vec<Delivery>> {
        Ok(entity::Entity::find()
            .filter(entity::Column::NextAttemptAt.lte(self.now_ms()))
            .order_by_asc(entity::Column::NextAttemptAt)
            .order_by_asc(entity::Column::Sequence)
            .limit(limit)
            .all(self.db())
            .await?)
    }

    /// When the next attempt is due (unix milliseconds), if any is left.
    pub async fn next_delivery_at(&self) -> Result<Option<i64>> {
        let next = entity::Entity::find()
            .filter(entity::Column::NextAttemptAt.is_not_null())
            .order_by_asc(entity::Column::NextAttemptAt)
            .one(self.db())
            .await?;
        Ok(next.and_then(|row| row.next_attempt_at))
    }

    /// All deliveries, the newest first.
    pub async fn recent_deliveries(&self, limit: u64) -> Result<Vec<Delivery>> {
        Ok(entity::Entity::find()
            .order_by_desc(entity::Column::Sequence)
            .limit(limit)
            .all(self.db())
            .await?)
    }

    /// Writes an attempt's outcome. Before this call the event is due as it was, so an attempt cut
    /// short by the end of the process is made again.
    pub(crate) async fn record_attempt(
        &self,
        sequence: i64,
        outcome: Result<(), String>,
        next_attempt_at: Option<i64>,
    ) -> Result<()> {
        let write = self.write().await?;
        let update = entity::Entity::update_many()
            .filter(entity::Column::Sequence.eq(sequence))
            .col_expr(
                entity::Column::Attempts,
                Expr::col(entity::Column::Attempts).add(1),
            )
            .col_expr(entity::Column::NextAttemptAt, Expr::value(next_attempt_at));
        let update = match outcome {
            Ok(()) => update.col_expr(entity::Column::DeliveredAt, Expr::value(Some(write.now))),
            Err(error) => update.col_expr(entity::Column::LastError, Expr::value(Some(error))),
        };
        update.exec(write.db()).await?;
        write.commit().await
    }
}
