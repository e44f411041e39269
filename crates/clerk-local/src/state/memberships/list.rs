//! Which memberships there are.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::{
    Membership, email_address, entity,
    load::{of_user_in, with_ends},
    user,
};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains},
    },
};

/// Which memberships to list, oldest first unless told otherwise.
#[derive(Debug, Clone, Default)]
pub struct MembershipQuery {
    /// Only in this organization.
    pub organization_id: Option<String>,
    /// Only of this person.
    pub user_id: Option<String>,
    /// Only with one of these roles; empty means all.
    pub roles: Vec<String>,
    /// Part of the person's address or name.
    pub query: Option<String>,
    /// Newest first.
    pub newest_first: bool,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// The person's membership in an organization given by id or slug.
    pub async fn membership(
        &self,
        user_id: &str,
        organization_id_or_slug: &str,
    ) -> Result<Option<Membership>> {
        of_user_in(self.db(), user_id, organization_id_or_slug).await
    }

    /// All memberships of a person, oldest first.
    pub async fn memberships_of_user(&self, user_id: &str) -> Result<Vec<Membership>> {
        let rows = entity::Entity::find()
            .filter(entity::Column::UserId.eq(user_id))
            .order_by_asc(entity::Column::CreatedAt)
            .order_by_asc(entity::Column::Id)
            .all(self.db())
            .await?;
        with_ends(self.db(), rows).await
    }

    /// Memberships that match, and how many match without limit and offset.
    pub async fn memberships(&self, query: &MembershipQuery) -> Result<(Vec<Membership>, u64)> {
        let select = entity::Entity::find().filter(condition(query));
        let total = select.clone().count(self.db()).await?;
        let select = match query.newest_first {
            true => select.order_by_desc(entity::Column::CreatedAt),
            false => select.order_by_asc(entity::Column::CreatedAt),
        };
        let rows = select
            .order_by_asc(entity::Column::Id)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_ends(self.db(), rows).await?, total))
    }
}

fn condition(query: &MembershipQuery) -> Condition {
    let mut all = Condition::all();
    if let Some(id) = &query.organization_id {
        all = all.add(entity::Column::OrganizationId.eq(id.as_str()));
    }
    if let Some(id) = &query.user_id {
        all = all.add(entity::Column::UserId.eq(id.as_str()));
    }
    if !query.roles.is_empty() {
        all = all.add(entity::Column::Role.is_in(query.roles.iter().map(String::as_str)));
    }
    if let Some(part) = asked_part(query.query.as_deref()) {
        let named = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(
                Condition::any()
                    .add(contains(user::Column::FirstName, part))
                    .add(contains(user::Column::LastName, part)),
            )
            .into_query();
        let addressed = email_address::Entity::find()
            .select_only()
            .column(email_address::Column::UserId)
            .filter(contains(
                email_address::Column::LookupKey,
                &part.to_lowercase(),
            ))
            .into_query();
        all = all.add(
            Condition::any()
                .add(entity::Column::UserId.in_subquery(named))
                .add(entity::Column::UserId.in_subquery(addressed)),
        );
    }
    all
}
