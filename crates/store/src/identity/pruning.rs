use crate::{
    Inner, StoreError,
    entities::{tombstone, webhook_event},
    scope::Subject,
    worker::{Reason, Worker},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// For how long a delivery may come again, in milliseconds: Svix, which delivers Clerk's webhooks,
/// repeats one for a bit more than a day by itself, and for 90 days when somebody asks for it;
/// then it has deleted the content (<https://docs.svix.com/retries>,
/// <https://docs.svix.com/retention>).
const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Forgets the deliveries that can't be repeated any more, and the tombstones that nothing can
/// come late to. Tells how many rows that were.
pub(super) async fn prune(inner: &Inner) -> Result<u64, StoreError> {
    let before = inner.clock.now_ms().saturating_sub(KEPT_MS);
    let worker = Worker::begin(inner, Reason::Pruning, Subject::default()).await?;
    let deliveries = webhook_event::Entity::delete_many()
        .filter(webhook_event::Column::ReceivedAt.lt(before))
        .exec(worker.transaction())
        .await?;
    let tombstones = tombstone::Entity::delete_many()
        .filter(tombstone::Column::DeletedAt.lt(before))
        .exec(worker.transaction())
        .await?;
    worker.commit().await?;
    Ok(deliveries.rows_affected + tombstones.rows_affected)
}
