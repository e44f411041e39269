//! Cards: many tasks with what boards and lists show of each, in four queries however many.

use super::{
    Progress, Task, TaskCard,
    rows::{TaskRow, own},
};
use crate::{
    Label, StoreError,
    entities::{checklist_item, comment, label, project, task, task_label},
    scope::Scope,
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, Iterable, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
    prelude::Uuid,
    sea_query::{SelectStatement, SimpleExpr},
};
use std::collections::HashMap;

/// Whose labels, items and comments to read.
pub(super) enum Of {
    /// The tasks with the ids that this reads.
    Those(Box<SelectStatement>),
    /// These.
    Tasks(Vec<Uuid>),
}

impl Of {
    /// The condition on a column that refers to tasks.
    fn holds(&self, task_id: impl ColumnTrait) -> SimpleExpr {
        match self {
            Self::Those(ids) => task_id.in_subquery((**ids).clone()),
            Self::Tasks(ids) => task_id.is_in(ids.iter().copied()),
        }
    }
}

/// A task's row with its project's name.
#[derive(FromQueryResult)]
pub(super) struct CardRow {
    #[sea_orm(nested)]
    pub(super) task: TaskRow,
    pub(super) project_name: String,
}

/// The organization's tasks with their projects: [`CardRow`]s.
pub(super) fn own_cards(scope: &Scope) -> Select<task::Entity> {
    own(scope)
        .select_only()
        .columns(TaskRow::COLUMNS)
        .column_as(project::Column::Name, "project_name")
        .join(JoinType::InnerJoin, task::Relation::Project.def())
        .filter(project::Column::OrganizationId.eq(scope.organization_id()))
}

/// The rows with what belongs to them, in the same order.
pub(super) async fn complete(
    scope: &Scope,
    rows: Vec<CardRow>,
    of: impl FnOnce(&[Task]) -> Of,
) -> Result<Vec<TaskCard>, StoreError> {
    let mut tasks = Vec::with_capacity(rows.len());
    let mut projects = Vec::with_capacity(rows.len());
    for row in rows {
        tasks.push(Task::try_from(row.task)?);
        projects.push(row.project_name);
    }
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let of = of(&tasks);
    let mut labels = labels(scope, &of).await?;
    let checklists = checklists(scope, &of).await?;
    let comments = comments(scope, &of).await?;
    let cards = tasks.into_iter().zip(projects).map(|(task, project)| {
        let id = task.id.0;
        TaskCard {
            task,
            project,
            labels: labels.remove(&id).unwrap_or_default(),
            checklist: checklists.get(&id).copied().unwrap_or_default(),
            comments: comments.get(&id).copied().unwrap_or_default(),
        }
    });
    Ok(cards.collect())
}

/// The labels of tasks, by name.
pub(super) async fn labels(
    scope: &Scope,
    of: &Of,
) -> Result<HashMap<Uuid, Vec<Label>>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        task_id: Uuid,
        #[sea_orm(nested)]
        label: label::Model,
    }
    let rows = task_label::Entity::find()
        .select_only()
        .column(task_label::Column::TaskId)
        .columns(label::Column::iter())
        .join(JoinType::InnerJoin, task_label::Relation::Label.def())
        .filter(task_label::Column::OrganizationId.eq(scope.organization_id()))
        .filter(label::Column::OrganizationId.eq(scope.organization_id()))
        .filter(of.holds(task_label::Column::TaskId))
        .order_by_asc(label::Column::Folded)
        .into_model::<Row>()
        .all(&scope.transaction)
        .await?;
    let mut labels: HashMap<Uuid, Vec<Label>> = HashMap::new();
    for row in rows {
        labels
            .entry(row.task_id)
            .or_default()
            .push(row.label.try_into()?);
    }
    Ok(labels)
}

async fn checklists(scope: &Scope, of: &Of) -> Result<HashMap<Uuid, Progress>, StoreError> {
    use checklist_item::Column;
    let rows: Vec<(Uuid, i64, i64)> = checklist_item::Entity::find()
        .select_only()
        .column(Column::TaskId)
        .column_as(Column::DoneAt.count(), "done")
        .column_as(Column::Id.count(), "total")
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(of.holds(Column::TaskId))
        .group_by(Column::TaskId)
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(task, done, total)| (task, Progress::of(done, total)))
        .collect())
}

async fn comments(scope: &Scope, of: &Of) -> Result<HashMap<Uuid, u64>, StoreError> {
    use comment::Column;
    let rows: Vec<(Uuid, i64)> = comment::Entity::find()
        .select_only()
        .column(Column::TaskId)
        .column_as(Column::Id.count(), "total")
        .filter(Column::OrganizationId.eq(scope.organization_id()))
        .filter(of.holds(Column::TaskId))
        .group_by(Column::TaskId)
        .into_tuple()
        .all(&scope.transaction)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(task, total)| (task, total.unsigned_abs()))
        .collect())
}
