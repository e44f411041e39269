//! Which memberships there are.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::SimpleExpr,
};

use super::{
    Membership, email_address, entity,
    load::{of_user_in, with_ends},
    order::ordered,
    user,
};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains, inserted},
        users,
    },
};

/// Which memberships to list, oldest first unless told otherwise. Empty lists mean "no such filter".
#[derive(Debug, Clone, Default)]
pub struct MembershipQuery {
    /// Only in this organization.
    pub organization_id: Option<String>,
    /// Only of this person.
    pub user_id: Option<String>,
    /// Only of one of these people.
    pub user_ids: Vec<String>,
    /// Only of people with one of these addresses.
    pub email_addresses: Vec<String>,
    /// Only with one of these roles.
    pub roles: Vec<String>,
    /// Parts of what belongs to the person.
    pub texts: MembershipTexts,
    /// Made between these times (unix milliseconds, neither included).
    pub created_at: (Option<i64>, Option<i64>),
    /// Of people last active between these times (unix milliseconds, neither included).
    pub last_active_at: (Option<i64>, Option<i64>),
    /// Field with `+` or `-` in front: `created_at` (default), `first_name`, `last_name`,
    /// `email_address`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

/// Parts of texts that belong to a member.
#[derive(Debug, Clone, Default)]
pub struct MembershipTexts {
    /// Part of an address or a name, or the person's id.
    pub any: Option<String>,
    /// Part of an address.
    pub email_address: Option<String>,
    /// Part of a name.
    pub name: Option<String>,
}

impl State {
    /// The person's membership in an organization given by id or slug.
    pub async fn membership(
        &self,
        user_id: &str,
        organization_id_or_slug: &str,
    ) -> Result<Option<Membership>> {
        of_user_in(self.db(), self.now_ms(), user_id, organization_id_or_slug).await
    }

    /// All memberships of a person, oldest first.
    pub async fn memberships_of_user(&self, user_id: &str) -> Result<Vec<Membership>> {
        let rows = entity::Entity::find()
            .filter(entity::Column::UserId.eq(user_id))
            .order_by_asc(entity::Column::CreatedAt)
            .order_by_asc(inserted::<entity::Entity>())
            .all(self.db())
            .await?;
        with_ends(self.db(), self.now_ms(), rows).await
    }

    /// Memberships that match, and how many match without limit and offset.
    pub async fn memberships(&self, query: &MembershipQuery) -> Result<(Vec<Membership>, u64)> {
        let select = entity::Entity::find().filter(condition(query));
        let total = select.clone().count(self.db()).await?;
        let rows = ordered(select, query.order_by.as_deref())
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_ends(self.db(), self.now_ms(), rows).await?, total))
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
    if !query.user_ids.is_empty() {
        let ids = query.user_ids.iter().map(String::as_str);
        all = all.add(entity::Column::UserId.is_in(ids));
    }
    if !query.email_addresses.is_empty() {
        let keys = query.email_addresses.iter();
        let keys = keys.map(|email| users::lookup_key(email));
        all = all.add(of_addresses(email_address::Column::LookupKey.is_in(keys)));
    }
    if !query.roles.is_empty() {
        all = all.add(entity::Column::Role.is_in(query.roles.iter().map(String::as_str)));
    }
    if let Some(part) = asked_part(query.texts.any.as_deref()) {
        let any = Condition::any()
            .add(entity::Column::UserId.eq(part))
            .add(addressed(part))
            .add(called(part));
        all = all.add(any);
    }
    if let Some(part) = asked_part(query.texts.email_address.as_deref()) {
        all = all.add(addressed(part));
    }
    if let Some(part) = asked_part(query.texts.name.as_deref()) {
        all = all.add(called(part));
    }
    if let Some(after) = query.created_at.0 {
        all = all.add(entity::Column::CreatedAt.gt(after));
    }
    if let Some(before) = query.created_at.1 {
        all = all.add(entity::Column::CreatedAt.lt(before));
    }
    if let Some(after) = query.last_active_at.0 {
        all = all.add(of_people(user::Column::LastActiveAt.gt(after)));
    }
    if let Some(before) = query.last_active_at.1 {
        all = all.add(of_people(user::Column::LastActiveAt.lt(before)));
    }
    all
}

/// Of people with this in an address.
fn addressed(part: &str) -> SimpleExpr {
    let lower = part.to_lowercase();
    of_addresses(contains(email_address::Column::LookupKey, &lower))
}

/// Of people with this in a name.
fn called(part: &str) -> SimpleExpr {
    of_people(
        Condition::any()
            .add(contains(user::Column::FirstName, part))
            .add(contains(user::Column::LastName, part)),
    )
}

fn of_people(filter: impl sea_orm::sea_query::IntoCondition) -> SimpleExpr {
    let people = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(filter)
        .into_query();
    entity::Column::UserId.in_subquery(people)
}

fn of_addresses(filter: SimpleExpr) -> SimpleExpr {
    let people = email_address::Entity::find()
        .select_only()
        .column(email_address::Column::UserId)
        .filter(filter)
        .into_query();
    entity::Column::UserId.in_subquery(people)
}
