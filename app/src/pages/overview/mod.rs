//! `/app/{slug}`: what happened in an organization, what one has to do there, and the ways on.

mod news;
mod sections;

use std::collections::HashMap;

use leptos::prelude::*;
use store::{
    Action, AssigneeFilter, Day, DayCount, Member, NewsItem, Progress, Project, ProjectId,
    TaskFilter, TaskLine, TaskSort,
};

use crate::{
    components::{time::today, toast::Toast},
    context::{RequestContext, request_context},
    error::AppError,
    live::{
        place::Place,
        shown::{Here, here_now},
    },
    pages::{organization::Frame, page, slug_of_address, task::people::People},
    redirects,
};
use news::{News, named};
use sections::{Activity, FirstProject, Members, MyNext, Projects};

/// How many changes are told.
const NEWS: u64 = 8;
/// How many of one's own tasks are shown.
const TASKS: u64 = 5;
/// How many projects are shown.
const PROJECTS: u64 = 6;
/// How many members are shown.
const MEMBERS: u64 = 8;
/// Over how many days activity is shown.
const DAYS: u32 = 28;

/// The address of an organization's overview.
pub fn overview_of(slug: &str) -> String {
    format!("/app/{}", redirects::segment(slug))
}

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let data = load(&context, &slug).await?;
        let frame = data.frame.clone();
        let content = view! { <Content data=data/> }.into_any();
        let title = frame.organization.name.clone();
        frame.page(&title, content).await
    })
}

/// What the page shows, read in one scope.
struct Data {
    frame: Frame,
    /// Those that changed last.
    projects: Vec<Project>,
    may_create: bool,
    /// One more than are shown, if there are more; none for who may not see them.
    members: Option<Vec<Member>>,
    here: Here,
    /// Nothing before there is a project.
    work: Option<Work>,
}

/// What is shown as soon as there is a project.
struct Work {
    news: Vec<NewsItem>,
    people: People,
    mine: Vec<TaskLine>,
    progress: HashMap<ProjectId, Progress>,
    days: Vec<DayCount>,
    today: Day,
}

async fn load(context: &RequestContext, slug: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(slug).await?;
    let members = if tenant.can(Action::MemberRead) {
        Some(tenant.members().list(MEMBERS + 1).await?)
    } else {
        None
    };
    let here = Here::everybody(context, &tenant).await?;
    let projects = tenant.projects().recent(PROJECTS).await?;
    let work = if projects.is_empty() {
        None
    } else {
        let mine = TaskFilter {
            assignee: AssigneeFilter::Me,
            ..TaskFilter::default()
        };
        let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
        let (news, tasks) = (tenant.news(), tenant.tasks());
        let days = news.days(Day::of_ms(context.clock.now_ms()), DAYS).await?;
        let news = news.recent(NEWS).await?;
        Some(Work {
            people: People::new(tasks.people(named(&news)).await?),
            news,
            mine: tasks.first(&mine, TaskSort::Due, TASKS).await?,
            progress: tasks.progress(&ids).await?,
            days,
            today: today(context),
        })
    };
    Ok(Data {
        frame: Frame::of(&tenant).with(Place::Overview, &here),
        projects,
        may_create: tenant.can(Action::ProjectCreate),
        members,
        here,
        work,
    })
}

#[component]
fn Content(data: Data) -> impl IntoView {
    let slug = data.frame.organization.slug;
    let (main, side) = match data.work {
        None => {
            let first = view! { <FirstProject slug=slug.clone() may_create=data.may_create/> };
            (first.into_any(), None)
        }
        Some(work) => {
            let main = view! {
                <News slug=&slug items=&work.news people=&work.people/>
                <Activity days=&work.days/>
            };
            let side = view! {
                <MyNext slug=&slug tasks=&work.mine today=work.today/>
                <Projects slug=&slug projects=data.projects progress=&work.progress/>
            };
            (main.into_any(), Some(side))
        }
    };
    view! {
        <Toast/>
        <div class="page-head">
            <h1 dir="auto">{data.frame.organization.name}</h1>
        </div>
        <div class="overview">
            <div class="overview-column">{main}</div>
            <div class="overview-column">
                {side}
                {here_now(&data.here)}
                {data.members.map(|members| view! { <Members slug=slug members=members/> })}
            </div>
        </div>
    }
    .into_any()
}
