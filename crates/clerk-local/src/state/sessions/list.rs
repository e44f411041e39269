//! Which sessions to list.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Session, SessionStatus, entity};
use crate::{
    error::Result,
    state::{State, search::inserted},
};

/// Which sessions to list.
#[derive(Debug, Clone, Default)]
pub struct SessionQuery {
    /// Only this browser's.
    pub client_id: Option<String>,
    /// Only this person's.
    pub user_id: Option<String>,
    /// Only in this state.
    pub status: Option<SessionStatus>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Sessions that match, newest first, and how many match without limit and offset.
    pub async fn sessions(&self, query: &SessionQuery) -> Result<(Vec<Session>, u64)> {
        let mut select = entity::Entity::find();
        if let Some(id) = &query.client_id {
            select = select.filter(entity::Column::ClientId.eq(id.as_str()));
        }
        if let Some(id) = &query.user_id {
            select = select.filter(entity::Column::UserId.eq(id.as_str()));
        }
        let now = self.now_ms();
        select = match query.status {
            None => select,
            Some(SessionStatus::Active) => select
                .filter(entity::Column::Status.eq(SessionStatus::Active))
                .filter(entity::Column::ExpireAt.gt(now)),
            Some(SessionStatus::Expired) => select
                .filter(entity::Column::Status.eq(SessionStatus::Active))
                .filter(entity::Column::ExpireAt.lte(now)),
            Some(status) => select.filter(entity::Column::Status.eq(status)),
        };
        let total = select.clone().count(self.db()).await?;
        let rows = select
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(inserted::<entity::Entity>())
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((rows, total))
    }
}
