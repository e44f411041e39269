use super::{
    COLUMNS, Project, ProjectFilter, Row, page,
    sort::{ProjectCursor, ProjectSort, sorted},
};
use crate::{
    Action, Cursor, PAGE_SIZE, Page, ProjectId, StoreError, entities::project, page::cut,
    scope::Scope,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    TryGetableMany,
};

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
        let transaction = &self.scope.transaction;
        let backend = transaction.get_database_backend();
        let statement = page::statement(backend, filter, self.scope.organization_id(), after);
        let mut items = Vec::new();
        for row in transaction.query_all_raw(statement).await? {
            items.push(Project::from(
                Row::try_get_many_by_index(&row).map_err(DbErr::from)?,
            ));
        }
        let more = cut(&mut items);
        let next = items
            .last()
            .filter(|_| more)
            .map(|project| Cursor(project.id.0));
        Ok(Page { items, next })
    }

    /// The same in any order. A project that moves to another place of the order meanwhile is met
    /// there, and moves no other.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`] for a cursor of another order; those of [`Projects::list`].
    pub async fn sorted(
        &self,
        filter: ProjectFilter,
        sort: ProjectSort,
        after: Option<ProjectCursor>,
    ) -> Result<Page<Project, ProjectCursor>, StoreError> {
        if sort == ProjectSort::Newest {
            let after = after.map(ProjectCursor::newest).transpose()?;
            let Page { items, next } = self.list(filter, after).await?;
            let next = next.map(ProjectCursor::from);
            return Ok(Page { items, next });
        }
        self.scope.require(Action::ProjectRead)?;
        let mut query = own(self.scope.organization_id()).filter(filter.condition());
        if let Some(after) = after {
            query = query.filter(after.beyond(sort)?);
        }
        let mut items: Vec<Project> = sorted(query, sort)
            .limit(PAGE_SIZE + 1)
            .into_tuple::<Row>()
            .all(&self.scope.transaction)
            .await?
            .into_iter()
            .map(Project::from)
            .collect();
        let more = cut(&mut items);
        let last = items.last().filter(|_| more);
        let next = last.map(|last| ProjectCursor::after(last, sort));
        Ok(Page { items, next })
    }

    /// The `limit` projects in use that changed last, latest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn recent(&self, limit: u64) -> Result<Vec<Project>, StoreError> {
        self.scope.require(Action::ProjectRead)?;
        let rows = own(self.scope.organization_id())
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
        own(self.scope.organization_id())
            .filter(project::Column::Id.eq(id.0))
            .into_tuple::<Row>()
            .one(&self.scope.transaction)
            .await?
            .map(Project::from)
            .ok_or(StoreError::NotFound)
    }
}

/// The organization's projects: what every query of them starts from.
pub(super) fn own(organization: &str) -> Select<project::Entity> {
    project::Entity::find()
        .select_only()
        .columns(COLUMNS)
        .filter(project::Column::OrganizationId.eq(organization))
}
