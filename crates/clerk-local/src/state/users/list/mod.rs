//! Which people to list, and in which order.

mod filter;
mod order;

use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{User, email_address, entity, load::complete, lookup_key};
use crate::{
    error::Result,
    provider::Provider,
    state::{State, search::inserted},
};

/// Which people to list. Empty lists and none mean "no such filter".
#[derive(Debug, Clone, Default)]
pub struct UserQuery {
    /// Only these ids; those with `-` in front are left out (`+` may stand before the others).
    pub user_ids: Vec<String>,
    /// Only members of these organizations, written like `user_ids`.
    pub organization_ids: Vec<String>,
    /// Only people with one of these addresses.
    pub email_addresses: Vec<String>,
    /// Only people with one of these ids of the caller's own.
    pub external_ids: Vec<String>,
    /// Only people with an account at this provider that has one of these numbers there.
    pub account: Option<(Provider, Vec<String>)>,
    /// Whether a filter asks for what nobody has here: phone numbers, usernames, web3 wallets.
    pub nobody: bool,
    /// Part of an address, a name or an id.
    pub query: Option<String>,
    /// Part of an address.
    pub email_address_query: Option<String>,
    /// Part of a name.
    pub name_query: Option<String>,
    /// Only banned people, or only others.
    pub banned: Option<bool>,
    /// When a session was last used.
    pub last_active_at: TimeRange,
    /// When the person signed up.
    pub created_at: TimeRange,
    /// When the person last signed in.
    pub last_sign_in_at: TimeRange,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `updated_at`,
    /// `first_name`, `last_name`, `email_address`, `last_active_at`, `last_sign_in_at`.
    pub order_by: Option<String>,
    /// Only people after this one in the order.
    pub starting_after: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

/// Times (unix milliseconds) strictly between two ends.
#[derive(Debug, Clone, Copy, Default)]
pub struct TimeRange {
    /// Later than this.
    pub after: Option<i64>,
    /// Earlier than this.
    pub before: Option<i64>,
}

impl State {
    /// People that match, and how many match without limit, offset and `starting_after`.
    pub async fn users(&self, query: &UserQuery) -> Result<(Vec<User>, u64)> {
        let select = entity::Entity::find().filter(filter::condition(query));
        let total = select.clone().count(self.db()).await?;
        let order = order::of(query.order_by.as_deref());
        let mut select = select
            .order_by(order.key(), order.direction())
            .order_by(inserted::<entity::Entity>(), order.direction());
        if let Some(id) = &query.starting_after {
            select = select.filter(order.after(id));
        }
        let rows = select
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((complete(self.db(), rows).await?, total))
    }
}
