//! `/app/{slug}/tasks/{id}`: one task with everything that belongs to it.
//!
//! Every form carries the version of what it shows. When somebody else was faster, the field keeps
//! what was typed, what is there now stands beside it, and sending again puts one in place of the
//! other knowingly.

mod actions;
mod activity;
pub mod card;
mod checklist;
mod comments;
mod conflict;
mod facts;
mod mentions;
pub mod people;
mod text;

use std::collections::HashSet;

use clerk::ids::UserId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Action, Activity, Day, Label, Status, TaskDetails, TaskId};

use crate::{
    components::{
        header::Crumb,
        time::today,
        toast::{Alert, Toast},
    },
    context::{RequestContext, request_context},
    error::AppError,
    forms::{Refusal, query_value},
    language::texts,
    live::{
        place::Place,
        shown::{Here, also_here},
    },
    pages::{
        app_home::projects_of, members::ToChoose, organization::Frame, page,
        project::address::project_of,
    },
    redirects,
};
use people::People;

/// The address of a task.
pub fn task_of(slug: &str, id: &str) -> String {
    let slug = redirects::segment(slug);
    format!("/app/{slug}/tasks/{}", redirects::segment(id))
}

/// How a column is called.
pub fn status_name(status: Status) -> String {
    let texts = texts();
    match status {
        Status::Backlog => texts.status_backlog(),
        Status::Todo => texts.status_todo(),
        Status::InProgress => texts.status_in_progress(),
        Status::Done => texts.status_done(),
        Status::Canceled => texts.status_canceled(),
    }
}

/// The page.
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let slug = params.get("slug").unwrap_or_default();
    let id = params.get("id").unwrap_or_default();
    page(async move {
        let context = request_context()?;
        let data = load(&context, slug, &id).await?;
        let frame = data.frame.clone();
        let title = data.details.task.title.clone();
        let content = content(&data);
        let project = data.details.task.project_id.to_string();
        let above = [
            Crumb {
                name: texts().projects_title(),
                href: projects_of(&data.slug),
            },
            Crumb {
                name: data.details.project.clone(),
                href: project_of(&data.slug, &project),
            },
        ];
        frame.page_below(&above, &title, content).await
    })
}

/// What the page shows, read in one scope.
struct Data {
    slug: String,
    frame: Frame,
    me: UserId,
    may: May,
    details: TaskDetails,
    activity: Vec<Activity>,
    labels: Vec<Label>,
    members: ToChoose,
    people: People,
    here: Here,
    today: Day,
    refusal: Refusal,
}

/// What this member's role allows here. The store decides again when something is done.
#[derive(Clone, Copy)]
struct May {
    edit: bool,
    delete: bool,
    comment: bool,
    moderate: bool,
    label: bool,
}

async fn load(context: &RequestContext, slug: String, id: &str) -> Result<Data, AppError> {
    let tenant = context.tenant(&slug).await?;
    let id = TaskId::parse(id)?;
    let tasks = tenant.tasks();
    let details = tasks.get(id).await?;
    let activity = tasks.activity(id).await?;
    let people = tasks.people(named(&details, &activity)).await?;
    let here = Here::others(context, &tenant, Place::Task(id)).await?;
    Ok(Data {
        frame: Frame::of(&tenant).with(Place::Task(id), &here),
        me: tenant.membership().user_id.clone(),
        may: May {
            edit: tenant.can(Action::TaskEdit),
            delete: tenant.can(Action::TaskDelete),
            comment: tenant.can(Action::CommentCreate),
            moderate: tenant.can(Action::CommentModerate),
            label: tenant.can(Action::LabelManage),
        },
        labels: tenant.labels().list().await?,
        members: ToChoose::of(&tenant).await?,
        people: People::new(people),
        here,
        today: today(context),
        refusal: Refusal::from_request(),
        slug,
        details,
        activity,
    })
}

/// Everybody who is named on the page, each once.
fn named(details: &TaskDetails, activity: &[Activity]) -> HashSet<UserId> {
    let task = &details.task;
    let mut users: HashSet<UserId> = task.assignee.iter().cloned().collect();
    users.insert(task.created_by.clone());
    for comment in &details.comments {
        users.insert(comment.created_by.clone());
        users.extend(comment.mentions.iter().cloned());
    }
    users.extend(activity.iter().filter_map(|entry| entry.actor.clone()));
    users
}

fn content(data: &Data) -> AnyView {
    let texts = texts();
    let task = &data.details.task;
    let deleting = data.may.delete && query_value("delete").is_some();
    view! {
        <Toast/>
        {data.refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>
                <span class="count">"#" {task.number} " "</span>
                {task.title.clone()}
            </h1>
            {data.details.archived.then(|| view! {
                <p class="page-note">{texts.task_archived()}</p>
            })}
            {also_here(&data.here)}
        </div>
        {deleting.then(|| text::delete_question(data))}
        <div class="task">
            <div class="task-main">
                {text::description(data)}
                {checklist::checklist(data)}
                {comments::comments(data)}
                {activity::activity(data)}
            </div>
            <aside class="task-side" aria-label=texts.task_about()>{facts::facts(data)}</aside>
        </div>
    }
    .into_any()
}

/// What says which task a form is about.
fn of_task(data: &Data) -> AnyView {
    view! {
        <input type="hidden" name="org" value=data.slug.clone()/>
        <input type="hidden" name="id" value=data.details.task.id.to_string()/>
    }
    .into_any()
}

/// The same, and in which version it was seen.
fn hidden(data: &Data, version: i64) -> AnyView {
    view! {
        {of_task(data)}
        <input type="hidden" name="version" value=version/>
    }
    .into_any()
}

/// What a field starts with: what was typed when `function` refused, or else what is there.
fn typed(data: &Data, function: &str, field: &str, there: &str) -> String {
    match data.refusal.is_about(function) {
        true => data.refusal.kept_for(function, field),
        false => there.to_owned(),
    }
}
