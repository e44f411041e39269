use super::{
    Move, Status, Task, TasksMut,
    edit::conflict,
    order::Line,
    rows::{locked, own},
};
use crate::{
    Action, ProjectId, StoreError, TaskId,
    audit::{Change, Difference},
    entities::{
        project,
        task::{ActiveModel, Column, Entity},
    },
    scope::Scope,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, prelude::Uuid,
    sea_query::LockType,
};
use serde_json::json;

impl TasksMut<'_> {
    /// Puts a task into a column, at a place in it. `based_on` is the
    /// [`place_version`](Task::place_version) that was seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was moved since; [`StoreError::NotFound`] (foreign or
    /// missing), [`StoreError::Forbidden`], [`StoreError::Unavailable`] or
    /// [`StoreError::Database`].
    pub async fn move_to(&self, id: TaskId, based_on: i64, to: Move) -> Result<Task, StoreError> {
        self.scope.require(Action::TaskEdit)?;
        let project: Option<Uuid> = own(self.scope)
            .select_only()
            .column(Column::ProjectId)
            .filter(Column::Id.eq(id.0))
            .into_tuple()
            .one(&self.scope.transaction)
            .await?;
        let project = ProjectId(project.ok_or(StoreError::NotFound)?);
        lock_order(self.scope, project).await?;
        let row = locked(self.scope, id).await?;
        let column = column(self.scope, project, to.status);
        let stays = row.status == to.status.as_str();
        let place = column
            .room_for(
                id.0,
                stays.then_some(row.place.as_str()),
                to.place.map(|id| id.0),
            )
            .await?;
        let Some(place) = place else {
            return Ok(row.try_into()?);
        };
        if row.place_version != based_on {
            return Err(conflict(row)?);
        }
        let now = self.now();
        let was = row.status.clone();
        let mut task = Task::try_from(row)?;
        if !stays {
            task.completed_at = (!to.status.is_open()).then_some(now);
        }
        task.status = to.status;
        task.place_version += 1;
        task.updated_at = now;
        self.update(
            id,
            ActiveModel {
                status: Set(task.status.as_str().to_owned()),
                place: Set(place),
                place_version: Set(task.place_version),
                completed_at: Set(task.completed_at),
                updated_at: Set(now),
                ..ActiveModel::default()
            },
        )
        .await?;
        let difference = Difference {
            before: Some(json!({ "status": was })),
            after: Some(json!({ "status": task.status.as_str() })),
        };
        self.record(Change::TaskMoved, id, now, difference).await?;
        Ok(task)
    }
}

/// Waits for whoever else puts tasks of this project in order, until the transaction ends.
pub(super) async fn lock_order(scope: &Scope, id: ProjectId) -> Result<(), StoreError> {
    let found: Option<Uuid> = project::Entity::find()
        .select_only()
        .column(project::Column::Id)
        .filter(project::Column::OrganizationId.eq(scope.organization_id()))
        .filter(project::Column::Id.eq(id.0))
        // Others may refer to the project meanwhile, as a comment's task does.
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .one(&scope.transaction)
        .await?;
    found.map(|_| ()).ok_or(StoreError::NotFound)
}

/// The tasks of one column.
pub(super) fn column(scope: &Scope, project: ProjectId, status: Status) -> Line<'_, Entity> {
    Line {
        scope,
        rows: own(scope)
            .filter(Column::ProjectId.eq(project.0))
            .filter(Column::Status.eq(status.as_str())),
        organization_id: Column::OrganizationId,
        id: Column::Id,
        place: Column::Place,
    }
}
