use super::{
    Day, NewTask, Place, Task,
    moves::{column, lock_order},
    rows::{locked, own},
};
use crate::{
    Action, StoreError, TaskId,
    audit::{self, Change, Difference},
    entities::{
        membership,
        task::{ActiveModel, Column, Entity},
        task_number,
    },
    scope::Scope,
    search::{self, Document},
};
use clerk::ids::UserId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    prelude::Uuid,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use std::collections::BTreeSet;

/// The tasks of the organization entered, to change. See [`TenantMut`](crate::TenantMut). Each
/// change adds one audit row; asking for what is already so changes nothing and adds none.
///
/// On PostgreSQL locks are taken from the whole to its parts (project, task, what belongs to it),
/// the audit log's last, so that no two changes wait for each other.
#[derive(Debug)]
pub struct TasksMut<'a> {
    pub(super) scope: &'a Scope,
}

impl<'a> TasksMut<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// Creates a task, or answers with the one that the same form created before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a foreign or missing project, label or member;
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn create(&self, new: NewTask) -> Result<Task, StoreError> {
        self.scope.require(Action::TaskCreate)?;
        lock_order(self.scope, new.project_id).await?;
        if let Some(made) = self.made_by(new.request_id).await? {
            return Ok(made);
        }
        self.require_members(&new.assignee).await?;
        self.require_labels(&new.labels).await?;
        let place = column(self.scope, new.project_id, new.status)
            .room(Place::Last)
            .await?;
        let number = self.take_number().await?;
        let now = self.now();
        let id = TaskId(self.scope.inner.ids.next(now));
        let task = Task {
            id,
            number,
            project_id: new.project_id,
            title: new.title.as_str().to_owned(),
            status: new.status,
            assignee: new.assignee,
            due_on: new.due_on,
            version: 1,
            place_version: 1,
            created_by: UserId::new(self.scope.user_id()),
            created_at: now,
            updated_at: now,
            completed_at: (!new.status.is_open()).then_some(now),
        };
        Entity::insert(ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            id: Set(id.0),
            project_id: Set(new.project_id.0),
            number: Set(number),
            title: Set(task.title.clone()),
            description: Set(new.description.as_str().to_owned()),
            status: Set(task.status.as_str().to_owned()),
            place: Set(place),
            assignee_id: Set(task.assignee.as_ref().map(|user| user.as_str().to_owned())),
            due_on: Set(task.due_on.as_ref().map(Day::to_string)),
            version: Set(task.version),
            place_version: Set(task.place_version),
            created_by: Set(self.scope.user_id().to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
            completed_at: Set(task.completed_at),
            request_id: Set(new.request_id),
        })
        .exec_without_returning(&self.scope.transaction)
        .await?;
        self.add_labels(id, &new.labels).await?;
        let document = Document::task(&task, new.description.as_str());
        search::put(self.scope, document).await?;
        let difference = Difference {
            before: None,
            after: Some(json!({
                "number": number,
                "title": task.title,
                "status": task.status.as_str(),
                "assignee": task.assignee.as_ref().map(UserId::as_str),
                "due_on": task.due_on.as_ref().map(Day::to_string),
            })),
        };
        self.record(Change::TaskCreated, id, now, difference)
            .await?;
        Ok(task)
    }

    /// Deletes a task for good, with its checklist and comments, and answers with what it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete(&self, id: TaskId) -> Result<Task, StoreError> {
        self.scope.require(Action::TaskDelete)?;
        let task = Task::try_from(locked(self.scope, id).await?)?;
        Entity::delete_many()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        let difference = Difference {
            before: Some(json!({
                "number": task.number,
                "title": task.title,
                "status": task.status.as_str(),
            })),
            after: None,
        };
        self.record(Change::TaskDeleted, id, self.now(), difference)
            .await?;
        Ok(task)
    }

    async fn made_by(&self, request_id: Option<Uuid>) -> Result<Option<Task>, StoreError> {
        let Some(request_id) = request_id else {
            return Ok(None);
        };
        let made = own(self.scope)
            .filter(Column::RequestId.eq(request_id))
            .one(&self.scope.transaction)
            .await?;
        Ok(made.map(Task::try_from).transpose()?)
    }

    /// The number of the next task, locked until the transaction ends.
    async fn take_number(&self) -> Result<i64, StoreError> {
        let taken = task_number::Entity::insert(task_number::ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            last: Set(1),
        })
        .on_conflict(
            OnConflict::column(task_number::Column::OrganizationId)
                .value(
                    task_number::Column::Last,
                    Expr::col((task_number::Entity, task_number::Column::Last)).add(1),
                )
                .to_owned(),
        )
        .exec_with_returning(&self.scope.transaction)
        .await?;
        Ok(taken.last)
    }

    /// Refuses people who are not members, as if there were no such.
    pub(super) async fn require_members(
        &self,
        people: impl IntoIterator<Item = &UserId>,
    ) -> Result<(), StoreError> {
        let people: BTreeSet<&str> = people.into_iter().map(UserId::as_str).collect();
        if people.is_empty() {
            return Ok(());
        }
        let wanted = people.len();
        let members: Vec<String> = membership::Entity::find()
            .select_only()
            .column(membership::Column::UserId)
            .filter(membership::Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(membership::Column::UserId.is_in(people))
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        match members.len() == wanted {
            true => Ok(()),
            false => Err(StoreError::NotFound),
        }
    }

    pub(super) async fn update(&self, id: TaskId, change: ActiveModel) -> Result<(), StoreError> {
        Entity::update_many()
            .set(change)
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        Ok(())
    }

    /// Notes that something of the task changed, which its own versions do not count.
    pub(super) async fn touch(&self, id: TaskId, now: i64) -> Result<(), StoreError> {
        let change = ActiveModel {
            updated_at: Set(now),
            ..ActiveModel::default()
        };
        self.update(id, change).await
    }

    pub(super) async fn record(
        &self,
        change: Change,
        target: TaskId,
        at: i64,
        difference: Difference,
    ) -> Result<(), StoreError> {
        audit::record(self.scope, change, target, at, difference).await
    }

    pub(super) fn now(&self) -> i64 {
        self.scope.inner.clock.now_ms()
    }
}
