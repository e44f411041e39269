//! Deliveries: what is due, and what came of it.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::{Expr, ExprTrait},
};

use super::super::{
    State,
    entities::{webhook_attempt, webhook_delivery as entity},
};
use crate::error::{LocalError, Result};

/// An event on its way to one endpoint.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Delivery {
    /// Names the delivery.
    pub sequence: i64,
    /// `msg_…`, the `svix-id`.
    pub id: String,
    /// `user.created` and so on.
    pub event_type: String,
    /// The body.
    pub payload: String,
    /// Where to.
    pub endpoint_id: String,
    /// Whom the event is about; events of one lane never overtake each other.
    pub lane: String,
    /// Attempts made so far.
    pub attempts: i64,
    /// Failed attempts since the schedule began.
    pub failures: i64,
    /// When the next attempt is due; none once it was delivered or given up.
    pub next_attempt_at: Option<i64>,
    /// When the endpoint took it last.
    pub delivered_at: Option<i64>,
    /// What the last failed attempt met.
    pub last_error: Option<String>,
    /// When the event happened (unix milliseconds).
    pub created_at: i64,
}

/// What came of one attempt.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// The HTTP status of the answer, if one came.
    pub status: Option<u16>,
    /// The beginning of the answer's body.
    pub answer: String,
    /// Why it failed; none when the endpoint took the event.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
}

const COLUMNS: &str = "SELECT d.sequence, e.id, e.event_type, e.payload, d.endpoint_id, d.lane, \
     d.attempts, d.failures, d.next_attempt_at, d.delivered_at, d.last_error, e.created_at \
     FROM webhook_delivery d JOIN webhook_event e ON e.sequence = d.event_sequence";

impl State {
    /// The first due delivery of each lane of each enabled endpoint, in the order of events.
    pub(crate) async fn due_deliveries(&self) -> Result<Vec<Delivery>> {
        let first_of_each_lane = "SELECT MIN(f.sequence) FROM webhook_delivery f \
             JOIN webhook_endpoint p ON p.id = f.endpoint_id \
             WHERE f.next_attempt_at <= ? AND NOT p.disabled GROUP BY f.endpoint_id, f.lane";
        let sql =
            format!("{COLUMNS} WHERE d.sequence IN ({first_of_each_lane}) ORDER BY d.sequence");
        self.deliveries_by(&sql, self.now_ms()).await
    }

    /// The newest deliveries, newest first.
    pub async fn recent_deliveries(&self, limit: u64) -> Result<Vec<Delivery>> {
        let sql = format!("{COLUMNS} ORDER BY d.sequence DESC LIMIT ?");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.deliveries_by(&sql, limit).await
    }

    async fn deliveries_by(&self, sql: &str, value: i64) -> Result<Vec<Delivery>> {
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [value.into()]);
        Ok(Delivery::find_by_statement(statement)
            .all(self.db())
            .await?)
    }

    /// When the next attempt of an enabled endpoint is due (unix milliseconds), if any is left.
    pub(crate) async fn next_delivery_at(&self) -> Result<Option<i64>> {
        let sql = "SELECT MIN(d.next_attempt_at) AS at FROM webhook_delivery d \
             JOIN webhook_endpoint p ON p.id = d.endpoint_id WHERE NOT p.disabled";
        let row = self
            .db()
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await?;
        Ok(match row {
            Some(row) => row.try_get("", "at")?,
            None => None,
        })
    }

    /// Writes an attempt's outcome. Before this call the delivery is due as it was, so an attempt
    /// cut short by the end of the process is made again.
    pub(crate) async fn record_attempt(
        &self,
        sequence: i64,
        attempt: Attempt,
        next_attempt_at: Option<i64>,
    ) -> Result<()> {
        let write = self.write().await?;
        let failures = match &attempt.error {
            None => Expr::value(0),
            Some(_) => Expr::col(entity::Column::Failures).add(1),
        };
        let mut update = entity::Entity::update_many()
            .filter(entity::Column::Sequence.eq(sequence))
            .col_expr(
                entity::Column::Attempts,
                Expr::col(entity::Column::Attempts).add(1),
            )
            .col_expr(entity::Column::Failures, failures)
            .col_expr(entity::Column::NextAttemptAt, Expr::value(next_attempt_at))
            .col_expr(
                entity::Column::LastError,
                Expr::value(attempt.error.clone()),
            );
        if attempt.error.is_none() {
            update = update.col_expr(entity::Column::DeliveredAt, Expr::value(Some(write.now)));
        }
        let changed = update.exec(write.db()).await?.rows_affected;
        // The endpoint may have been removed meanwhile.
        if changed > 0 {
            let row = webhook_attempt::ActiveModel {
                sequence: NotSet,
                delivery_sequence: Set(sequence),
                status: Set(attempt.status.map(i64::from)),
                answer: Set(attempt.answer),
                error: Set(attempt.error),
                duration_ms: Set(attempt.duration_ms),
                created_at: Set(write.now),
            };
            row.insert(write.db()).await?;
        }
        write.commit().await
    }

    /// Delivers an event once more, with its `svix-id` and body, to one endpoint; the schedule of
    /// retries begins anew.
    ///
    /// # Errors
    /// 404 when there is no such delivery.
    pub async fn replay_delivery(&self, sequence: i64) -> Result<()> {
        let write = self.write().await?;
        let changed = entity::Entity::update_many()
            .filter(entity::Column::Sequence.eq(sequence))
            .col_expr(entity::Column::NextAttemptAt, Expr::value(Some(write.now)))
            .col_expr(entity::Column::Failures, Expr::value(0))
            .exec(write.db())
            .await?;
        if changed.rows_affected == 0 {
            return Err(LocalError::not_found());
        }
        write.part.note_event();
        write.commit().await
    }
}
