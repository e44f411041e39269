//! The server functions of a project's page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, NewTask, ProjectId, Status, TaskId, TaskTitle, Uuid};

use super::{address::project_of, moves};
use crate::{
    context::tenant_for,
    error::{AppError, Field, invalid_text},
    forms::{Done, Posted},
    notice::Notice,
    pages::task::task_of,
};

/// Creates a task at the end of a column of the project `project`. The same `request_id` makes it
/// once.
#[server(endpoint = "tasks/create")]
pub async fn create_task(
    org: String,
    project: String,
    title: String,
    status: String,
    request_id: String,
) -> Result<(), AppError> {
    let page = project_of(&org, &project);
    let outcome = create(&org, &project, &title, &status, &request_id).await;
    Posted {
        function: CreateTask::PATH,
        page: page.clone(),
        kept: &[("title", &title), ("status", &status)],
    }
    .answer(outcome.map(|()| Done {
        page,
        notice: Some(Notice::TaskCreated),
    }))
}

async fn create(
    org: &str,
    project: &str,
    title: &str,
    status: &str,
    request_id: &str,
) -> Result<(), AppError> {
    let tenant = tenant_for(org, Action::TaskCreate).await?;
    let project = ProjectId::parse(project)?;
    let parsed = TaskTitle::parse(title);
    let new = NewTask {
        status: Status::parse(status).ok_or(AppError::BadRequest)?,
        request_id: Some(Uuid::parse_str(request_id).map_err(|_| AppError::BadRequest)?),
        ..NewTask::titled(
            project,
            parsed.map_err(|error| invalid_text(&error, Field::Title, title))?,
        )
    };
    let task = tenant.tasks().create(new).await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task.id, "task created");
    Ok(())
}

/// Puts the task `id` elsewhere: `to` is a column or a place beside another task. Programs are
/// told the version that the next move has to be based on. A browser returns to the board of
/// `project` if that is given, else to the task.
#[server(endpoint = "tasks/move")]
pub async fn move_task(
    org: String,
    id: String,
    version: i64,
    to: String,
    #[server(default)] project: String,
) -> Result<i64, AppError> {
    let page = if project.is_empty() {
        task_of(&org, &id)
    } else {
        project_of(&org, &project)
    };
    let outcome = put(&org, &id, version, &to).await;
    Posted {
        function: MoveTask::PATH,
        page: page.clone(),
        kept: &[],
    }
    .answer_with(outcome.map(|version| {
        let notice = Some(Notice::TaskMoved);
        (Done { page, notice }, version)
    }))
}

async fn put(org: &str, id: &str, version: i64, to: &str) -> Result<i64, AppError> {
    let tenant = tenant_for(org, Action::TaskEdit).await?;
    let to = moves::parse(to).ok_or(AppError::BadRequest)?;
    let task = tenant
        .tasks()
        .move_to(TaskId::parse(id)?, version, to)
        .await?;
    tenant.commit().await?;
    tracing::info!(task.id = %task.id, status = task.status.as_str(), "task moved");
    Ok(task.place_version)
}
