//! The server functions of the projects page. Each is the same walk: who and where and may they
//! ([`tenant_for`]), do it, commit; then the browser goes back to the list.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, NewProject, ProjectId, ProjectName, Uuid};

use super::{list::RENAMING, undo::UNDO, view_state::ViewState};
use crate::{
    context::tenant_for,
    error::{AppError, invalid_name},
    forms::{Done, Posted},
    notice::Notice,
};

/// Creates a project in the organization `org`. The same `request_id` makes it once.
#[server(endpoint = "projects/create")]
pub async fn create_project(org: String, name: String, request_id: String) -> Result<(), AppError> {
    let state = ViewState::parse(org, "", "", "");
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
    #[server(default)] sort: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let row = Row::new(org, id, &show, &sort, &after);
    row.answer(RenameProject::PATH, Change::Rename(name)).await
}

/// Puts a project away.
#[server(endpoint = "projects/archive")]
pub async fn archive_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] sort: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let row = Row::new(org, id, &show, &sort, &after);
    row.answer(ArchiveProject::PATH, Change::Archive).await
}

/// Takes a project back from the archive.
#[server(endpoint = "projects/restore")]
pub async fn restore_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] sort: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let row = Row::new(org, id, &show, &sort, &after);
    row.answer(RestoreProject::PATH, Change::Restore).await
}

/// Deletes a project for good.
#[server(endpoint = "projects/delete")]
pub async fn delete_project(
    org: String,
    id: String,
    #[server(default)] show: String,
    #[server(default)] sort: String,
    #[server(default)] after: String,
) -> Result<(), AppError> {
    let row = Row::new(org, id, &show, &sort, &after);
    row.answer(DeleteProject::PATH, Change::Delete).await
}

/// What can be done with the project of a row.
enum Change {
    Rename(String),
    Archive,
    Restore,
    Delete,
}

/// The row that a form was sent from: which project, and the list to return to.
struct Row {
    id: String,
    state: ViewState,
}

impl Row {
    fn new(org: String, id: String, show: &str, sort: &str, after: &str) -> Self {
        let state = ViewState::parse(org, show, sort, after);
        Self { id, state }
    }

    /// Makes the change and answers the form, which `function` took.
    async fn answer(self, function: &'static str, change: Change) -> Result<(), AppError> {
        let outcome = self.apply(&change).await;
        let (page, kept) = match &change {
            Change::Rename(name) => (
                self.state.url_with(&[(RENAMING, &self.id)]),
                Some(("name", name.as_str())),
            ),
            Change::Archive | Change::Restore | Change::Delete => (self.state.url(), None),
        };
        let kept = kept.as_slice();
        let posted = Posted {
            function,
            page,
            kept,
        };
        posted.answer(outcome)
    }

    async fn apply(&self, change: &Change) -> Result<Done, AppError> {
        let (action, notice) = match change {
            Change::Rename(_) => (Action::ProjectRename, Notice::ProjectRenamed),
            Change::Archive => (Action::ProjectArchive, Notice::ProjectArchived),
            Change::Restore => (Action::ProjectArchive, Notice::ProjectRestored),
            Change::Delete => (Action::ProjectDelete, Notice::ProjectDeleted),
        };
        let tenant = tenant_for(&self.state.slug, action).await?;
        let projects = tenant.projects();
        let id = ProjectId::parse(&self.id)?;
        let project = match change {
            Change::Rename(name) => projects.rename(id, parse_name(name)?).await?,
            Change::Archive => projects.archive(id).await?,
            Change::Restore => projects.unarchive(id).await?,
            Change::Delete => projects.delete(id).await?,
        };
        tenant.commit().await?;
        tracing::info!(project.id = %project.id, ?action, "project changed");
        let mut done = done(&self.state, notice);
        if matches!(change, Change::Archive | Change::Restore) {
            done.page = self.state.url_with(&[(UNDO, &self.id)]);
        }
        Ok(done)
    }
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
