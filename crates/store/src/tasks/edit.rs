use super::{Day, Task, TasksMut};
use crate::{Description, LabelId, StoreError, TaskId, TaskTitle};
use clerk::ids::UserId;

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
        let _ = (id, based_on, title, description);
        todo!()
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
        let _ = (id, based_on, assignee);
        todo!()
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
        let _ = (id, based_on, due_on);
        todo!()
    }

    /// Gives the task these labels and no others.
    ///
    /// # Errors
    /// Those of [`TasksMut::edit`]; [`StoreError::NotFound`] also for a foreign or missing label.
    pub async fn set_labels(
        &self,
        id: TaskId,
        based_on: i64,
        labels: &[LabelId],
    ) -> Result<Task, StoreError> {
        let _ = (id, based_on, labels);
        todo!()
    }
}
