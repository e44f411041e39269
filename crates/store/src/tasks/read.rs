use super::{
    ChecklistItem, Comment, Task, TaskDetails,
    cards::{Of, labels},
    checklist, comments, rows,
};
use crate::{Action, ProjectId, Projects, StoreError, TaskId, entities::task, scope::Scope};
use sea_orm::{ColumnTrait, QueryFilter};

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
        self.scope.require(Action::TaskRead)?;
        let row = rows::own(self.scope)
            .filter(task::Column::Id.eq(id.0))
            .one(&self.scope.transaction)
            .await?
            .ok_or(StoreError::NotFound)?;
        let project = Projects::new(self.scope)
            .get(ProjectId(row.project_id))
            .await?;
        let mut labels = labels(self.scope, &Of::Tasks(vec![id.0])).await?;
        let checklist: Vec<ChecklistItem> = checklist::of(self.scope, id).await?;
        let comments: Vec<Comment> = comments::of(self.scope, id).await?;
        let description = row.description.clone();
        Ok(TaskDetails {
            task: Task::try_from(row)?,
            project: project.name,
            archived: project.archived_at.is_some(),
            description,
            labels: labels.remove(&id.0).unwrap_or_default(),
            checklist,
            comments,
        })
    }
}
