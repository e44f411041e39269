//! Title and description, and the end of a task.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Description, TaskId, TaskTitle};

use super::Form;
use crate::{
    context::tenant_for,
    error::{AppError, Field, invalid_text},
    forms::{Done, Posted},
    notice::Notice,
    pages::{project::address::project_of, task::task_of},
    redirects,
};

/// Writes title and description anew. Programs are told the new version.
#[server(endpoint = "tasks/edit")]
pub async fn edit_task(
    org: String,
    id: String,
    version: i64,
    title: String,
    #[server(default)] description: String,
) -> Result<i64, AppError> {
    let outcome = edit(&org, &id, version, &title, &description).await;
    Form {
        function: EditTask::PATH,
        org: &org,
        id: &id,
        kept: &[("title", &title), ("description", &description)],
        more: &[],
    }
    .answer(Notice::TaskChanged, outcome)
}

async fn edit(
    org: &str,
    id: &str,
    version: i64,
    title: &str,
    description: &str,
) -> Result<i64, AppError> {
    let tenant = tenant_for(org, Action::TaskEdit).await?;
    let id = TaskId::parse(id)?;
    let new_title =
        TaskTitle::parse(title).map_err(|error| invalid_text(&error, Field::Title, title))?;
    let new_description = Description::parse(description)
        .map_err(|error| invalid_text(&error, Field::Description, description))?;
    let tasks = tenant.tasks();
    let task = tasks.edit(id, version, new_title, new_description).await?;
    tenant.commit().await?;
    tracing::info!(task.id = %id, "task edited");
    Ok(task.version)
}

/// Deletes a task for good.
#[server(endpoint = "tasks/delete")]
pub async fn delete_task(org: String, id: String) -> Result<(), AppError> {
    let outcome = delete(&org, &id).await;
    Posted {
        function: DeleteTask::PATH,
        page: redirects::with_query(&task_of(&org, &id), &[("delete", "1")]),
        kept: &[],
    }
    .answer(outcome.map(|project| Done {
        page: project_of(&org, &project),
        notice: Some(Notice::TaskDeleted),
    }))
}

/// Answers with the project that it belonged to.
async fn delete(org: &str, id: &str) -> Result<String, AppError> {
    let tenant = tenant_for(org, Action::TaskDelete).await?;
    let task = tenant.tasks().delete(TaskId::parse(id)?).await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task.id, "task deleted");
    Ok(task.project_id.to_string())
}
