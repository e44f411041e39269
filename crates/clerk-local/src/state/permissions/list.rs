//! Which permissions there are.

use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Permission, entity};
use crate::{
    error::Result,
    state::{CatalogQuery, State, roles::catalog_condition, search::direction},
};

impl State {
    /// Permissions that match, and how many match without limit and offset.
    pub async fn permissions(&self, query: &CatalogQuery) -> Result<(Vec<Permission>, u64)> {
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
        Ok((rows, total))
    }
}
