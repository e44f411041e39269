//! The parts of the overview.

use leptos::prelude::*;
use store::{Member, Project};

use super::MEMBERS;
use crate::{
    components::{empty_state::EmptyState, header::Avatar, icons, time::Time},
    forms::Refusal,
    language::texts,
    pages::{
        app_home::projects_of,
        members::{called, members_of},
        projects::CreateForm,
    },
};

/// The projects that changed last; where there are none, the form that makes the first.
#[component]
pub fn Projects(slug: String, projects: Vec<Project>, may_create: bool) -> impl IntoView {
    let texts = texts();
    let all = projects_of(&slug);
    let content = if projects.is_empty() {
        let text = if may_create {
            texts.overview_first_project()
        } else {
            texts.projects_none_wait()
        };
        let refusal = Refusal::default();
        let form = may_create.then(|| view! { <CreateForm slug=slug refusal=&refusal/> });
        view! { <EmptyState title=texts.projects_none() text=text>{form}</EmptyState> }.into_any()
    } else {
        let rows = projects
            .into_iter()
            .map(|project| {
                view! {
                    <li class="row">
                        <span class="row-name">
                            {icons::folder()}
                            <span class="row-title" dir="auto">{project.name}</span>
                        </span>
                        <span class="row-time">
                            <span class="visually-hidden">{texts.overview_changed()} " "</span>
                            <Time at_ms=project.updated_at/>
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="latest-projects">
            <div class="section-head">
                <h2 id="latest-projects">{texts.overview_projects()}</h2>
                <a href=all>{texts.overview_all_projects()}</a>
            </div>
            {content}
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
