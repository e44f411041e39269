use super::{Current, Day, Task, TasksMut, rows::locked};
use crate::{
    Action, Description, StoreError, TaskId, TaskTitle,
    audit::{Change, Difference},
    entities::task::{ActiveModel, Model},
    search::{self, Document},
};
use clerk::ids::UserId;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

/// Changes of what a task says. `based_on` is the [`version`](Task::version) that was seen; when
/// it is no longer that one, nothing is changed and [`StoreError::Conflict`] has what is there.
impl TasksMut<'_> {
    /// Writes title and description anew.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]; [`StoreError::NotFound`] (foreign or missing),
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn edit(
        &self,
        id: TaskId,
        based_on: i64,
        title: TaskTitle,
        description: Description,
    ) -> Result<Task, StoreError> {
        let row = self.to_edit(id).await?;
        let says = |row: &Model| {
            // How long it is tells that it changed; what it said may have been taken back.
            json!({ "title": row.title, "description_length": row.description.chars().count() })
        };
        let same = row.title == title.as_str() && row.description == description.as_str();
        let before = says(&row);
        let task = self
            .change(row, based_on, same, Change::TaskEdited, before, |row| {
                row.title = title.as_str().to_owned();
                row.description = description.as_str().to_owned();
                says(row)
            })
            .await?;
        if !same {
            let document = Document::task(&task, description.as_str());
            search::put(self.scope, document).await?;
        }
        Ok(task)
    }

    /// Gives the task to a member, or to nobody.
    ///
    /// # Errors
    /// Those of [`TasksMut::edit`]; [`StoreError::NotFound`] also for somebody who is no member.
    pub async fn assign(
        &self,
        id: TaskId,
        based_on: i64,
        assignee: Option<UserId>,
    ) -> Result<Task, StoreError> {
        let row = self.to_edit(id).await?;
        self.require_members(&assignee).await?;
        let assignee = assignee.map(|user| user.as_str().to_owned());
        let same = row.assignee_id == assignee;
        let before = json!({ "assignee": row.assignee_id });
        self.change(row, based_on, same, Change::TaskAssigned, before, |row| {
            row.assignee_id.clone_from(&assignee);
            json!({ "assignee": assignee })
        })
        .await
    }

    /// Says when the task is to be done, or that it need not be on any day.
    ///
    /// # Errors
    /// Those of [`TasksMut::edit`].
    pub async fn set_due(
        &self,
        id: TaskId,
        based_on: i64,
        due_on: Option<Day>,
    ) -> Result<Task, StoreError> {
        let row = self.to_edit(id).await?;
        let due_on = due_on.as_ref().map(Day::to_string);
        let same = row.due_on == due_on;
        let before = json!({ "due_on": row.due_on });
        self.change(row, based_on, same, Change::TaskDueSet, before, |row| {
            row.due_on.clone_from(&due_on);
            json!({ "due_on": due_on })
        })
        .await
    }

    /// The task that somebody who may edit it means to, locked.
    pub(super) async fn to_edit(&self, id: TaskId) -> Result<Model, StoreError> {
        self.scope.require(Action::TaskEdit)?;
        locked(self.scope, id).await
    }

    /// Writes what `edit` makes of the row, unless it is `same` or not what was seen. `before`,
    /// and what `edit` answers with, go to the audit log.
    pub(super) async fn change(
        &self,
        mut row: Model,
        based_on: i64,
        same: bool,
        change: Change,
        before: Value,
        edit: impl FnOnce(&mut Model) -> Value,
    ) -> Result<Task, StoreError> {
        if same {
            return Ok(row.try_into()?);
        }
        if row.version != based_on {
            return Err(conflict(row)?);
        }
        let now = self.now();
        let after = edit(&mut row);
        row.version += 1;
        row.updated_at = now;
        let id = TaskId(row.id);
        self.update(
            id,
            ActiveModel {
                title: Set(row.title.clone()),
                description: Set(row.description.clone()),
                assignee_id: Set(row.assignee_id.clone()),
                due_on: Set(row.due_on.clone()),
                version: Set(row.version),
                updated_at: Set(now),
                ..ActiveModel::default()
            },
        )
        .await?;
        let difference = Difference {
            before: Some(before),
            after: Some(after),
        };
        self.record(change, id, now, difference).await?;
        Ok(row.try_into()?)
    }
}

/// What somebody gets to see whose change came too late.
pub(super) fn conflict(row: Model) -> Result<StoreError, StoreError> {
    let description = row.description.clone();
    let task = Task::try_from(row)?;
    Ok(StoreError::Conflict(Box::new(Current::Task {
        task,
        description,
    })))
}
