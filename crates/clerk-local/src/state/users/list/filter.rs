//! The conditions of a [`UserQuery`].

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{ExprTrait, SimpleExpr},
};

use super::{TimeRange, UserQuery, email_address, entity, lookup_key};
use crate::state::{
    entities::{external_account, membership, user_setting},
    search::{asked_part, contains},
};

pub(super) fn condition(query: &UserQuery) -> Condition {
    let mut all = Condition::all();
    if query.nobody {
        all = all.add(entity::Column::Id.is_null());
    }
    let id_in = |ids: Vec<&str>| entity::Column::Id.is_in(ids);
    all = all.add(signed(&query.user_ids, id_in));
    all = all.add(signed(&query.organization_ids, member_of));
    if !query.email_addresses.is_empty() {
        let keys = query.email_addresses.iter().map(|email| lookup_key(email));
        all = all.add(has_address(email_address::Column::LookupKey.is_in(keys)));
    }
    if !query.external_ids.is_empty() {
        let ids = query.external_ids.iter().map(String::as_str);
        all = all.add(entity::Column::ExternalId.is_in(ids));
    }
    if let Some((provider, numbers)) = &query.account {
        let of = external_account::Entity::find()
            .select_only()
            .column(external_account::Column::UserId)
            .filter(external_account::Column::Provider.eq(*provider))
            .filter(external_account::Column::ProviderUserId.is_in(numbers.iter().cloned()))
            .into_query();
        all = all.add(entity::Column::Id.in_subquery(of));
    }
    if let Some(part) = asked_part(query.query.as_deref()) {
        let any = Condition::any()
            .add(entity::Column::Id.eq(part))
            .add(entity::Column::ExternalId.eq(part))
            .add(named(part))
            .add(addressed(part));
        all = all.add(any);
    }
    if let Some(part) = asked_part(query.email_address_query.as_deref()) {
        all = all.add(addressed(part));
    }
    if let Some(part) = asked_part(query.name_query.as_deref()) {
        all = all.add(named(part));
    }
    if let Some(banned) = query.banned {
        let of = user_setting::Entity::find()
            .select_only()
            .column(user_setting::Column::UserId)
            .filter(user_setting::Column::Banned.eq(true))
            .into_query();
        all = all.add(match banned {
            true => entity::Column::Id.in_subquery(of),
            false => entity::Column::Id.not_in_subquery(of),
        });
    }
    all.add(within(entity::Column::LastActiveAt, query.last_active_at))
        .add(within(entity::Column::CreatedAt, query.created_at))
        .add(within(entity::Column::LastSignInAt, query.last_sign_in_at))
}

/// Ids with `-` in front are to be left out, the others are to be met.
fn signed(ids: &[String], among: impl Fn(Vec<&str>) -> SimpleExpr) -> Condition {
    let (without, with): (Vec<&str>, Vec<&str>) = ids
        .iter()
        .map(String::as_str)
        .partition(|id| id.starts_with('-'));
    let bare = |ids: Vec<&str>| -> Vec<String> {
        ids.iter()
            .map(|id| id.trim_start_matches(['+', '-', ' ']).to_owned())
            .collect()
    };
    let mut all = Condition::all();
    let with = bare(with);
    if !with.is_empty() {
        all = all.add(among(with.iter().map(String::as_str).collect()));
    }
    let without = bare(without);
    if !without.is_empty() {
        all = all.add(among(without.iter().map(String::as_str).collect()).not());
    }
    all
}

fn member_of(organization_ids: Vec<&str>) -> SimpleExpr {
    let of = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .filter(membership::Column::OrganizationId.is_in(organization_ids))
        .into_query();
    entity::Column::Id.in_subquery(of)
}

fn named(part: &str) -> Condition {
    Condition::any()
        .add(contains(entity::Column::FirstName, part))
        .add(contains(entity::Column::LastName, part))
}

fn addressed(part: &str) -> SimpleExpr {
    let part = part.to_lowercase();
    has_address(contains(email_address::Column::LookupKey, &part))
}

fn has_address(filter: SimpleExpr) -> SimpleExpr {
    let of = email_address::Entity::find()
        .select_only()
        .column(email_address::Column::UserId)
        .filter(filter)
        .into_query();
    entity::Column::Id.in_subquery(of)
}

fn within(column: entity::Column, range: TimeRange) -> Condition {
    Condition::all()
        .add_option(range.after.map(|time| column.gt(time)))
        .add_option(range.before.map(|time| column.lt(time)))
}
