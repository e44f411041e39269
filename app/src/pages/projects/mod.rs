//! `/app/{slug}/projects`: an organization's projects.
//!
//! The address holds all of the page's state: `show=archived` for the archive, `sort=` for the order,
//! `after=` for the place in the list, `delete=` for the question before a deletion.

mod actions;
mod list;
mod undo;
mod view_state;

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::{Action, Progress, Project, ProjectFilter, ProjectId, ProjectSort};

use crate::{
    components::{
        dialog::ConfirmDialog,
        empty_state::EmptyState,
        field::{TextField, error_of},
        icons,
        pagination::Pagination,
        toast::{Alert, Toast},
    },
    error::{AppError, Field},
    forms::{Refusal, query_value},
    language::texts,
    live::place::Place,
    pages::{go::NEW_PROJECT, organization::Frame, page, slug_of_address},
};
use actions::{CreateProject, DeleteProject};
use list::ProjectList;
pub use list::bar;
use undo::undo;
use view_state::ViewState;

/// The page.
#[component]
pub fn Projects() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let state = ViewState::of_request(slug);
        let data = load(&state).await?;
        let frame = data.frame.clone();
        let content = view! { <Content state=state data=data/> }.into_any();
        frame.page(&texts().projects_title(), content).await
    })
}

/// What the page shows, read in one scope.
struct Data {
    frame: Frame,
    may: May,
    projects: Vec<Project>,
    progress: HashMap<ProjectId, Progress>,
    next: Option<String>,
    to_delete: Option<Project>,
}

/// What this member's role allows here. The store decides again when something is done.
#[derive(Clone, Copy)]
struct May {
    create: bool,
    rename: bool,
    archive: bool,
    delete: bool,
}

async fn load(state: &ViewState) -> Result<Data, AppError> {
    let delete = query_value("delete");
    let tenant = crate::context::tenant(&state.slug).await?;
    let may = May {
        create: tenant.can(Action::ProjectCreate),
        rename: tenant.can(Action::ProjectRename),
        archive: tenant.can(Action::ProjectArchive),
        delete: tenant.can(Action::ProjectDelete),
    };
    let list = tenant
        .projects()
        .sorted(state.filter, state.sort, state.after.clone())
        .await?;
    let ids: Vec<ProjectId> = list.items.iter().map(|project| project.id).collect();
    let progress = tenant.tasks().progress(&ids).await?;
    let to_delete = match delete.filter(|_| may.delete) {
        Some(id) => Some(tenant.projects().get(ProjectId::parse(&id)?).await?),
        None => None,
    };
    Ok(Data {
        frame: Frame::of(&tenant).at(Place::Projects),
        may,
        projects: list.items,
        progress,
        next: list.next.map(|cursor| cursor.to_string()),
        to_delete,
    })
}

#[component]
fn Content(state: ViewState, data: Data) -> impl IntoView {
    let texts = texts();
    let refusal = Refusal::from_request();
    let older = data.next.as_deref().map(|next| state.at(Some(next)));
    let newest = state.after.is_some().then(|| state.at(None));
    let is_empty = data.projects.is_empty();
    view! {
        <Toast undo=undo(&state).filter(|_| data.may.archive)/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>{texts.projects_title()}</h1>
        </div>
        {data.to_delete.map(|project| view! { <ConfirmSection state=state.clone() project=project/> })}
        {data.may.create.then(|| view! { <CreateForm slug=state.slug.clone() refusal=&refusal/> })}
        <nav class="tabs" aria-label=texts.projects_filter_label()>
            {ProjectFilter::ALL
                .map(|filter| {
                    let label = match filter {
                        ProjectFilter::Active => texts.projects_active(),
                        ProjectFilter::Archived => texts.projects_archived(),
                        ProjectFilter::All => texts.projects_all(),
                    };
                    let here = filter == state.filter;
                    view! {
                        <a class="tab" href=state.showing(filter) aria-current=here.then_some("page")>
                            {label}
                        </a>
                    }
                })
                .collect_view()}
            <Sorts state=&state/>
        </nav>
        {if is_empty {
            view! { <Nothing state=&state may_create=data.may.create/> }.into_any()
        } else {
            view! {
                <ProjectList
                    state=&state
                    projects=data.projects
                    progress=&data.progress
                    may=data.may
                    refusal=&refusal
                />
            }
            .into_any()
        }}
        <Pagination newest=newest older=older by_name=state.sort == ProjectSort::Name/>
        {data.may.delete.then(|| view! { <DeleteDialog state=state.clone()/> })}
    }
    .into_any()
}

/// The orders that the list can have, each a link.
#[component]
fn Sorts<'a>(state: &'a ViewState) -> impl IntoView + use<> {
    let texts = texts();
    let name = |sort| match sort {
        ProjectSort::Newest => texts.projects_sort_newest(),
        ProjectSort::Updated => texts.projects_sort_updated(),
        ProjectSort::Name => texts.projects_sort_name(),
    };
    let links = [ProjectSort::Newest, ProjectSort::Updated, ProjectSort::Name]
        .map(|sort| {
            let here = sort == state.sort;
            view! {
                <li>
                    <a
                        class="menu-item"
                        href=state.sorted(sort)
                        aria-current=here.then_some("true")
                    >
                        {name(sort)}
                        {here.then(icons::check)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="menu menu-end tabs-end" data-menu="">
            <summary class="menu-button">
                <span class="visually-hidden">{texts.projects_sort_label()} " "</span>
                {name(state.sort)}
                {icons::chevron_down()}
            </summary>
            <div class="menu-panel"><ul>{links}</ul></div>
        </details>
    }
    .into_any()
}

/// Creates a project in the organization `slug`, and leads to the list.
#[component]
pub fn CreateForm<'a>(slug: String, refusal: &'a Refusal) -> impl IntoView + use<> {
    let error = refusal.of(CreateProject::PATH);
    let texts = texts();
    // One id per form served: the same form sent twice makes one project.
    let request_id = uuid::Uuid::now_v7().to_string();
    view! {
        <form class="create-form" method="post" action=CreateProject::PATH data-key="c">
            <input type="hidden" name="org" value=slug/>
            <input type="hidden" name="request_id" value=request_id/>
            <TextField
                id=NEW_PROJECT
                name="name"
                label=texts.projects_new()
                hide_label=true
                placeholder=texts.projects_new()
                value=refusal.kept_for(CreateProject::PATH, "name")
                error=error_of(error, Field::Name)
            />
            <button class="button button-primary" type="submit">{texts.projects_create()}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Nothing<'a>(state: &'a ViewState, may_create: bool) -> impl IntoView + use<> {
    let texts = texts();
    match (state.filter, state.after.is_some()) {
        (_, true) => view! {
            <EmptyState title=texts.projects_last_page() text=texts.projects_last_page_text()/>
        },
        (ProjectFilter::Archived, _) => view! {
            <EmptyState
                title=texts.projects_none_archived()
                text=texts.projects_none_archived_text()
            />
        },
        (ProjectFilter::Active | ProjectFilter::All, _) if may_create => view! {
            <EmptyState title=texts.projects_none() text=texts.projects_none_create()/>
        },
        (ProjectFilter::Active | ProjectFilter::All, _) => view! {
            <EmptyState title=texts.projects_none() text=texts.projects_none_wait()/>
        },
    }
}

/// The question before a deletion, for those without JavaScript.
#[component]
fn ConfirmSection(state: ViewState, project: Project) -> impl IntoView {
    let back = state.url();
    let texts = texts();
    view! {
        <section class="confirm" aria-labelledby="confirm-delete">
            <h2 id="confirm-delete">{texts.projects_delete_question(&project.name)}</h2>
            <p>{texts.projects_delete_consequence()}</p>
            <div class="actions">
                <form method="post" action=DeleteProject::PATH>
                    {state.hidden_fields()}
                    <input type="hidden" name="id" value=project.id.to_string()/>
                    <button class="button button-danger" type="submit">{texts.projects_delete()}</button>
                </form>
                <a class="button" href=back>{texts.cancel()}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The same question as a dialog, filled in by its island.
#[component]
fn DeleteDialog(state: ViewState) -> impl IntoView {
    let texts = texts();
    let named = texts.projects_delete_named();
    view! {
        <dialog class="dialog" data-confirm-dialog="" aria-labelledby="dialog-title">
            <h2 id="dialog-title">{texts.projects_delete_this()}</h2>
            <p>{named.s0} <strong data-confirm-name="" dir="auto"></strong> {named.s1}</p>
            <div class="actions">
                <form method="dialog">
                    <button class="button" type="submit">{texts.cancel()}</button>
                </form>
                <form method="post" action=DeleteProject::PATH>
                    {state.hidden_fields()}
                    <input type="hidden" name="id" value=""/>
                    <button class="button button-danger" type="submit">{texts.projects_delete()}</button>
                </form>
            </div>
        </dialog>
        <ConfirmDialog/>
    }
    .into_any()
}
