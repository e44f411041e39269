//! Which invitations there are.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{Invitation, InvitationStatus, entity, load::with_named};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains, direction, inserted},
        users,
    },
};

/// Which invitations to list.
#[derive(Debug, Clone, Default)]
pub struct InvitationQuery {
    /// Into organizations; false: to the application.
    pub into_organizations: bool,
    /// Only into this organization.
    pub organization_id: Option<String>,
    /// Only in one of these states; empty means all.
    pub statuses: Vec<InvitationStatus>,
    /// Only to one of these addresses; empty means all.
    pub email_addresses: Vec<String>,
    /// Part of the address, or the id.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `email_address`,
    /// `expires_at`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Invitations that match, and how many match without limit and offset.
    pub async fn invitations(&self, query: &InvitationQuery) -> Result<(Vec<Invitation>, u64)> {
        let select = entity::Entity::find().filter(condition(query, self.now_ms()));
        let total = select.clone().count(self.db()).await?;
        let (name, descending) = direction(query.order_by.as_deref(), "-created_at");
        let column = match name {
            "email_address" => entity::Column::LookupKey,
            "expires_at" => entity::Column::ExpiresAt,
            _ => entity::Column::CreatedAt,
        };
        let order = if descending { Order::Desc } else { Order::Asc };
        let rows = select
            .order_by(column, order.clone())
            .order_by(inserted::<entity::Entity>(), order)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_named(self.db(), self.now_ms(), rows).await?, total))
    }
}

fn condition(query: &InvitationQuery, now: i64) -> Condition {
    let mut all = Condition::all().add(match query.into_organizations {
        true => entity::Column::OrganizationId.is_not_null(),
        false => entity::Column::OrganizationId.is_null(),
    });
    if let Some(id) = &query.organization_id {
        all = all.add(entity::Column::OrganizationId.eq(id.as_str()));
    }
    if !query.email_addresses.is_empty() {
        let keys = query.email_addresses.iter();
        let keys = keys.map(|email| users::lookup_key(email));
        all = all.add(entity::Column::LookupKey.is_in(keys));
    }
    if !query.statuses.is_empty() {
        let mut any = Condition::any();
        for status in &query.statuses {
            any = any.add(standing(*status, now));
        }
        all = all.add(any);
    }
    if let Some(part) = asked_part(query.query.as_deref()) {
        let any = Condition::any()
            .add(entity::Column::Id.eq(part))
            .add(contains(entity::Column::LookupKey, &part.to_lowercase()));
        all = all.add(any);
    }
    all
}

/// In this state at this time: whether a pending one is expired follows from the time.
fn standing(status: InvitationStatus, now: i64) -> Condition {
    let written = match status {
        InvitationStatus::Expired => InvitationStatus::Pending,
        other => other,
    };
    let all = Condition::all().add(entity::Column::Status.eq(written));
    match status {
        InvitationStatus::Pending => all.add(entity::Column::ExpiresAt.gt(now)),
        InvitationStatus::Expired => all.add(entity::Column::ExpiresAt.lte(now)),
        _ => all,
    }
}
