use super::{
    Applied, history, purge, roles, rows,
    sync::put_membership,
    tombstones::{Kind, any_buried, bury},
};
use crate::{
    Inner, StoreError,
    audit::erase_origins,
    entities::{membership, user, webhook_event},
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::{
    models::{Organization, OrganizationMembership, User},
    webhooks::{Event, EventData},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};

/// One transaction: the record of the delivery, and its effect. (What a role gives is learned
/// in one before it.)
pub(super) async fn apply(inner: &Inner, event: &Event) -> Result<Applied, StoreError> {
    let now = inner.clock.now_ms();
    // A deletion without a time is as of now.
    let at = if event.timestamp_ms > 0 {
        event.timestamp_ms
    } else {
        now
    };
    let reason = Reason::ClerkEvent { id: &event.id };
    let role = match &event.data {
        EventData::RoleCreated(role) | EventData::RoleUpdated(role) => {
            Some(roles::learn(inner, reason, role, role.updated_at).await?)
        }
        _ => None,
    };
    let worker = Worker::begin(inner, reason, subject(&event.data)).await?;
    let recorded = webhook_event::Entity::insert(webhook_event::ActiveModel {
        id: Set(event.id.clone()),
        kind: Set(event.data.kind().to_owned()),
        received_at: Set(now),
    })
    .on_conflict(
        OnConflict::column(webhook_event::Column::Id)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(worker.transaction())
    .await?;
    if recorded == 0 {
        return Ok(Applied::Duplicate);
    }
    match role {
        Some(learned) => {
            roles::follow(&worker, &learned).await?;
        }
        None => effect(&worker, event, at).await?,
    }
    worker.commit().await?;
    Ok(Applied::Fresh)
}

/// Whom an event is about: its effect sees the rows of nobody else.
fn subject(data: &EventData) -> Subject<'_> {
    match data {
        EventData::UserCreated(user) | EventData::UserUpdated(user) => {
            Subject::user(user.id.as_str())
        }
        EventData::UserDeleted(deleted) => Subject::user(&deleted.id),
        EventData::OrganizationCreated(told) | EventData::OrganizationUpdated(told) => {
            Subject::organization(told.id.as_str())
        }
        EventData::OrganizationDeleted(deleted) => Subject::organization(&deleted.id),
        EventData::OrganizationMembershipCreated(told)
        | EventData::OrganizationMembershipUpdated(told)
        | EventData::OrganizationMembershipDeleted(told) => Subject::membership(told),
        _ => Subject::default(),
    }
}

async fn effect(worker: &Worker, event: &Event, at: i64) -> Result<(), StoreError> {
    match &event.data {
        EventData::UserCreated(user) | EventData::UserUpdated(user) => {
            user_told(worker, user).await
        }
        EventData::UserDeleted(deleted) => user_deleted(worker, &deleted.id, at).await,
        EventData::OrganizationCreated(told) | EventData::OrganizationUpdated(told) => {
            organization_told(worker, told).await
        }
        EventData::OrganizationDeleted(deleted) => {
            organization_deleted(worker, &deleted.id, at).await
        }
        EventData::OrganizationMembershipCreated(told)
        | EventData::OrganizationMembershipUpdated(told) => put_membership(worker, told).await,
        EventData::OrganizationMembershipDeleted(told) => {
            membership_deleted(worker, told, at).await
        }
        // Sessions are verified by their tokens; whatever else there is concerns nothing
        // that is kept here.
        _ => Ok(()),
    }
}

pub(super) async fn user_told(worker: &Worker, told: &User) -> Result<(), StoreError> {
    let id = told.id.as_str();
    let word = (Kind::User, id, told.updated_at);
    if any_buried(worker.transaction(), &[word]).await? {
        return Ok(());
    }
    rows::put_user(worker.transaction(), told).await
}

/// Their memberships end; what they did stays in the audit log, without from where.
pub(super) async fn user_deleted(worker: &Worker, id: &str, at: i64) -> Result<(), StoreError> {
    bury(worker.transaction(), Kind::User, id, at).await?;
    let memberships = membership::Entity::find()
        .filter(membership::Column::UserId.eq(id))
        .order_by_asc(membership::Column::OrganizationId)
        .all(worker.transaction())
        .await?;
    for membership in memberships {
        let organization = Subject::organization(&membership.organization_id);
        worker.act_for(organization).await?;
        history::end_membership(worker, &membership).await?;
    }
    worker.act_for(Subject::user(id)).await?;
    user::Entity::delete_many()
        .filter(user::Column::Id.eq(id))
        .exec(worker.transaction())
        .await?;
    erase_origins(worker, id).await
}

pub(super) async fn organization_told(
    worker: &Worker,
    told: &Organization,
) -> Result<(), StoreError> {
    let id = told.id.as_str();
    let word = (Kind::Organization, id, told.updated_at);
    if any_buried(worker.transaction(), &[word]).await? {
        return Ok(());
    }
    history::put_organization(worker, told).await
}

/// All that it owns goes with it, its audit log as well: the entry about its end would.
pub(super) async fn organization_deleted(
    worker: &Worker,
    id: &str,
    at: i64,
) -> Result<(), StoreError> {
    bury(worker.transaction(), Kind::Organization, id, at).await?;
    purge::purge(worker, id).await
}

pub(super) async fn membership_deleted(
    worker: &Worker,
    told: &OrganizationMembership,
    at: i64,
) -> Result<(), StoreError> {
    let organization = told.organization.id.as_str();
    let gone = at.max(told.updated_at);
    membership_gone(worker, organization, told.id.as_str(), gone).await
}

/// By the membership's own id: whoever has joined again since is not concerned.
pub(super) async fn membership_gone(
    worker: &Worker,
    organization: &str,
    id: &str,
    at: i64,
) -> Result<(), StoreError> {
    bury(worker.transaction(), Kind::Membership, id, at).await?;
    let row = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization))
        .filter(membership::Column::Id.eq(id))
        .one(worker.transaction())
        .await?;
    match row {
        Some(row) => history::end_membership(worker, &row).await,
        None => Ok(()),
    }
}
