//! Reading organizations with their numbers of members.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Organization, entity, invitation, membership};
use crate::{
    error::{LocalError, Result},
    state::{InvitationStatus, Write, images},
};

/// The organization as this transaction sees it.
pub(in crate::state) async fn load(write: &Write, id: &str) -> Result<Organization> {
    by_ids(write.db(), write.now, &[id.to_owned()])
        .await?
        .remove(id)
        .ok_or_else(LocalError::not_found)
}

/// Organizations by id, as of a time.
pub(in crate::state) async fn by_ids(
    db: &impl ConnectionTrait,
    now: i64,
    ids: &[String],
) -> Result<HashMap<String, Organization>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids.iter().map(String::as_str)))
        .all(db)
        .await?;
    let found = with_counts(db, now, rows).await?;
    Ok(found
        .into_iter()
        .map(|organization| (organization.id.clone(), organization))
        .collect())
}

/// Organizations with their numbers of members and pending invitations as of a time, and their
/// logos; in the order of the rows, in a fixed number of queries.
pub(super) async fn with_counts(
    db: &impl ConnectionTrait,
    now: i64,
    rows: Vec<entity::Model>,
) -> Result<Vec<Organization>> {
    let ids = || rows.iter().map(|row| row.id.as_str());
    let members: Vec<(String, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .column_as(membership::Column::Id.count(), "members")
        .filter(membership::Column::OrganizationId.is_in(ids()))
        .group_by(membership::Column::OrganizationId)
        .into_tuple()
        .all(db)
        .await?;
    let invited: Vec<(String, i64)> = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::OrganizationId)
        .column_as(invitation::Column::Id.count(), "invited")
        .filter(invitation::Column::OrganizationId.is_in(ids()))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::ExpiresAt.gt(now))
        .group_by(invitation::Column::OrganizationId)
        .into_tuple()
        .all(db)
        .await?;
    let mut logos = images::of_owners(db, ids()).await?;
    let (members, invited) = (by_id(members), by_id(invited));
    let of = |counts: &HashMap<String, u64>, id: &str| counts.get(id).copied().unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| Organization {
            image_id: logos.remove(&row.id),
            members_count: of(&members, &row.id),
            pending_invitations_count: of(&invited, &row.id),
            row,
        })
        .collect())
}

fn by_id(counts: Vec<(String, i64)>) -> HashMap<String, u64> {
    counts
        .into_iter()
        .map(|(id, count)| (id, u64::try_from(count).unwrap_or(0)))
        .collect()
}
