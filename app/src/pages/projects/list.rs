//! The rows, each with a menu of what can be done with it.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Progress, Project, ProjectFilter, ProjectId};

use super::{
    May,
    actions::{ArchiveProject, RenameProject, RestoreProject},
    view_state::ViewState,
};
use crate::{
    components::{
        field::{TextField, error_of},
        icons,
        time::Time,
    },
    error::Field,
    forms::{Refusal, query_value},
    language::texts,
    pages::project::address::project_of,
};

/// The query parameter that names the row whose rename was refused.
pub const RENAMING: &str = "rename";

/// The projects of one page.
#[component]
pub fn ProjectList<'a>(
    state: &'a ViewState,
    projects: Vec<Project>,
    progress: &'a HashMap<ProjectId, Progress>,
    may: May,
    refusal: &'a Refusal,
) -> impl IntoView + use<> {
    let renaming = query_value(RENAMING);
    let rows = projects
        .into_iter()
        .map(|project| {
            let this_one = refusal.is_about(RenameProject::PATH)
                && renaming.as_deref() == Some(project.id.to_string().as_str());
            let refusal = this_one.then(|| refusal.clone());
            let progress = progress.get(&project.id).copied();
            row(state, project, progress, may, refusal)
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(
    state: &ViewState,
    project: Project,
    progress: Option<Progress>,
    may: May,
    refusal: Option<Refusal>,
) -> impl IntoView + use<> {
    let any_action = may.rename || may.archive || may.delete;
    let name = project.name.clone();
    let href = project_of(&state.slug, &project.id.to_string());
    let created_at = project.created_at;
    // Where it is not what the whole list is of.
    let put_away = state.filter == ProjectFilter::All && project.archived_at.is_some();
    let menu = any_action.then(|| menu(state, project, may, refusal));
    view! {
        <li class="row">
            <span class="row-name">
                {icons::folder()}
                <a class="row-title" href=href>{name}</a>
                {put_away.then(|| view! { <span class="row-note">{texts().projects_archived()}</span> })}
            </span>
            {progress.map(bar)}
            <span class="row-time">
                <span class="visually-hidden">{texts().projects_created()} " "</span>
                <Time at_ms=created_at/>
            </span>
            {menu}
        </li>
    }
    .into_any()
}

/// How many of a project's tasks are done.
pub fn bar(progress: Progress) -> impl IntoView {
    let Progress { done, total } = progress;
    view! {
        <span class="progress">
            <progress max=total value=done aria-label=texts().projects_progress()></progress>
            <span>{done} "/" {total}</span>
        </span>
    }
    .into_any()
}

fn menu(
    state: &ViewState,
    project: Project,
    may: May,
    refusal: Option<Refusal>,
) -> impl IntoView + use<> {
    let id = project.id.to_string();
    let rename = may
        .rename
        .then(|| rename_form(state, &project, refusal.as_ref()));
    let texts = texts();
    let archive = may.archive.then(|| {
        let (action, label) = match project.archived_at {
            None => (ArchiveProject::PATH, texts.projects_archive()),
            Some(_) => (RestoreProject::PATH, texts.projects_restore()),
        };
        view! {
            <form method="post" action=action>
                {state.hidden_fields()}
                <input type="hidden" name="id" value=id.clone()/>
                <button class="menu-item" type="submit">{label}</button>
            </form>
        }
    });
    let delete = may.delete.then(|| {
        view! {
            <a
                class="menu-item menu-item-danger"
                href=state.url_with(&[("delete", &id)])
                data-confirm=""
                data-id=id.clone()
                data-name=project.name.clone()
            >
                {texts.projects_delete_ask()}
            </a>
        }
    });
    view! {
        <details class="menu menu-end" data-menu="" open=refusal.is_some()>
            <summary class="menu-button">
                <span class="visually-hidden">{texts.projects_actions(&project.name)}</span>
                {icons::dots()}
            </summary>
            <div class="menu-panel">{rename} {archive} {delete}</div>
        </details>
    }
    .into_any()
}

fn rename_form(
    state: &ViewState,
    project: &Project,
    refusal: Option<&Refusal>,
) -> impl IntoView + use<> {
    let id = project.id.to_string();
    let error = refusal.and_then(|refusal| refusal.of(RenameProject::PATH));
    let value = match refusal {
        Some(refusal) => refusal.kept_for(RenameProject::PATH, "name"),
        None => project.name.clone(),
    };
    view! {
        <form class="rename-form" method="post" action=RenameProject::PATH>
            {state.hidden_fields()}
            <input type="hidden" name="id" value=id.clone()/>
            <TextField
                id=format!("rename-{id}")
                name="name"
                label=texts().projects_name()
                value=value
                error=error_of(error, Field::Name)
            />
            <button class="button" type="submit">{texts().projects_rename()}</button>
        </form>
    }
    .into_any()
}
