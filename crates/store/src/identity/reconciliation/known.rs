use crate::{
    KnownMembership, StoreError, Survey,
    entities::{membership, organization, user},
    worker::Worker,
};
use clerk::ids::{OrganizationId, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// The local rows by Clerk's id, with their `updated_at`.
pub(super) struct Known {
    pub(super) users: HashMap<UserId, i64>,
    pub(super) organizations: HashMap<OrganizationId, i64>,
    pub(super) memberships: HashMap<String, KnownMembership>,
}

impl Known {
    /// All that a survey lists.
    pub(super) async fn by(survey: Survey<'_>) -> Result<Self, StoreError> {
        let mut users = HashMap::new();
        let mut after = None;
        loop {
            let page = survey.users(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            users.extend(page.into_iter().map(|row| (row.id, row.updated_at)));
        }
        let mut organizations = HashMap::new();
        let mut after = None;
        loop {
            let page = survey.organizations(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            organizations.extend(page.into_iter().map(|row| (row.id, row.updated_at)));
        }
        let mut memberships = HashMap::new();
        let mut after = None;
        loop {
            let place = after.as_ref().map(|(of, whose)| (of, whose));
            let page = survey.memberships(place).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.organization_id.clone(), last.user_id.clone()));
            let rows = page
                .into_iter()
                .map(|row| (row.id.as_str().to_owned(), row));
            memberships.extend(rows);
        }
        Ok(Self {
            users,
            organizations,
            memberships,
        })
    }
}

/// The `updated_at` of a user as it is now.
pub(super) async fn user_now(worker: &Worker, id: &str) -> Result<Option<i64>, StoreError> {
    let row = user::Entity::find()
        .select_only()
        .column(user::Column::UpdatedAt)
        .filter(user::Column::Id.eq(id));
    Ok(row.into_tuple().one(worker.transaction()).await?)
}

/// The `updated_at` of an organization as it is now.
pub(super) async fn organization_now(worker: &Worker, id: &str) -> Result<Option<i64>, StoreError> {
    let row = organization::Entity::find()
        .select_only()
        .column(organization::Column::UpdatedAt)
        .filter(organization::Column::Id.eq(id));
    Ok(row.into_tuple().one(worker.transaction()).await?)
}

/// The `updated_at` of the membership with this id as it is now.
pub(super) async fn membership_now(
    worker: &Worker,
    organization: &str,
    id: &str,
) -> Result<Option<i64>, StoreError> {
    let row = membership::Entity::find()
        .select_only()
        .column(membership::Column::UpdatedAt)
        .filter(membership::Column::OrganizationId.eq(organization))
        .filter(membership::Column::Id.eq(id));
    Ok(row.into_tuple().one(worker.transaction()).await?)
}
