//! What Clerk answered to a change that was asked for here, which whoever asked records in the same
//! transaction. The webhook about it will find it done.

use super::{
    events::{organization_deleted, user_deleted},
    rows,
    sync::put_asked_for,
    tombstones::{Kind, any_buried, bury},
};
use crate::{
    Inner, StoreError,
    entities::membership,
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::{
    ids::OrganizationId,
    models::{Organization, OrganizationMembership},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Somebody has this membership now.
pub(crate) async fn membership_changed(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    worker.act_for(Subject::membership(told)).await?;
    put_asked_for(worker, told).await
}

/// This membership is over.
pub(crate) async fn membership_ended(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    worker.act_for(Subject::membership(told)).await?;
    let (id, transaction) = (told.id.as_str(), worker.transaction());
    bury(transaction, Kind::Membership, id, told.updated_at).await?;
    membership::Entity::delete_many()
        .filter(membership::Column::OrganizationId.eq(told.organization.id.as_str()))
        .filter(membership::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// An organization has this name, slug and logo now.
pub(crate) async fn organization_changed(
    worker: &Worker,
    told: &Organization,
) -> Result<(), StoreError> {
    let id = told.id.as_str();
    worker.act_for(Subject::organization(id)).await?;
    let word = (Kind::Organization, id, told.updated_at);
    if !any_buried(worker.transaction(), &[word]).await? {
        rows::put_organization(worker.transaction(), told).await?;
    }
    Ok(())
}

/// A user is gone, as [`user_deleted`] has it.
pub(crate) async fn user_ended(inner: &Inner, id: &str) -> Result<(), StoreError> {
    let worker = Worker::begin(inner, Reason::ClerkAnswer, Subject::user(id)).await?;
    user_deleted(&worker, id, inner.clock.now_ms()).await?;
    worker.commit().await
}

/// An organization is gone, and all that it owns with it.
pub(crate) async fn organization_ended(
    inner: &Inner,
    id: &OrganizationId,
) -> Result<(), StoreError> {
    let id = id.as_str();
    let worker = Worker::begin(inner, Reason::ClerkAnswer, Subject::organization(id)).await?;
    organization_deleted(&worker, id, inner.clock.now_ms()).await?;
    worker.commit().await
}
