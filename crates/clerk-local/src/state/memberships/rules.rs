//! What has to hold for memberships.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{Membership, Organization, entity, load::one};
use crate::{
    error::{LocalError, Result},
    state::{Write, roles},
};

/// Nobody is a member twice.
pub(in crate::state) async fn refuse_member(
    write: &Write,
    organization_id: &str,
    user_id: &str,
) -> Result<()> {
    match one(write.db(), write.now, organization_id, user_id).await? {
        None => Ok(()),
        Some(member) => Err(already_a_member(&member, "user_id")),
    }
}

/// 400: the field names somebody who is a member.
pub(in crate::state) fn already_a_member(member: &Membership, param_name: &str) -> LocalError {
    LocalError::form(
        400,
        "already_a_member_in_organization",
        &format!(
            "{} is already a member of the organization.",
            member.user.identifier()
        ),
        param_name,
    )
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

/// An organization keeps at least one member who can run it.
pub(super) async fn keep_a_manager(write: &Write, membership: &Membership) -> Result<()> {
    if !membership.assigned.is_creator_eligible() {
        return Ok(());
    }
    let keys = roles::creator_eligible_keys(write.db()).await?;
    let others = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(membership.organization_id.as_str()))
        .filter(entity::Column::Role.is_in(keys))
        .filter(entity::Column::Id.ne(membership.id.as_str()))
        .count(write.db())
        .await?;
    if others > 0 {
        return Ok(());
    }
    Err(LocalError::api(
        400,
        "organization_minimum_permissions_needed",
        "There has to be at least one organization member with the minimum required permissions",
    ))
}
