use super::{
    Status, TaskCard, Tasks,
    cards::{CardRow, Of, complete, own_cards},
};
use crate::{Action, ProjectId, StoreError, entities::task::Column};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

/// The most tasks that one board shows.
pub const BOARD_LIMIT: u64 = 2_000;

/// A project's tasks, by status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// One for each status, in their order; each in the order that people gave it.
    pub columns: Vec<(Status, Vec<TaskCard>)>,
    /// Whether the project has more than [`BOARD_LIMIT`] tasks; then those that were created last
    /// are missing.
    pub truncated: bool,
}

impl Tasks<'_> {
    /// The project's board.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (a foreign or missing project), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn board(&self, project: ProjectId) -> Result<Board, StoreError> {
        self.scope.require(Action::TaskRead)?;
        crate::Projects::new(self.scope).get(project).await?;
        let mut rows = own_cards(self.scope)
            .filter(Column::ProjectId.eq(project.0))
            .order_by_asc(Column::Id)
            .limit(BOARD_LIMIT + 1)
            .column(Column::Place)
            .into_model::<Placed>()
            .all(&self.scope.transaction)
            .await?;
        let limit = usize::try_from(BOARD_LIMIT).unwrap_or(usize::MAX);
        let truncated = rows.len() > limit;
        rows.truncate(limit);
        rows.sort_by(|a, b| a.place.cmp(&b.place));
        let rows = rows.into_iter().map(|row| row.card).collect();
        let mut cards = complete(self.scope, rows, |_| Of::Project(project.0)).await?;
        let columns = Status::ALL.map(|status| {
            let column = cards.extract_if(.., |card| card.task.status == status);
            (status, column.collect())
        });
        Ok(Board {
            columns: columns.into(),
            truncated,
        })
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Placed {
    #[sea_orm(nested)]
    card: CardRow,
    place: String,
}
