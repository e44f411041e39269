use super::{
    Status, TaskCard, Tasks,
    cards::{CardRow, Of, complete, own_cards},
    rows::own,
};
use crate::{Action, ProjectId, StoreError, entities::task::Column, scope::Scope};
use sea_orm::{
    ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, WindowStatement},
};
use std::collections::HashMap;

/// How many tasks a column of a board shows unless it is asked for more.
pub const COLUMN_SIZE: u64 = 50;
/// The most tasks that a column of a board shows.
pub const COLUMN_LIMIT: u64 = 1_000;

/// A project's tasks, by status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// One for each status, in their order.
    pub columns: Vec<BoardColumn>,
}

/// The tasks of one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardColumn {
    /// Which.
    pub status: Status,
    /// The first of them, in the order that people gave them.
    pub cards: Vec<TaskCard>,
    /// How many there are in all.
    pub total: u64,
}

impl Tasks<'_> {
    /// The project's board. `size` says how many tasks of a column to show; at most
    /// [`COLUMN_LIMIT`] are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (a foreign or missing project), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn board(
        &self,
        project: ProjectId,
        size: impl Fn(Status) -> u64,
    ) -> Result<Board, StoreError> {
        self.scope.require(Action::TaskRead)?;
        crate::Projects::new(self.scope).get(project).await?;
        let totals = totals(self.scope, project).await?;
        let shown = shown(self.scope, project, size);
        let rows = own_cards(self.scope)
            .filter(Column::Id.in_subquery(shown.clone()))
            .order_by_asc(Column::Place)
            .into_model::<CardRow>()
            .all(&self.scope.transaction)
            .await?;
        let mut cards = complete(self.scope, rows, |_| Of::Those(Box::new(shown))).await?;
        let columns = Status::ALL.map(|status| BoardColumn {
            status,
            cards: cards
                .extract_if(.., |card| card.task.status == status)
                .collect(),
            total: totals.get(status.as_str()).copied().unwrap_or_default(),
        });
        Ok(Board {
            columns: columns.into(),
        })
    }
}

/// How many tasks there are of each status that any has.
async fn totals(scope: &Scope, project: ProjectId) -> Result<HashMap<String, u64>, StoreError> {
    let rows: Vec<(String, i64)> = own(scope)
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "total")
        .filter(Column::ProjectId.eq(project.0))
        .group_by(Column::Status)
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(status, total)| (status, total.unsigned_abs()))
        .collect())
}

/// What reads the ids of the tasks that the board shows: those that have few enough above them.
fn shown(scope: &Scope, project: ProjectId, size: impl Fn(Status) -> u64) -> SelectStatement {
    const PLACE: &str = "number_from_above";
    let mut in_order = WindowStatement::partition_by(Column::Status.as_column_ref());
    in_order.order_by(Column::Place.as_column_ref(), Order::Asc);
    let mut counting = own(scope)
        .select_only()
        .column(Column::Id)
        .column(Column::Status)
        .filter(Column::ProjectId.eq(project.0))
        .into_query();
    counting.expr_window_as(Func::cust("row_number"), in_order, PLACE);
    let few = Status::ALL.into_iter().fold(Condition::any(), |few, one| {
        let size = Ord::min(size(one), COLUMN_LIMIT);
        let column = Expr::col(Column::Status).eq(one.as_str());
        few.add(column.and(Expr::col(PLACE).lte(size)))
    });
    Query::select()
        .column(Column::Id)
        .from_subquery(counting, "counted")
        .cond_where(few)
        .to_owned()
}
