use super::words::normal;
use crate::{
    CommentId, ProjectId, StoreError, Task,
    entities::search_document::{ActiveModel, Column, Entity},
    scope::Scope,
};
use sea_orm::{ActiveValue::Set, EntityTrait, prelude::Uuid, sea_query::OnConflict};

/// The words by which something is found. They go with it when it is deleted.
#[derive(Debug)]
pub(crate) struct Document {
    id: Uuid,
    project: Option<Uuid>,
    task: Option<Uuid>,
    comment: Option<Uuid>,
    title: String,
    body: String,
}

impl Document {
    /// A project is found by its name.
    pub(crate) fn project(id: ProjectId, name: &str) -> Self {
        Self {
            project: Some(id.0),
            ..Self::of(id.0, normal(name), String::new())
        }
    }

    /// A task is found by its number, title and description.
    pub(crate) fn task(task: &Task, description: &str) -> Self {
        let title = format!("{} {}", task.number, normal(&task.title));
        Self {
            task: Some(task.id.0),
            ..Self::of(task.id.0, title, normal(description))
        }
    }

    /// A comment is found by what it says.
    pub(crate) fn comment(id: CommentId, body: &str) -> Self {
        Self {
            comment: Some(id.0),
            ..Self::of(id.0, String::new(), normal(body))
        }
    }

    fn of(id: Uuid, title: String, body: String) -> Self {
        Self {
            id,
            project: None,
            task: None,
            comment: None,
            title,
            body,
        }
    }
}

/// Makes something findable, or findable by other words than before.
pub(crate) async fn put(scope: &Scope, document: Document) -> Result<(), StoreError> {
    Entity::insert(ActiveModel {
        organization_id: Set(scope.organization_id().to_owned()),
        id: Set(document.id),
        project_id: Set(document.project),
        task_id: Set(document.task),
        comment_id: Set(document.comment),
        title: Set(document.title),
        body: Set(document.body),
    })
    .on_conflict(
        OnConflict::columns([Column::OrganizationId, Column::Id])
            .update_columns([Column::Title, Column::Body])
            .to_owned(),
    )
    .exec_without_returning(&scope.transaction)
    .await?;
    Ok(())
}
