use super::{
    AssigneeFilter, DueFilter, Status, StatusFilter, Task, TaskCard, TaskCursor, TaskFilter,
    TaskSort, Tasks,
    cards::{CardRow, Of, complete, own_cards},
    filter::Key,
};
use crate::{
    Action, PAGE_SIZE, StoreError,
    entities::{
        project,
        task::{Column, Entity},
        task_label,
    },
    page::cut,
    scope::Scope,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, NullOrdering},
};

/// One page of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// At most [`PAGE_SIZE`] of them.
    pub items: Vec<TaskCard>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<TaskCursor>,
}

impl Tasks<'_> {
    /// A page of tasks: the first one, or the one after a cursor of the same order. Tasks
    /// created or deleted meanwhile shift nothing. A foreign project, label or person is one
    /// that no task has.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another order; [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: &TaskFilter,
        sort: TaskSort,
        after: Option<TaskCursor>,
    ) -> Result<TaskPage, StoreError> {
        self.scope.require(Action::TaskRead)?;
        let mut query = filtered(self.scope, filter);
        if let Some(after) = after {
            query = query.filter(beyond(after, sort)?);
        }
        let mut rows = sorted(query, sort)
            .limit(PAGE_SIZE + 1)
            .into_model::<CardRow>()
            .all(&self.scope.transaction)
            .await?;
        let more = cut(&mut rows);
        let ids = |tasks: &[Task]| Of::Tasks(tasks.iter().map(|task| task.id.0).collect());
        let items = complete(self.scope, rows, ids).await?;
        let next = items.last().filter(|_| more).map(|last| TaskCursor {
            key: match sort {
                TaskSort::Newest => Key::Newest,
                TaskSort::Updated => Key::Updated(last.task.updated_at),
                TaskSort::Due => Key::Due(last.task.due_on),
            },
            id: last.task.id.0,
        });
        Ok(TaskPage { items, next })
    }
}

/// A task with its project's name, and nothing else that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// The task.
    pub task: Task,
    /// Its project's name.
    pub project: String,
}

impl Tasks<'_> {
    /// The first `limit` tasks of a list, by one query.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn first(
        &self,
        filter: &TaskFilter,
        sort: TaskSort,
        limit: u64,
    ) -> Result<Vec<TaskLine>, StoreError> {
        self.scope.require(Action::TaskRead)?;
        let rows = sorted(filtered(self.scope, filter), sort)
            .limit(limit)
            .into_model::<CardRow>()
            .all(&self.scope.transaction)
            .await?;
        let lines = rows.into_iter().map(|row| {
            Ok(TaskLine {
                task: Task::try_from(row.task)?,
                project: row.project_name,
            })
        });
        lines.collect()
    }
}

fn filtered(scope: &Scope, filter: &TaskFilter) -> Select<Entity> {
    let open = [Status::Done, Status::Canceled].map(Status::as_str);
    let open = || Column::Status.is_not_in(open);
    let mut query = own_cards(scope);
    query = match filter.project {
        Some(project) => query.filter(Column::ProjectId.eq(project.0)),
        None => query.filter(project::Column::ArchivedAt.is_null()),
    };
    query = match &filter.assignee {
        AssigneeFilter::Anyone => query,
        AssigneeFilter::Nobody => query.filter(Column::AssigneeId.is_null()),
        AssigneeFilter::Me => query.filter(Column::AssigneeId.eq(scope.user_id())),
        AssigneeFilter::User(user) => query.filter(Column::AssigneeId.eq(user.as_str())),
    };
    query = match filter.status {
        StatusFilter::Open => query.filter(open()),
        StatusFilter::All => query,
        StatusFilter::Only(status) => query.filter(Column::Status.eq(status.as_str())),
    };
    query = match filter.due {
        None => query,
        Some(DueFilter::Overdue(today)) => query
            .filter(Column::DueOn.lt(today.to_string()))
            .filter(open()),
        Some(DueFilter::Week(today)) => query
            .filter(Column::DueOn.gte(today.to_string()))
            .filter(Column::DueOn.lte(today.end_of_week().to_string())),
        Some(DueFilter::Unset) => query.filter(Column::DueOn.is_null()),
    };
    match filter.label {
        None => query,
        Some(label) => query.filter(
            Column::Id.in_subquery(
                task_label::Entity::find()
                    .select_only()
                    .column(task_label::Column::TaskId)
                    .filter(task_label::Column::OrganizationId.eq(scope.organization_id()))
                    .filter(task_label::Column::LabelId.eq(label.0))
                    .into_query(),
            ),
        ),
    }
}

fn sorted(query: Select<Entity>, sort: TaskSort) -> Select<Entity> {
    match sort {
        TaskSort::Newest => query.order_by_desc(Column::Id),
        TaskSort::Updated => query
            .order_by_desc(Column::UpdatedAt)
            .order_by_desc(Column::Id),
        TaskSort::Due => query
            .order_by_with_nulls(Column::DueOn, Order::Asc, NullOrdering::Last)
            .order_by_asc(Column::Id),
    }
}

/// What comes after the cursor.
fn beyond(TaskCursor { key, id }: TaskCursor, sort: TaskSort) -> Result<Condition, StoreError> {
    let condition = Condition::all();
    Ok(match (sort, key) {
        (TaskSort::Newest, Key::Newest) => condition.add(Column::Id.lt(id)),
        (TaskSort::Updated, Key::Updated(at)) => {
            let row = [Column::UpdatedAt, Column::Id].map(Column::into_expr);
            let last = Expr::tuple([Expr::value(at), Expr::value(id)]);
            condition.add(Expr::tuple(row).lt(last))
        }
        (TaskSort::Due, Key::Due(Some(day))) => {
            let row = [Column::DueOn, Column::Id].map(Column::into_expr);
            let last = Expr::tuple([Expr::value(day.to_string()), Expr::value(id)]);
            condition.add(
                Condition::any()
                    .add(Expr::tuple(row).gt(last))
                    .add(Column::DueOn.is_null()),
            )
        }
        (TaskSort::Due, Key::Due(None)) => condition
            .add(Column::DueOn.is_null())
            .add(Column::Id.gt(id)),
        _ => return Err(StoreError::InvalidCursor),
    })
}
