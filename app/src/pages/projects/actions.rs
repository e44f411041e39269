//! The server functions of the projects page. Each is the same walk: who and where and may they
//! ([`tenant_for`]), do it, commit; then the browser goes back to the list.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, NewProject, ProjectId, ProjectName, Uuid};

use super::{list::RENAMING, view_state::ViewState};
use crate::{
    context::tenant_for,
    error::{AppError, invalid_name},
    forms::{Done, Posted},
    notice::Notice,
};

/// Creates a project in the organization `org`. The same `request_id` makes it once.
#[server(endpoint = "projects/create")]
pub async fn create_project(org: String, name: String, request_id: String) -> Result<(), AppError> {
    let state = ViewState::parse(org, "", "");
    let outcome = create(&state, &name, &request_id).await;
    Posted {
        function: CreateProject::PATH,
        page: state.url(),
        kept: &[("name", &name)],
    }
    .answer(outcome)
}

async fn create(state: &ViewState, name: &str, request_id: &str) -> Result<Done, AppError> {
    let tenant = tenant_for(&state.slug, Action::ProjectCreate).await?;
    let name = parse_name(name)?;
    let request_id = Uuid::parse_str(request_id).map_err(|_| AppError::BadRequest)?;
    let new = NewProject {
        name,
        request_id: Some(request_id),
    };
    let project = tenant.projects().create(new).await?;
    tenant.commit().await?;
    tracing::info!(project.id = %project.id, "project created");
    Ok(done(state, Notice::ProjectCreated))
}

/// Gives a project another name.
#[server(endpoint = "projects/rename")]
pub async fn rename_project(
    org: String,
    id: String,
    name: String,
    #[server(default)] show: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let state = ViewState::parse(org, &show, &after);
    let outcome = rename(&state, &id, &name).await;
    Posted {
        function: RenameProject::PATH,
        page: state.url_with(&[(RENAMING, &id)]),
        kept: &[("name", &name)],
    }
    .answer(outcome)
}

async fn rename(state: &ViewState, id: &str, name: &str) -> Result<Done, AppError> {
    let tenant = tenant_for(&state.slug, Action::ProjectRename).await?;
    let name = parse_name(name)?;
    tenant
        .projects()
        .rename(ProjectId::parse(id)?, name)
        .await?;
    tenant.commit().await?;
    Ok(done(state, Notice::ProjectRenamed))
}

/// Puts a project away.
#[server(endpoint = "projects/archive")]
pub async fn archive_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let state = ViewState::parse(org, &show, &after);
    let outcome = archive(&state, &id).await;
    Posted {
        function: ArchiveProject::PATH,
        page: state.url(),
        kept: &[],
    }
    .answer(outcome)
}

async fn archive(state: &ViewState, id: &str) -> Result<Done, AppError> {
    let tenant = tenant_for(&state.slug, Action::ProjectArchive).await?;
    tenant.projects().archive(ProjectId::parse(id)?).await?;
    tenant.commit().await?;
    Ok(done(state, Notice::ProjectArchived))
}

/// Takes a project back from the archive.
#[server(endpoint = "projects/restore")]
pub async fn restore_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let state = ViewState::parse(org, &show, &after);
    let outcome = restore(&state, &id).await;
    Posted {
        function: RestoreProject::PATH,
        page: state.url(),
        kept: &[],
    }
    .answer(outcome)
}

async fn restore(state: &ViewState, id: &str) -> Result<Done, AppError> {
    let tenant = tenant_for(&state.slug, Action::ProjectArchive).await?;
    tenant.projects().unarchive(ProjectId::parse(id)?).await?;
    tenant.commit().await?;
    Ok(done(state, Notice::ProjectRestored))
}

/// Deletes a project for good.
#[server(endpoint = "projects/delete")]
pub async fn delete_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let state = ViewState::parse(org, &show, &after);
    let outcome = delete(&state, &id).await;
    Posted {
        function: DeleteProject::PATH,
        page: state.url(),
        kept: &[],
    }
    .answer(outcome)
}

async fn delete(state: &ViewState, id: &str) -> Result<Done, AppError> {
    let tenant = tenant_for(&state.slug, Action::ProjectDelete).await?;
    tenant.projects().delete(ProjectId::parse(id)?).await?;
    tenant.commit().await?;
    tracing::info!(project.id = id, "project deleted");
    Ok(done(state, Notice::ProjectDeleted))
}

fn parse_name(name: &str) -> Result<ProjectName, AppError> {
    ProjectName::parse(name).map_err(|error| invalid_name(&error, name))
}

fn done(state: &ViewState, notice: Notice) -> Done {
    Done {
        page: state.url(),
        notice: Some(notice),
    }
}
