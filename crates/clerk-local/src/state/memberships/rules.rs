//! What has to hold for memberships.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{ADMIN, MEMBER, Membership, Organization, entity};
use crate::error::{LocalError, Result};

/// There are two roles.
pub(super) fn check_role(role: &str) -> Result<()> {
    if role == ADMIN || role == MEMBER {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_resource_not_found",
        "The role was not found.",
        "role",
    ))
}

/// An organization has as many members as it may have; 0 = no limit.
pub(super) fn check_quota(organization: &Organization) -> Result<()> {
    let limit = u64::try_from(organization.max_allowed_memberships).unwrap_or(0);
    if limit == 0 || organization.members_count < limit {
        return Ok(());
    }
    Err(LocalError::api(
        403,
        "organization_membership_quota_exceeded",
        "The organization has as many members as it may have.",
    ))
}

/// An organization keeps at least one admin.
pub(super) async fn keep_an_admin(
    db: &impl ConnectionTrait,
    membership: &Membership,
) -> Result<()> {
    if membership.role != ADMIN {
        return Ok(());
    }
    let others = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(membership.organization_id.as_str()))
        .filter(entity::Column::Role.eq(ADMIN))
        .filter(entity::Column::Id.ne(membership.id.as_str()))
        .count(db)
        .await?;
    if others > 0 {
        return Ok(());
    }
    Err(LocalError::api(
        400,
        "organization_minimum_permissions_needed",
        "An organization needs at least one admin.",
    ))
}
