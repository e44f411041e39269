//! The parts of the overview.

use std::collections::HashMap;

use leptos::prelude::*;
use store::{Day, DayCount, Member, Progress, Project, ProjectId, TaskLine};

use super::MEMBERS;
use crate::{
    components::{
        chart::{Chart, ChartFigure, Point},
        empty_state::EmptyState,
        header::Avatar,
        icons,
    },
    forms::Refusal,
    language::texts,
    pages::{
        app_home::projects_of,
        members::{called, members_of},
        my_tasks::my_tasks_of,
        project::address::project_of,
        projects::{CreateForm, bar},
        task::card::{due, title_link},
    },
};

/// What stands there before anything else does: the form that makes the first project.
#[component]
pub fn FirstProject(slug: String, may_create: bool) -> impl IntoView {
    let texts = texts();
    let text = if may_create {
        texts.overview_first_project()
    } else {
        texts.projects_none_wait()
    };
    let refusal = Refusal::default();
    let form = may_create.then(|| view! { <CreateForm slug=slug refusal=&refusal/> });
    view! {
        <section>
            <EmptyState title=texts.projects_none() text=text>{form}</EmptyState>
        </section>
    }
    .into_any()
}

/// How much was changed day by day.
#[component]
pub fn Activity<'a>(days: &'a [DayCount]) -> impl IntoView + use<> {
    let texts = texts();
    let points = days.iter().map(|day| Point::at(day.day, day.changes));
    let chart = Chart {
        id: "activity",
        title: texts.overview_activity_changes(),
        unit: texts.overview_day(),
        points: points.collect(),
        expected: Vec::new(),
    };
    view! {
        <section aria-labelledby="activity">
            <div class="section-head">
                <h2 id="activity">{texts.overview_activity()}</h2>
            </div>
            <ChartFigure chart=chart/>
        </section>
    }
    .into_any()
}

/// What one has to do next.
#[component]
pub fn MyNext<'a>(slug: &'a str, tasks: &'a [TaskLine], today: Day) -> impl IntoView + use<> {
    let texts = texts();
    let rows = tasks
        .iter()
        .map(|line| {
            let due = line.task.due_on.map(|day| {
                let late = day < today;
                view! { <span class:due-late=late>{due(day, late)}</span> }
            });
            view! {
                <li class="line">
                    <span class="line-title">{title_link(slug, &line.task)}</span>
                    <span class="card-facts">
                        <span dir="auto">{line.project.clone()}</span>
                        {due}
                    </span>
                </li>
            }
        })
        .collect_view();
    let content = if tasks.is_empty() {
        view! { <p class="page-note">{texts.tasks_nothing_mine()}</p> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="my-next">
            <div class="section-head">
                <h2 id="my-next">{texts.my_tasks_title()}</h2>
                <a href=my_tasks_of(slug)>{texts.overview_all_mine()}</a>
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// The projects that changed last, and how far they are.
#[component]
pub fn Projects<'a>(
    slug: &'a str,
    projects: Vec<Project>,
    progress: &'a HashMap<ProjectId, Progress>,
) -> impl IntoView + use<> {
    let texts = texts();
    let rows = projects
        .into_iter()
        .map(|project| {
            let href = project_of(slug, &project.id.to_string());
            let progress = progress.get(&project.id).copied();
            view! {
                <li class="line">
                    <span class="line-title">
                        {icons::folder()} " "
                        <a href=href dir="auto">{project.name}</a>
                    </span>
                    {progress.map(bar)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="latest-projects">
            <div class="section-head">
                <h2 id="latest-projects">{texts.projects_title()}</h2>
                <a href=projects_of(slug)>{texts.overview_all_projects()}</a>
            </div>
            <ul class="lines">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Who belongs to the organization.
#[component]
pub fn Members(slug: String, members: Vec<Member>) -> impl IntoView {
    let texts = texts();
    let shown = usize::try_from(MEMBERS).unwrap_or(usize::MAX);
    let rows = members
        .iter()
        .take(shown)
        .map(|member| {
            let name = called(member);
            view! {
                <li class="person">
                    <Avatar name=name.clone()/>
                    <span class="truncate" dir="auto">{name}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="people">
            <div class="section-head">
                <h2 id="people">{texts.members_title()}</h2>
                <a href=members_of(&slug)>{texts.overview_all_members()}</a>
            </div>
            <ul class="people">{rows}</ul>
        </section>
    }
    .into_any()
}
