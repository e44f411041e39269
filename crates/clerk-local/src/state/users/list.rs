//! Which people to list, and in which order.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::SimpleExpr,
};

use super::{User, email_address, entity, load::complete, lookup_key};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains},
    },
};

/// Which people to list. Empty lists mean "no such filter".
#[derive(Debug, Clone, Default)]
pub struct UserQuery {
    /// Only these ids.
    pub user_ids: Vec<String>,
    /// Only people with one of these addresses.
    pub email_addresses: Vec<String>,
    /// Part of an address, a name or an id.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `updated_at`,
    /// `first_name`, `last_name`, `last_sign_in_at`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// People that match, and how many match without limit and offset.
    pub async fn users(&self, query: &UserQuery) -> Result<(Vec<User>, u64)> {
        let select = entity::Entity::find().filter(condition(query));
        let total = select.clone().count(self.db()).await?;
        let (column, descending) = order(query.order_by.as_deref());
        let select = match descending {
            true => select.order_by_desc(column),
            false => select.order_by_asc(column),
        };
        let rows = select
            .order_by_asc(entity::Column::Id)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((complete(self.db(), rows).await?, total))
    }
}

fn condition(query: &UserQuery) -> Condition {
    let mut all = Condition::all();
    if !query.user_ids.is_empty() {
        all = all.add(entity::Column::Id.is_in(query.user_ids.iter().map(String::as_str)));
    }
    if !query.email_addresses.is_empty() {
        let keys = query.email_addresses.iter().map(|email| lookup_key(email));
        all = all.add(has_address(email_address::Column::LookupKey.is_in(keys)));
    }
    if let Some(part) = asked_part(query.query.as_deref()) {
        let any = Condition::any()
            .add(entity::Column::Id.eq(part))
            .add(contains(entity::Column::FirstName, part))
            .add(contains(entity::Column::LastName, part))
            .add(has_address(contains(
                email_address::Column::LookupKey,
                &part.to_lowercase(),
            )));
        all = all.add(any);
    }
    all
}

fn has_address(filter: SimpleExpr) -> SimpleExpr {
    let of = email_address::Entity::find()
        .select_only()
        .column(email_address::Column::UserId)
        .filter(filter)
        .into_query();
    entity::Column::Id.in_subquery(of)
}

fn order(order_by: Option<&str>) -> (entity::Column, bool) {
    let order_by = order_by.unwrap_or("-created_at");
    let (name, descending) = match order_by.strip_prefix('-') {
        Some(name) => (name, true),
        None => (order_by.trim_start_matches('+'), false),
    };
    let column = match name {
        "updated_at" => entity::Column::UpdatedAt,
        "first_name" => entity::Column::FirstName,
        "last_name" => entity::Column::LastName,
        "last_sign_in_at" => entity::Column::LastSignInAt,
        _ => entity::Column::CreatedAt,
    };
    (column, descending)
}
