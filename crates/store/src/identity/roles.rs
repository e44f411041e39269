//! What Clerk's roles give. A membership's own word brings its role's permissions along; when the
//! role itself changes, Clerk says so once, and not again for each of its members.
//!
//! Of the two words, about the membership and about its role, the younger one holds, whichever
//! comes first: a role's is kept, for the memberships that are told late.

use super::history::{permissions, record};
use crate::{
    Inner, Permissions, StoreError, Survey,
    audit::Change,
    entities::{membership, role},
    scope::Subject,
    worker::{Reason, Worker},
};
use clerk::models::{OrganizationMembership, Role};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// A role as it is known now, and where somebody has it.
pub(super) struct Learned {
    /// None when a younger word about it was known already.
    role: Option<role::Model>,
    organizations: Vec<String>,
}

/// Keeps what a role gives as of `at` (unix milliseconds of Clerk's clock), in a transaction of its
/// own: from then on no membership is put with what it gave before, so that the organizations
/// found next are all that are behind.
pub(super) async fn learn(
    inner: &Inner,
    reason: Reason<'_>,
    told: &Role,
    at: i64,
) -> Result<Learned, StoreError> {
    let keys: Vec<&str> = told.permissions.iter().map(|it| it.key.as_str()).collect();
    let row = role::Model {
        id: told.id.clone(),
        key: told.key.clone(),
        permissions: Permissions::of(&keys).into_row(),
        updated_at: at,
    };
    let worker = Worker::begin(inner, reason, Subject::default()).await?;
    let known = Expr::col((role::Entity, role::Column::UpdatedAt));
    let written = role::Entity::insert(role::ActiveModel {
        id: Set(row.id.clone()),
        key: Set(row.key.clone()),
        permissions: Set(row.permissions.clone()),
        updated_at: Set(row.updated_at),
    })
    .on_conflict(
        OnConflict::column(role::Column::Id)
            .update_columns([
                role::Column::Key,
                role::Column::Permissions,
                role::Column::UpdatedAt,
            ])
            .action_and_where(known.lte(at))
            .to_owned(),
    )
    .exec_without_returning(worker.transaction())
    .await?;
    worker.commit().await?;
    if written == 0 {
        return Ok(Learned {
            role: None,
            organizations: Vec::new(),
        });
    }
    let organizations = Survey::new(inner).organizations_behind(&row).await?;
    Ok(Learned {
        role: Some(row),
        organizations,
    })
}

/// Gives the members of every organization what their role gives now, with one audit entry for
/// each organization where that changes something. Whether it did anywhere.
pub(super) async fn follow(worker: &Worker, learned: &Learned) -> Result<bool, StoreError> {
    let mut changed = false;
    let Some(role) = &learned.role else {
        return Ok(changed);
    };
    for organization in &learned.organizations {
        worker.act_for(Subject::organization(organization)).await?;
        let behind = behind(role).add(membership::Column::OrganizationId.eq(&**organization));
        let before = membership::Entity::find()
            .filter(behind.clone())
            .order_by_asc(membership::Column::UserId)
            .one(worker.transaction())
            .await?;
        let Some(before) = before else { continue };
        membership::Entity::update_many()
            .col_expr(
                membership::Column::Permissions,
                Expr::value(role.permissions.as_str()),
            )
            .filter(behind)
            .exec(worker.transaction())
            .await?;
        record(
            worker,
            organization,
            Change::RolePermissionsChanged,
            &role.key,
            permissions(&before.permissions),
            permissions(&role.permissions),
        )
        .await?;
        changed = true;
    }
    Ok(changed)
}

/// The memberships whose permissions are older than the role's.
pub(crate) fn behind(role: &role::Model) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(membership::Column::Role.eq(&*role.key))
        .add(membership::Column::UpdatedAt.lte(role.updated_at))
        .add(membership::Column::Permissions.ne(&*role.permissions))
}

/// What a membership gives, as a row has it: by its own word, or a younger one about its role.
pub(super) async fn permissions_of(
    worker: &Worker,
    told: &OrganizationMembership,
) -> Result<String, StoreError> {
    let younger = role::Entity::find()
        .filter(role::Column::Key.eq(&*told.role))
        .filter(role::Column::UpdatedAt.gte(told.updated_at))
        .order_by_desc(role::Column::UpdatedAt)
        .one(worker.transaction())
        .await?;
    Ok(match younger {
        Some(role) => role.permissions,
        None => Permissions::of(&told.permissions).into_row(),
    })
}
