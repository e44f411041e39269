use super::{Move, NewTask, Task};
use crate::{StoreError, TaskId, scope::Scope};

/// The tasks of the organization entered, to change. See [`TenantMut`](crate::TenantMut). Each
/// change adds one audit row; asking for what is already so changes nothing and adds none.
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
        let _ = (self.scope, new);
        todo!()
    }

    /// Puts a task into a column, at a place in it. `based_on` is the
    /// [`place_version`](Task::place_version) that was seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was moved since; [`StoreError::NotFound`] (foreign or
    /// missing), [`StoreError::Forbidden`], [`StoreError::Unavailable`] or
    /// [`StoreError::Database`].
    pub async fn move_to(&self, id: TaskId, based_on: i64, to: Move) -> Result<Task, StoreError> {
        let _ = (id, based_on, to);
        todo!()
    }

    /// Deletes a task for good, with its checklist and comments, and answers with what it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete(&self, id: TaskId) -> Result<Task, StoreError> {
        let _ = id;
        todo!()
    }
}
