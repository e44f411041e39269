//! Deleting memberships.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, SimpleExpr},
};

use super::{Membership, entity, load::with_ends, session};
use crate::{
    error::Result,
    shapes,
    state::{Organization, User, Write},
};

/// Deletes a membership; sessions working in its organization lose it. Writes its event.
pub(super) async fn delete(write: &mut Write, membership: &Membership) -> Result<()> {
    entity::Entity::delete_by_id(membership.id.as_str())
        .exec(write.db())
        .await?;
    session::Entity::update_many()
        .filter(session::Column::UserId.eq(membership.user_id.as_str()))
        .filter(session::Column::ActiveOrganizationId.eq(membership.organization_id.as_str()))
        .col_expr(
            session::Column::ActiveOrganizationId,
            Expr::value(Option::<String>::None),
        )
        .col_expr(session::Column::UpdatedAt, Expr::value(write.now))
        .exec(write.db())
        .await?;
    // The event tells of the change, so it carries the time of the change.
    let mut gone = membership.clone();
    gone.row.updated_at = write.later_than(membership.updated_at);
    let data = shapes::backend::membership(&gone, write.options());
    write.emit("organizationMembership.deleted", data).await
}

/// Deletes every membership of a person, each with its event.
pub(in crate::state) async fn delete_all_of_user(write: &mut Write, user: &User) -> Result<()> {
    delete_where(write, entity::Column::UserId.eq(user.id.as_str())).await
}

/// Deletes every membership in an organization, each with its event.
pub(in crate::state) async fn delete_all_of_organization(
    write: &mut Write,
    organization: &Organization,
) -> Result<()> {
    let filter = entity::Column::OrganizationId.eq(organization.id.as_str());
    delete_where(write, filter).await
}

async fn delete_where(write: &mut Write, filter: SimpleExpr) -> Result<()> {
    let rows = entity::Entity::find()
        .filter(filter)
        .all(write.db())
        .await?;
    for membership in with_ends(write.db(), write.now, rows).await? {
        delete(write, &membership).await?;
    }
    Ok(())
}
