//! What Clerk answered to a change that was asked for here. The webhook about it will find it
//! done.

use super::{
    events::{membership_deleted, organization_deleted, organization_told},
    sync::put_membership,
};
use crate::{
    Inner, StoreError,
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::{
    ids::OrganizationId,
    models::{Organization, OrganizationMembership},
};

/// Somebody has this membership now.
pub(crate) async fn membership_changed(
    inner: &Inner,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    let worker = Worker::begin(inner, Reason::ClerkAnswer, Subject::membership(told)).await?;
    put_membership(&worker, told).await?;
    worker.commit().await
}

/// This membership is over.
pub(crate) async fn membership_ended(
    inner: &Inner,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    let worker = Worker::begin(inner, Reason::ClerkAnswer, Subject::membership(told)).await?;
    membership_deleted(&worker, told, told.updated_at).await?;
    worker.commit().await
}

/// An organization has this name and slug now.
pub(crate) async fn organization_changed(
    inner: &Inner,
    told: &Organization,
) -> Result<(), StoreError> {
    let subject = Subject::organization(told.id.as_str());
    let worker = Worker::begin(inner, Reason::ClerkAnswer, subject).await?;
    organization_told(&worker, told).await?;
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
