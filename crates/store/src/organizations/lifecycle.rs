//! Deleting an organization: first it rests, out of sight, and its admins can bring it back;
//! then it is purged, at Clerk and here.

use super::{OrganizationView, Row, joined};
use crate::{
    Action, Inner, Origin, StoreError, Survey,
    audit::{self, Actor, Change, Difference},
    entities::organization::{Column, Entity},
    identity,
    scope::{Mode, Subject},
    worker::{Reason, Worker},
};
use clerk::ids::OrganizationId;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func, SimpleExpr},
};

/// A deleted organization that the signed-in user can bring back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedOrganization {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// From when on it is gone for good, in unix milliseconds.
    pub purge_at: i64,
}

/// The organizations that `user` can bring back, by name.
pub(crate) async fn deleted_of_user(
    inner: &Inner,
    user: &str,
) -> Result<Vec<DeletedOrganization>, StoreError> {
    let transaction = inner.begin(Mode::Read, Subject::user(user)).await?;
    let rows = resting(user)
        .column_as(Column::PurgeAt, "purge_at")
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .into_model::<RestingRow>()
        .all(&transaction)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (organization, membership) = row.row.into_views(user);
            let may = membership.grants.can(Action::OrganizationDelete);
            may.then_some(DeletedOrganization {
                slug: organization.slug,
                name: organization.name,
                purge_at: row.purge_at,
            })
        })
        .collect())
}

/// Puts the organization out of sight, until it is purged.
pub(crate) async fn mark_deleted(
    worker: &Worker,
    organization: &str,
    purge_at: i64,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::DeletedAt, Expr::value(worker.now_ms()))
        .col_expr(Column::PurgeAt, Expr::value(purge_at))
        .filter(Column::Id.eq(organization))
        .filter(Column::DeletedAt.is_null())
        .exec(worker.transaction())
        .await?;
    Ok(())
}

/// Brings back the deleted organization with this slug, if `user` may, with its audit entry in the
/// same transaction.
///
/// # Errors
/// [`StoreError::NotFound`] for anything else, members who may not included: to them it is gone.
pub(crate) async fn restore(
    inner: &Inner,
    user: &str,
    slug: &str,
    origin: &Origin,
) -> Result<OrganizationView, StoreError> {
    if slug.contains('\0') {
        return Err(StoreError::NotFound);
    }
    let transaction = inner.begin(Mode::Read, Subject::user(user)).await?;
    let found = resting(user)
        .filter(Column::Slug.eq(slug))
        .order_by_desc(Column::UpdatedAt)
        .into_model::<Row>()
        .one(&transaction)
        .await?;
    drop(transaction);
    let (organization, _) = found
        .map(|row| row.into_views(user))
        .filter(|(_, membership)| membership.grants.can(Action::OrganizationDelete))
        .ok_or(StoreError::NotFound)?;
    let id = organization.id.as_str();
    let worker = Worker::begin(inner, Reason::Lifecycle, Subject::organization(id)).await?;
    let restored = Entity::update_many()
        .col_expr(Column::DeletedAt, nothing())
        .col_expr(Column::PurgeAt, nothing())
        .filter(Column::Id.eq(id))
        .filter(Column::DeletedAt.is_not_null())
        // A purge may have begun since it was looked for.
        .filter(Column::PurgeStartedAt.is_null())
        .exec(worker.transaction())
        .await?;
    if restored.rows_affected == 0 {
        return Err(StoreError::NotFound);
    }
    let actor = Actor::Person { id: user, origin };
    let change = Change::OrganizationRestored;
    audit::record_by(&worker, id, actor, change, id, Difference::default()).await?;
    worker.commit().await?;
    Ok(organization)
}

/// The purge of deleted organizations, for the nightly job: in three steps, between which the
/// process may end. What was begun is due again until it is finished.
#[derive(Clone, Copy)]
pub struct Purge<'a> {
    inner: &'a Inner,
}

impl<'a> Purge<'a> {
    pub(crate) fn new(inner: &'a Inner) -> Self {
        Self { inner }
    }

    /// The organizations whose time has come, and those whose purge was begun.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn due(&self) -> Result<Vec<OrganizationId>, StoreError> {
        let now = self.inner.clock.now_ms();
        Survey::new(self.inner).purgeable(now).await
    }

    /// From here on nobody brings the organization back. Whether it still was to be purged.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn begin(&self, id: &OrganizationId) -> Result<bool, StoreError> {
        let now = self.inner.clock.now_ms();
        let subject = Subject::organization(id.as_str());
        let worker = Worker::begin(self.inner, Reason::Lifecycle, subject).await?;
        let begun: SimpleExpr =
            Func::coalesce([Expr::col(Column::PurgeStartedAt), Expr::value(now)]).into();
        let begun = Entity::update_many()
            .col_expr(Column::PurgeStartedAt, begun)
            .filter(Column::Id.eq(id.as_str()))
            .filter(Column::PurgeAt.lte(now))
            .exec(worker.transaction())
            .await?;
        worker.commit().await?;
        Ok(begun.rows_affected > 0)
    }

    /// Removes the organization and all that it owns here, once Clerk has deleted it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`]; then nothing is removed.
    pub async fn finish(&self, id: &OrganizationId) -> Result<(), StoreError> {
        identity::organization_ended(self.inner, id).await
    }
}

/// What is deleted and can still be brought back, among the user's organizations.
fn resting(user: &str) -> Select<crate::entities::membership::Entity> {
    joined(user)
        .filter(Column::DeletedAt.is_not_null())
        .filter(Column::PurgeStartedAt.is_null())
}

fn nothing() -> SimpleExpr {
    Expr::value(Option::<i64>::None)
}

#[derive(sea_orm::FromQueryResult)]
struct RestingRow {
    #[sea_orm(nested)]
    row: Row,
    purge_at: i64,
}
