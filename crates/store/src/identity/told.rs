//! What Clerk answered to a change of a membership that was made here, within the scope that
//! asked for it. The webhook about it will find it done.

use super::{
    rows,
    tombstones::{Kind, any_buried, bury},
};
use crate::{StoreError, entities::membership, postgres, scope::Scope};
use clerk::models::OrganizationMembership;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

/// A member of the scope's organization has this membership now.
pub(crate) async fn membership_changed(
    scope: &Scope,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    alone(scope).await?;
    let user = told.public_user_data.user_id.as_str();
    let words = [
        (Kind::Membership, told.id.as_str(), told.updated_at),
        (Kind::Organization, scope.organization_id(), told.updated_at),
        (Kind::User, user, told.updated_at),
    ];
    if any_buried(&scope.transaction, &words).await? {
        return Ok(());
    }
    rows::put_membership(&scope.transaction, told, scope.organization_id(), user).await
}

/// This membership of the scope's organization is over.
pub(crate) async fn membership_ended(
    scope: &Scope,
    told: &OrganizationMembership,
) -> Result<(), StoreError> {
    alone(scope).await?;
    let id = told.id.as_str();
    bury(&scope.transaction, Kind::Membership, id, told.updated_at).await?;
    membership::Entity::delete_many()
        .filter(membership::Column::OrganizationId.eq(scope.organization_id()))
        .filter(membership::Column::Id.eq(id))
        .exec(&scope.transaction)
        .await?;
    Ok(())
}

/// Waits for events that are being applied.
async fn alone(scope: &Scope) -> Result<(), StoreError> {
    if scope.transaction.get_database_backend() == DbBackend::Postgres {
        postgres::lock_identity(&scope.transaction).await?;
    }
    Ok(())
}
