use super::{COLUMNS, Project, ProjectFilter, Row};
use crate::{
    Action, Cursor, PAGE_SIZE, Page, ProjectId, StoreError, entities::project, scope::Scope,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// The projects of the organization entered, to read. See [`Tenant`](crate::Tenant).
#[derive(Debug)]
pub struct Projects<'a> {
    scope: &'a Scope,
}

impl<'a> Projects<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope }
    }

    /// A page of projects, newest first: the first one, or the one after a cursor. Projects
    /// created or deleted meanwhile shift nothing.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn list(
        &self,
        filter: ProjectFilter,
        after: Option<Cursor>,
    ) -> Result<Page<Project>, StoreError> {
        self.scope.require(Action::ProjectRead)?;
        // Ids rise with time, so the primary key serves the order and the keyset.
        let mut query = own(self.scope)
            .filter(match filter {
                ProjectFilter::Active => project::Column::ArchivedAt.is_null(),
                ProjectFilter::Archived => project::Column::ArchivedAt.is_not_null(),
            })
            .order_by_desc(project::Column::Id)
            .limit(PAGE_SIZE + 1);
        if let Some(Cursor(id)) = after {
            query = query.filter(project::Column::Id.lt(id));
        }
        let mut items: Vec<Project> = query
            .into_tuple::<Row>()
            .all(&self.scope.transaction)
            .await?
            .into_iter()
            .map(Project::from)
            .collect();
        let page_size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        let more = items.len() > page_size;
        items.truncate(page_size);
        let next = items
            .last()
            .filter(|_| more)
            .map(|project| Cursor(project.id.0));
        Ok(Page { items, next })
    }

    /// The `limit` projects in use that changed last, latest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn recent(&self, limit: u64) -> Result<Vec<Project>, StoreError> {
        self.scope.require(Action::ProjectRead)?;
        let rows = own(self.scope)
            .filter(project::Column::ArchivedAt.is_null())
            .order_by_desc(project::Column::UpdatedAt)
            .order_by_desc(project::Column::Id)
            .limit(limit)
            .into_tuple::<Row>()
            .all(&self.scope.transaction)
            .await?;
        Ok(rows.into_iter().map(Project::from).collect())
    }

    /// One project.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the id of another organization's project just as for one
    /// that nothing has; [`StoreError::Forbidden`], [`StoreError::Unavailable`] or
    /// [`StoreError::Database`].
    pub async fn get(&self, id: ProjectId) -> Result<Project, StoreError> {
        self.scope.require(Action::ProjectRead)?;
        own(self.scope)
            .filter(project::Column::Id.eq(id.0))
            .into_tuple::<Row>()
            .one(&self.scope.transaction)
            .await?
            .map(Project::from)
            .ok_or(StoreError::NotFound)
    }
}

/// The organization's projects: what every query of them starts from.
pub(super) fn own(scope: &Scope) -> Select<project::Entity> {
    project::Entity::find()
        .select_only()
        .columns(COLUMNS)
        .filter(project::Column::OrganizationId.eq(scope.organization_id()))
}
