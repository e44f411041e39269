//! Reading organizations with their numbers of members.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Organization, entity, membership};
use crate::{
    error::{LocalError, Result},
    state::{Write, images},
};

/// The organization as this transaction sees it.
pub(in crate::state) async fn load(write: &Write, id: &str) -> Result<Organization> {
    by_ids(write.db(), &[id.to_owned()])
        .await?
        .remove(id)
        .ok_or_else(LocalError::not_found)
}

/// Organizations by id.
pub(in crate::state) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<HashMap<String, Organization>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids.iter().map(String::as_str)))
        .all(db)
        .await?;
    let found = with_counts(db, rows).await?;
    Ok(found
        .into_iter()
        .map(|organization| (organization.id.clone(), organization))
        .collect())
}

/// Organizations with their numbers of members and logos, in the order of the rows; a fixed number
/// of queries.
pub(super) async fn with_counts(
    db: &impl ConnectionTrait,
    rows: Vec<entity::Model>,
) -> Result<Vec<Organization>> {
    let counts: Vec<(String, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .column_as(membership::Column::Id.count(), "members")
        .filter(membership::Column::OrganizationId.is_in(rows.iter().map(|row| row.id.as_str())))
        .group_by(membership::Column::OrganizationId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<String, i64> = counts.into_iter().collect();
    let mut logos = images::of_owners(db, rows.iter().map(|row| row.id.as_str())).await?;
    Ok(rows
        .into_iter()
        .map(|row| Organization {
            image_id: logos.remove(&row.id),
            members_count: counts
                .get(&row.id)
                .and_then(|count| u64::try_from(*count).ok())
                .unwrap_or(0),
            row,
        })
        .collect())
}
