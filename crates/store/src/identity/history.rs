//! What Clerk changed by itself, in the audit logs of the organizations it concerns: each row as
//! told, and its entry beside it. What is told again, or was asked for and recorded here, finds
//! the row as it is told, and leaves no entry.

use super::{
    roles,
    rows::{self, Word},
};
use crate::{
    StoreError,
    audit::{self, Actor, Change, Difference},
    entities::membership,
    worker::Worker,
};
use clerk::models::{Organization, OrganizationMembership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// An organization as told. The worker acts for it.
pub(super) async fn put_organization(
    worker: &Worker,
    told: &Organization,
) -> Result<(), StoreError> {
    let state = |name: &str, slug: &str| Some(json!({ "name": name, "slug": slug }));
    let (slug, logo) = (rows::slug(told), rows::logo(told));
    let id = told.id.as_str();
    let now = || state(&told.name, slug);
    let row = match rows::put_organization(worker.transaction(), told).await? {
        Word::Late => return Ok(()),
        Word::New => {
            return record(worker, id, Change::OrganizationCreated, id, None, now()).await;
        }
        Word::Over(row) => row,
    };
    if (&*row.name, &*row.slug) != (&*told.name, slug) {
        let before = state(&row.name, &row.slug);
        record(worker, id, Change::OrganizationRenamed, id, before, now()).await?;
    }
    if row.image_url != logo {
        let state = |logo: Option<String>| Some(json!({ "logo": logo }));
        let (before, after) = (state(row.image_url), state(logo));
        record(
            worker,
            id,
            Change::OrganizationLogoChanged,
            id,
            before,
            after,
        )
        .await?;
    }
    Ok(())
}

/// A membership as told. The worker acts for its organization and its user, which are there.
pub(super) async fn put_membership(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    let role = |role: &str| Some(json!({ "role": role }));
    let given = roles::permissions_of(worker, told).await?;
    let word = rows::put_membership(worker.transaction(), told, &given).await?;
    let (change, before, after) = match word {
        Word::Late => return Ok(()),
        Word::New => (Change::MemberJoined, None, role(&told.role)),
        Word::Over(row) if row.role != told.role => {
            let before = role(&row.role);
            (Change::MemberRoleChanged, before, role(&told.role))
        }
        Word::Over(row) if row.permissions != given => (
            Change::MemberPermissionsChanged,
            permissions(&row.permissions),
            permissions(&given),
        ),
        Word::Over(_) => return Ok(()),
    };
    let organization = told.organization.id.as_str();
    let user = told.public_user_data.user_id.as_str();
    record(worker, organization, change, user, before, after).await
}

/// The end of a membership. The worker acts for its organization.
pub(super) async fn end_membership(
    worker: &Worker,
    row: &membership::Model,
) -> Result<(), StoreError> {
    membership::Entity::delete_many()
        .filter(membership::Column::OrganizationId.eq(&*row.organization_id))
        .filter(membership::Column::UserId.eq(&*row.user_id))
        .exec(worker.transaction())
        .await?;
    let (organization, user) = (&row.organization_id, &row.user_id);
    let before = Some(json!({ "role": row.role }));
    record(
        worker,
        organization,
        Change::MemberRemoved,
        user,
        before,
        None,
    )
    .await
}

/// What a row of permissions says, for an entry.
pub(super) fn permissions(row: &str) -> Option<Value> {
    let keys: Vec<&str> = row.split_whitespace().collect();
    Some(json!({ "permissions": keys }))
}

pub(super) async fn record(
    worker: &Worker,
    organization: &str,
    change: Change,
    target: &str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), StoreError> {
    let difference = Difference { before, after };
    audit::record_by(
        worker,
        organization,
        Actor::Clerk,
        change,
        target,
        difference,
    )
    .await
}
