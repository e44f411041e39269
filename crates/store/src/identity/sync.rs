use super::{
    history, roles, rows,
    tombstones::{Kind, any_buried, bury},
};
use crate::{
    Inner, StoreError,
    entities::membership,
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::models::{OrganizationMembership, User};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// How far this server's clock may be from Clerk's: the skew its tokens are granted too.
pub(super) const SKEW_MS: i64 = 5_000;

/// One transaction: the user, the memberships that the reading has, and the removal of
/// those that it lacks.
pub(super) async fn apply(
    inner: &Inner,
    user: &User,
    memberships: &[OrganizationMembership],
    as_of_ms: i64,
) -> Result<(), StoreError> {
    let id = user.id.as_str();
    let worker = Worker::begin(inner, Reason::ClerkReading, Subject::user(id)).await?;
    let word = (Kind::User, id, user.updated_at);
    if any_buried(worker.transaction(), &[word]).await? {
        return Ok(());
    }
    rows::put_user(worker.transaction(), user).await?;
    let local = membership::Entity::find()
        .filter(membership::Column::UserId.eq(id))
        .all(worker.transaction())
        .await?;
    for row in local {
        let listed = memberships.iter().any(|told| told.id.as_str() == row.id);
        if !listed && row.updated_at.saturating_add(SKEW_MS) <= as_of_ms {
            remove(&worker, &row).await?;
        }
    }
    for told in memberships {
        worker.act_for(Subject::membership(told)).await?;
        put_membership(&worker, told).await?;
    }
    worker.commit().await
}

/// A membership as told, with as much of its organization and user as it brings along. The
/// worker acts for both.
pub(super) async fn put_membership(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    if put_both_ends(worker, told).await? {
        history::put_membership(worker, told).await?;
    }
    Ok(())
}

/// The same of one that somebody here asked for, who records it.
pub(super) async fn put_asked_for(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    if put_both_ends(worker, told).await? {
        let given = roles::permissions_of(worker, told).await?;
        rows::put_membership(worker.transaction(), told, &given).await?;
    }
    Ok(())
}

/// A membership's organization and user. Whether none of the three is gone.
async fn put_both_ends(worker: &Worker, told: &OrganizationMembership) -> Result<bool, StoreError> {
    let public = &told.public_user_data;
    let organization = told.organization.id.as_str();
    let user = public.user_id.as_str();
    let words = [
        (Kind::Membership, told.id.as_str(), told.updated_at),
        (Kind::Organization, organization, told.updated_at),
        (Kind::User, user, told.updated_at),
    ];
    if any_buried(worker.transaction(), &words).await? {
        return Ok(false);
    }
    history::put_organization(worker, &told.organization).await?;
    rows::put_user_stub(worker.transaction(), public).await?;
    Ok(true)
}

/// Removes a membership that Clerk no longer lists. The tombstone bears the row's own time,
/// which is of Clerk's clock: the word that made the row can't bring it back, a younger
/// one can.
async fn remove(worker: &Worker, row: &membership::Model) -> Result<(), StoreError> {
    worker
        .act_for(Subject::organization(&row.organization_id))
        .await?;
    bury(
        worker.transaction(),
        Kind::Membership,
        &row.id,
        row.updated_at,
    )
    .await?;
    history::end_membership(worker, row).await
}
