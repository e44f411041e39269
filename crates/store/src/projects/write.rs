use super::{NewProject, Project, Row, read::own};
use crate::{
    Action, ProjectId, ProjectName, StoreError,
    audit::{self, Change, Difference},
    entities::project::{ActiveModel, Column, Entity},
    scope::Scope,
    search::{self, Document},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

/// The projects of the organization entered, to change. See
/// [`TenantMut`](crate::TenantMut). Each change adds one audit row; asking for what is
/// already so changes nothing and adds none.
#[derive(Debug)]
pub struct ProjectsMut<'a> {
    scope: &'a Scope,
}

impl<'a> ProjectsMut<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// Creates a project, or answers with the one that the same form created before.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn create(&self, new: NewProject) -> Result<Project, StoreError> {
        self.scope.require(Action::ProjectCreate)?;
        let now = self.now();
        let id = self.scope.inner.ids.next(now);
        let inserted = Entity::insert(ActiveModel {
            organization_id: Set(self.scope.organization_id().to_owned()),
            id: Set(id),
            name: Set(new.name.as_str().to_owned()),
            created_by: Set(self.scope.user_id().to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
            archived_at: Set(None),
            request_id: Set(new.request_id),
        })
        .on_conflict(
            OnConflict::columns([Column::OrganizationId, Column::RequestId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&self.scope.transaction)
        .await?;
        if inserted == 0 {
            return self.made_by(new.request_id).await;
        }
        let document = Document::project(ProjectId(id), new.name.as_str());
        search::put(self.scope, document).await?;
        let difference = Difference {
            before: None,
            after: Some(json!({ "name": new.name.as_str() })),
        };
        self.record(Change::ProjectCreated, id, now, difference)
            .await?;
        self.find(ProjectId(id)).await
    }

    /// Renames a project.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn rename(&self, id: ProjectId, name: ProjectName) -> Result<Project, StoreError> {
        self.scope.require(Action::ProjectRename)?;
        let mut project = self.find(id).await?;
        if project.name == name.as_str() {
            return Ok(project);
        }
        let now = self.now();
        self.update(
            id,
            ActiveModel {
                name: Set(name.as_str().to_owned()),
                updated_at: Set(now),
                ..ActiveModel::default()
            },
        )
        .await?;
        search::put(self.scope, Document::project(id, name.as_str())).await?;
        let difference = Difference {
            before: Some(json!({ "name": project.name })),
            after: Some(json!({ "name": name.as_str() })),
        };
        self.record(Change::ProjectRenamed, id.0, now, difference)
            .await?;
        project.name = name.as_str().to_owned();
        project.updated_at = now;
        Ok(project)
    }

    /// Puts a project away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn archive(&self, id: ProjectId) -> Result<Project, StoreError> {
        self.set_archived(id, true).await
    }

    /// Brings an archived project back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn unarchive(&self, id: ProjectId) -> Result<Project, StoreError> {
        self.set_archived(id, false).await
    }

    /// Deletes a project for good, archived or not, and answers with what it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] (foreign or missing), [`StoreError::Forbidden`],
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn delete(&self, id: ProjectId) -> Result<Project, StoreError> {
        self.scope.require(Action::ProjectDelete)?;
        let project = self.find(id).await?;
        Entity::delete_many()
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        let difference = Difference {
            before: Some(json!({
                "name": project.name,
                "archived": project.archived_at.is_some(),
            })),
            after: None,
        };
        self.record(Change::ProjectDeleted, id.0, self.now(), difference)
            .await?;
        Ok(project)
    }

    async fn set_archived(&self, id: ProjectId, archived: bool) -> Result<Project, StoreError> {
        self.scope.require(Action::ProjectArchive)?;
        let mut project = self.find(id).await?;
        if project.archived_at.is_some() == archived {
            return Ok(project);
        }
        let now = self.now();
        project.archived_at = archived.then_some(now);
        project.updated_at = now;
        self.update(
            id,
            ActiveModel {
                archived_at: Set(project.archived_at),
                updated_at: Set(now),
                ..ActiveModel::default()
            },
        )
        .await?;
        let change = if archived {
            Change::ProjectArchived
        } else {
            Change::ProjectUnarchived
        };
        let difference = Difference {
            before: Some(json!({ "archived": !archived })),
            after: Some(json!({ "archived": archived })),
        };
        self.record(change, id.0, now, difference).await?;
        Ok(project)
    }

    /// The project, locked until the transaction ends (SQLite has the whole file locked).
    async fn find(&self, id: ProjectId) -> Result<Project, StoreError> {
        own(self.scope.organization_id())
            .filter(Column::Id.eq(id.0))
            .lock_exclusive()
            .into_tuple::<Row>()
            .one(&self.scope.transaction)
            .await?
            .map(Project::from)
            .ok_or(StoreError::NotFound)
    }

    async fn made_by(&self, request_id: Option<Uuid>) -> Result<Project, StoreError> {
        own(self.scope.organization_id())
            .filter(Column::RequestId.eq(request_id))
            .into_tuple::<Row>()
            .one(&self.scope.transaction)
            .await?
            .map(Project::from)
            .ok_or_else(|| DbErr::RecordNotInserted.into())
    }

    async fn update(&self, id: ProjectId, change: ActiveModel) -> Result<(), StoreError> {
        Entity::update_many()
            .set(change)
            .filter(Column::OrganizationId.eq(self.scope.organization_id()))
            .filter(Column::Id.eq(id.0))
            .exec(&self.scope.transaction)
            .await?;
        Ok(())
    }

    async fn record(
        &self,
        change: Change,
        target: Uuid,
        at: i64,
        difference: Difference,
    ) -> Result<(), StoreError> {
        audit::record(self.scope, change, target.hyphenated(), at, difference).await
    }

    fn now(&self) -> i64 {
        self.scope.inner.clock.now_ms()
    }
}
