use super::{Status, Tasks, rows::own};
use crate::{Action, ProjectId, StoreError, entities::task::Column};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, prelude::Uuid};
use std::collections::HashMap;

/// How many of some things are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Done.
    pub done: u64,
    /// All of them.
    pub total: u64,
}

impl Progress {
    /// Of two counts of the database's.
    pub(super) fn of(done: i64, total: i64) -> Self {
        Self {
            done: done.unsigned_abs(),
            total: total.unsigned_abs(),
        }
    }
}

impl Tasks<'_> {
    /// How far these projects are: of the tasks that are not canceled, how many are done. A
    /// project without tasks is not in it.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn progress(
        &self,
        projects: &[ProjectId],
    ) -> Result<HashMap<ProjectId, Progress>, StoreError> {
        self.scope.require(Action::TaskRead)?;
        // Of what is not canceled only what is done is completed.
        let rows: Vec<(Uuid, i64, i64)> = own(self.scope)
            .select_only()
            .column(Column::ProjectId)
            .column_as(Column::CompletedAt.count(), "done")
            .column_as(Column::Id.count(), "total")
            .filter(Column::ProjectId.is_in(projects.iter().map(|project| project.0)))
            .filter(Column::Status.ne(Status::Canceled.as_str()))
            .group_by(Column::ProjectId)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(project, done, total)| (ProjectId(project), Progress::of(done, total)))
            .collect())
    }
}
