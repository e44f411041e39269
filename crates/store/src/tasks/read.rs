use super::{
    Activity, Board, Person, Progress, TaskCursor, TaskDetails, TaskFilter, TaskPage, TaskSort,
};
use crate::{ProjectId, StoreError, TaskId, scope::Scope};
use clerk::ids::UserId;
use std::collections::HashMap;

/// The tasks of the organization entered, to read. See [`Tenant`](crate::Tenant).
#[derive(Debug)]
pub struct Tasks<'a> {
    pub(super) scope: &'a Scope,
}

impl<'a> Tasks<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// One task with everything that belongs to it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn get(&self, id: TaskId) -> Result<TaskDetails, StoreError> {
        let _ = (self.scope, id);
        todo!()
    }

    /// The project's board.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (a foreign or missing project), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn board(&self, project: ProjectId) -> Result<Board, StoreError> {
        let _ = project;
        todo!()
    }

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
        let _ = (filter, sort, after);
        todo!()
    }

    /// How far these projects are: of the tasks that are not canceled, how many are done. A
    /// project without tasks is not in it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn progress(
        &self,
        projects: &[ProjectId],
    ) -> Result<HashMap<ProjectId, Progress>, StoreError> {
        let _ = projects;
        todo!()
    }

    /// What was done with a task, newest first, 100 entries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn activity(&self, id: TaskId) -> Result<Vec<Activity>, StoreError> {
        let _ = id;
        todo!()
    }

    /// Who these people are. Who is not a member (any more) is not in it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn people(
        &self,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<HashMap<UserId, Person>, StoreError> {
        let _ = ids.into_iter().count();
        todo!()
    }
}
