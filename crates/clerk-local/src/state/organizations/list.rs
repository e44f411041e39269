//! Which organizations to list, and in which order.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{Organization, entity, membership, with_counts};
use crate::{
    error::Result,
    state::{
        State, roles,
        search::{asked_part, contains, direction, inserted},
    },
};

/// Which organizations to list.
#[derive(Debug, Clone, Default)]
pub struct OrganizationQuery {
    /// By their own ids.
    pub organization_ids: IdFilter,
    /// By the ids of their members.
    pub user_ids: IdFilter,
    /// Part of a name, or an id or slug.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `name`,
    /// `members_count`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

/// Ids as a list's filter takes them (backend API): `+id` must be there, `-id` must not, and at
/// least one of the plain ones, if there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdFilter {
    any: Vec<String>,
    all: Vec<String>,
    none: Vec<String>,
}

impl IdFilter {
    /// Reads the values of a query parameter.
    pub fn read(values: Vec<String>) -> Self {
        let mut filter = Self::default();
        for value in values {
            // A plus that was not escaped arrives as a space.
            if let Some(id) = value.strip_prefix(['+', ' ']) {
                filter.all.push(id.to_owned());
            } else if let Some(id) = value.strip_prefix('-') {
                filter.none.push(id.to_owned());
            } else {
                filter.any.push(value);
            }
        }
        filter
    }

    /// The condition, where `among` tells that one of these ids is there.
    fn condition(&self, among: impl Fn(&[String]) -> SimpleExpr) -> Condition {
        let mut all = Condition::all();
        if !self.any.is_empty() {
            all = all.add(among(&self.any));
        }
        for id in &self.all {
            all = all.add(among(std::slice::from_ref(id)));
        }
        if !self.none.is_empty() {
            all = all.add(among(&self.none).not());
        }
        all
    }
}

impl State {
    /// Organizations that match, and how many match without limit and offset.
    pub async fn organizations(
        &self,
        query: &OrganizationQuery,
    ) -> Result<(Vec<Organization>, u64)> {
        let select = entity::Entity::find().filter(condition(query));
        let total = select.clone().count(self.db()).await?;
        let (name, descending) = direction(query.order_by.as_deref(), "-created_at");
        let order = if descending { Order::Desc } else { Order::Asc };
        let select = match name {
            "name" => select.order_by(entity::Column::Name, order.clone()),
            "members_count" => select.order_by(members_count(), order.clone()),
            _ => select.order_by(entity::Column::CreatedAt, order.clone()),
        };
        let rows = select
            .order_by(inserted::<entity::Entity>(), order)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_counts(self.db(), self.now_ms(), rows).await?, total))
    }

    /// Which of these organizations have a member who can run them.
    pub async fn organizations_with_a_manager(&self, ids: &[&str]) -> Result<HashSet<String>> {
        let keys = roles::creator_eligible_keys(self.db()).await?;
        let managed: Vec<String> = membership::Entity::find()
            .select_only()
            .column(membership::Column::OrganizationId)
            .distinct()
            .filter(membership::Column::OrganizationId.is_in(ids.iter().copied()))
            .filter(membership::Column::Role.is_in(keys))
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(managed.into_iter().collect())
    }
}

fn condition(query: &OrganizationQuery) -> Condition {
    let by_id = |ids: &[String]| entity::Column::Id.is_in(ids.iter().map(String::as_str));
    let by_member = |ids: &[String]| {
        let theirs = membership::Entity::find()
            .select_only()
            .column(membership::Column::OrganizationId)
            .filter(membership::Column::UserId.is_in(ids.iter().map(String::as_str)))
            .into_query();
        entity::Column::Id.in_subquery(theirs)
    };
    let mut all = Condition::all()
        .add(query.organization_ids.condition(by_id))
        .add(query.user_ids.condition(by_member));
    if let Some(part) = asked_part(query.query.as_deref()) {
        let any = Condition::any()
            .add(entity::Column::Id.eq(part))
            .add(entity::Column::Slug.eq(part))
            .add(contains(entity::Column::Name, part));
        all = all.add(any);
    }
    all
}

fn members_count() -> SimpleExpr {
    Expr::cust(
        "(SELECT COUNT(*) FROM membership WHERE membership.organization_id = organization.id)",
    )
}

#[cfg(test)]
mod tests {
    use super::IdFilter;

    #[test]
    fn signs_before_ids() {
        let read = IdFilter::read(["a", "+b", " c", "-d"].map(str::to_owned).to_vec());
        assert_eq!(read.any, ["a"]);
        assert_eq!(read.all, ["b", "c"]);
        assert_eq!(read.none, ["d"]);
    }
}
