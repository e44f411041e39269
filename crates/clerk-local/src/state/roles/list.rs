//! Which roles there are.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Role, entity, load::with_permissions};
use crate::{
    error::Result,
    state::{
        State,
        search::{asked_part, contains, direction},
    },
};

/// Which roles or permissions to list.
#[derive(Debug, Clone, Default)]
pub struct CatalogQuery {
    /// Part of the name, the key or the description.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `name`, `key`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Roles that match, and how many match without limit and offset.
    pub async fn roles(&self, query: &CatalogQuery) -> Result<(Vec<Role>, u64)> {
        let columns = [
            entity::Column::Name,
            entity::Column::Key,
            entity::Column::Description,
        ];
        let select = entity::Entity::find().filter(catalog_condition(query, columns));
        let total = select.clone().count(self.db()).await?;
        let (name, descending) = direction(query.order_by.as_deref(), "-created_at");
        let column = match name {
            "name" => entity::Column::Name,
            "key" => entity::Column::Key,
            _ => entity::Column::CreatedAt,
        };
        let select = match descending {
            true => select.order_by_desc(column),
            false => select.order_by_asc(column),
        };
        let rows = select
            .order_by_asc(entity::Column::Key)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_permissions(self.db(), rows).await?, total))
    }
}

/// The searched text in one of these columns.
pub(in crate::state) fn catalog_condition<C: ColumnTrait>(
    query: &CatalogQuery,
    columns: [C; 3],
) -> Condition {
    let Some(part) = asked_part(query.query.as_deref()) else {
        return Condition::all();
    };
    columns.into_iter().fold(Condition::any(), |any, column| {
        any.add(contains(column, part))
    })
}
