//! Reading memberships with both their ends and their role.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Membership, email_address, entity, organization};
use crate::{
    error::{LocalError, Result},
    state::{Write, organizations, roles, users},
};

/// A membership as this transaction sees it.
pub(super) async fn load(
    write: &Write,
    organization_id: &str,
    user_id: &str,
) -> Result<Membership> {
    one(write.db(), write.now, organization_id, user_id)
        .await?
        .ok_or_else(LocalError::not_found)
}

/// The person's membership in the organization, as of a time.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    now: i64,
    organization_id: &str,
    user_id: &str,
) -> Result<Option<Membership>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(organization_id))
        .filter(entity::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(with_ends(db, now, rows).await?.pop())
}

/// Memberships with both their ends as of a time, in the order of the rows.
pub(super) async fn with_ends(
    db: &impl ConnectionTrait,
    now: i64,
    rows: Vec<entity::Model>,
) -> Result<Vec<Membership>> {
    let of = |pick: fn(&entity::Model) -> &String| rows.iter().map(pick).cloned().collect();
    let organization_ids: Vec<String> = of(|row| &row.organization_id);
    let user_ids: Vec<String> = of(|row| &row.user_id);
    let organizations = organizations::by_ids(db, now, &organization_ids).await?;
    let users = users::by_ids(db, &user_ids).await?;
    let roles = roles::by_keys(db, rows.iter().map(|row| row.role.as_str())).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Membership {
                organization: organizations.get(&row.organization_id)?.clone(),
                user: users.get(&row.user_id)?.clone(),
                assigned: roles.get(&row.role)?.clone(),
                row,
            })
        })
        .collect())
}

/// The person's membership in an organization given by id or slug, as of a time.
pub(in crate::state) async fn of_user_in(
    db: &impl ConnectionTrait,
    now: i64,
    user_id: &str,
    organization_id_or_slug: &str,
) -> Result<Option<Membership>> {
    let organization = organization::Entity::find()
        .filter(
            Condition::any()
                .add(organization::Column::Id.eq(organization_id_or_slug))
                .add(organization::Column::Slug.eq(organization_id_or_slug)),
        )
        .one(db)
        .await?;
    match organization {
        Some(organization) => one(db, now, &organization.id, user_id).await,
        None => Ok(None),
    }
}

/// The membership in the organization of the person with an address, given by its look-up key.
pub(in crate::state) async fn of_address_in(
    write: &Write,
    lookup_key: &str,
    organization_id: &str,
) -> Result<Option<Membership>> {
    let address = email_address::Entity::find()
        .filter(email_address::Column::LookupKey.eq(lookup_key))
        .one(write.db())
        .await?;
    match address {
        Some(address) => one(write.db(), write.now, organization_id, &address.user_id).await,
        None => Ok(None),
    }
}
