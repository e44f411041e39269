//! The log does not grow for ever.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::super::{
    State,
    entities::{webhook_delivery, webhook_event},
};
use crate::error::Result;

/// Thirty days in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

impl State {
    /// Removes events older than thirty days that are on their way to nobody any more; gives their
    /// number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prune_events(&self) -> Result<u64> {
        let on_their_way = webhook_delivery::Entity::find()
            .select_only()
            .column(webhook_delivery::Column::EventSequence)
            .filter(webhook_delivery::Column::NextAttemptAt.is_not_null())
            .into_query();
        let write = self.write().await?;
        let gone = webhook_event::Entity::delete_many()
            .filter(webhook_event::Column::CreatedAt.lt(write.now - KEPT_MS))
            .filter(webhook_event::Column::Sequence.not_in_subquery(on_their_way))
            .exec(write.db())
            .await?;
        write.commit().await?;
        Ok(gone.rows_affected)
    }
}
