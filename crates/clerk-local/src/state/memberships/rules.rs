//! What has to hold for memberships.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{ADMIN, MEMBER, Membership, Organization, entity, load::one};
use crate::error::{LocalError, Result};

/// There are two roles.
pub(in crate::state) fn check_role(role: &str) -> Result<()> {
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

/// Nobody is a member twice.
pub(in crate::state) async fn refuse_member(
    db: &impl ConnectionTrait,
    organization_id: &str,
    user_id: &str,
) -> Result<()> {
    match one(db, organization_id, user_id).await? {
        None => Ok(()),
        Some(_) => Err(LocalError::form(
            400,
            "already_a_member_in_organization",
            "This person is already a member of the organization.",
            "user_id",
        )),
    }
}

/// One more has a place beside the members and those who are `expected`; a limit of 0 is none.
pub(in crate::state) fn check_quota(organization: &Organization, expected: u64) -> Result<()> {
    let limit = u64::try_from(organization.max_allowed_memberships).unwrap_or(0);
    if limit == 0 || organization.members_count + expected < limit {
        return Ok(());
    }
    Err(LocalError::api(
        403,
        "organization_membership_quota_exceeded",
        &format!(
            "You have reached your limit of {limit} organization memberships, including \
             outstanding invitations."
        ),
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
