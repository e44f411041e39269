//! `/app/{slug}/projects/{id}`: a project's tasks, as a board or as a list (`view=list`).

mod actions;
pub mod address;
mod board;
mod list;
pub mod moves;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Action, Board, Day, Label, Project, ProjectId, TaskPage};

pub use actions::MoveTask;
use address::{Address, View};

use crate::{
    components::{
        header::Crumb,
        time::today,
        toast::{Alert, Toast},
    },
    context::{RequestContext, request_context},
    error::AppError,
    forms::Refusal,
    language::texts,
    live::{
        place::Place,
        shown::{Here, also_here},
    },
    pages::{
        app_home::projects_of, members::ToChoose, organization::Frame, page, task::people::People,
    },
};

/// The page.
#[component]
pub fn ProjectPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let slug = params.get("slug").unwrap_or_default();
    let id = params.get("id").unwrap_or_default();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug, &id).await?;
        let frame = data.frame.clone();
        let title = data.project.name.clone();
        let content = content(data);
        let above = [Crumb {
            name: texts().projects_title(),
            href: projects_of(&frame.organization.slug),
        }];
        frame.page_below(&above, &title, content).await
    })
}

/// What the page shows, read in one scope.
struct Data {
    address: Address,
    frame: Frame,
    may: May,
    project: Project,
    shown: Shown,
    people: People,
    here: Here,
    today: Day,
}

/// What this member's role allows here. The store decides again when something is done.
#[derive(Clone, Copy)]
pub struct May {
    create: bool,
    edit: bool,
}

enum Shown {
    Board(Board),
    List {
        page: TaskPage,
        labels: Vec<Label>,
        members: ToChoose,
    },
}

async fn load(context: &RequestContext, slug: String, id: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let today = today(context);
    let project = tenant.projects().get(ProjectId::parse(id)?).await?;
    let mut address = Address::of_request(slug, project.id);
    let tasks = tenant.tasks();
    let shown = match address.view {
        View::Board => {
            let board = tasks.board(project.id, |status| address.size_of(status));
            Shown::Board(board.await?)
        }
        View::List => {
            let members = ToChoose::of(&tenant).await?;
            address.look_for(members.only());
            Shown::List {
                page: tasks
                    .list(&address.filter(today), address.order(), address.after)
                    .await?,
                labels: tenant.labels().list().await?,
                members,
            }
        }
    };
    let cards: Vec<_> = match &shown {
        Shown::Board(board) => {
            let columns = board.columns.iter();
            columns.flat_map(|column| &column.cards).collect()
        }
        Shown::List { page, .. } => page.items.iter().collect(),
    };
    let assignees = cards.iter().filter_map(|card| card.task.assignee.clone());
    let assignees = assignees.chain(address.user());
    let people = People::new(tasks.people(assignees).await?);
    let place = Place::Project(project.id);
    let here = Here::others(context, &tenant, place).await?;
    Ok(Data {
        frame: Frame::of(&tenant).with(place, &here),
        may: May {
            create: tenant.can(Action::TaskCreate),
            edit: tenant.can(Action::TaskEdit),
        },
        address,
        project,
        shown,
        people,
        here,
        today,
    })
}

fn content(data: Data) -> AnyView {
    let refusal = Refusal::from_request();
    let address = &data.address;
    let texts = texts();
    let tab = |view: View, label: String, href: String| {
        let here = view == address.view;
        view! {
            <a class="tab" href=href aria-current=here.then_some("page")>{label}</a>
        }
    };
    let tasks = match data.shown {
        Shown::Board(board) => {
            let frame = board::Frame {
                address,
                project: data.project.id,
                may: data.may,
                people: &data.people,
                today: data.today,
                refusal: &refusal,
            };
            board::columns(frame, board)
        }
        Shown::List {
            page,
            labels,
            members,
        } => list::list(address, page, &labels, &members, &data.people, data.today),
    };
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>{data.project.name}</h1>
            {data.project.archived_at.map(|_| view! {
                <p class="page-note">{texts.projects_archived()}</p>
            })}
            {also_here(&data.here)}
        </div>
        <nav class="tabs" aria-label=texts.board_views_label()>
            {tab(View::Board, texts.board_view(), address.path())}
            {tab(View::List, texts.list_view(), address.list())}
        </nav>
        {tasks}
    }
    .into_any()
}
