//! What changed lately, in words, with the ways there.

use leptos::prelude::*;
use store::{About, AuditActor, NewsItem};

use crate::{
    components::time::Time,
    language::texts,
    pages::{
        project::address::project_of,
        task::{people::People, status_name, task_of},
    },
};

/// The items, latest first.
#[component]
pub fn News<'a>(slug: &'a str, items: &'a [NewsItem], people: &'a People) -> impl IntoView + use<> {
    let texts = texts();
    let rows = items
        .iter()
        .map(|item| {
            view! {
                <li class="news-item">
                    <span>{sentence(slug, item, people)}</span>
                    <Time at_ms=item.at/>
                </li>
            }
        })
        .collect_view();
    let content = if items.is_empty() {
        view! { <p class="page-note">{texts.overview_no_news()}</p> }.into_any()
    } else {
        view! { <ol class="news">{rows}</ol> }.into_any()
    };
    view! {
        <section aria-labelledby="news">
            <div class="section-head">
                <h2 id="news">{texts.overview_news()}</h2>
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// Who did what to what.
fn sentence(slug: &str, item: &NewsItem, people: &People) -> AnyView {
    let texts = texts();
    let who = match &item.actor {
        AuditActor::Person(id) => people.name(id),
        AuditActor::System => texts.activity_system(),
    };
    // In message files a dot has a meaning of its own.
    let action = item.action.replace('.', "_");
    let link = match &item.about {
        About::Person(user) => return texts.news_person(&action, people.name(user)).into_any(),
        About::Project { id, name } => {
            let href = project_of(slug, &id.to_string());
            view! { <a href=href dir="auto">{name.clone()}</a> }
        }
        About::Task { id, title, .. } => {
            let href = task_of(slug, &id.to_string());
            view! { <a href=href dir="auto">{title.clone()}</a> }
        }
    };
    match item.status {
        Some(status) if item.action == "task.moved" => {
            let words = texts.news_moved(&who, status_name(status));
            view! { {words.s0} {link} {words.s1} }.into_any()
        }
        _ => {
            let words = texts.news_work(&who, &action);
            view! { {words.s0} {link} {words.s1} }.into_any()
        }
    }
}

/// Everybody who is named in the items.
pub fn named(items: &[NewsItem]) -> impl Iterator<Item = clerk::ids::UserId> {
    items.iter().flat_map(|item| {
        let actor = match &item.actor {
            AuditActor::Person(id) => Some(id.clone()),
            AuditActor::System => None,
        };
        let about = match &item.about {
            About::Person(id) => Some(id.clone()),
            About::Project { .. } | About::Task { .. } => None,
        };
        actor.into_iter().chain(about)
    })
}
