//! Which organizations to list, and in which order.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Organization, entity, with_counts};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains},
    },
};

/// Which organizations to list.
#[derive(Debug, Clone, Default)]
pub struct OrganizationQuery {
    /// Only these; empty means all.
    pub organization_ids: Vec<String>,
    /// Part of a name, or an id or slug.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `name`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Organizations that match, and how many match without limit and offset.
    pub async fn organizations(
        &self,
        query: &OrganizationQuery,
    ) -> Result<(Vec<Organization>, u64)> {
        let mut all = Condition::all();
        if !query.organization_ids.is_empty() {
            let wanted = query.organization_ids.iter().map(String::as_str);
            all = all.add(entity::Column::Id.is_in(wanted));
        }
        if let Some(part) = asked_part(query.query.as_deref()) {
            let any = Condition::any()
                .add(entity::Column::Id.eq(part))
                .add(entity::Column::Slug.eq(part))
                .add(contains(entity::Column::Name, part));
            all = all.add(any);
        }
        let select = entity::Entity::find().filter(all);
        let total = select.clone().count(self.db()).await?;
        let select = match query.order_by.as_deref() {
            Some("name" | "+name") => select.order_by_asc(entity::Column::Name),
            Some("-name") => select.order_by_desc(entity::Column::Name),
            Some("created_at" | "+created_at") => select.order_by_asc(entity::Column::CreatedAt),
            _ => select.order_by_desc(entity::Column::CreatedAt),
        };
        let rows = select
            .order_by_asc(entity::Column::Id)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_counts(self.db(), rows).await?, total))
    }
}
