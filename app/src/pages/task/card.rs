//! A task in a line or on a card: its title, and what can be said about it in a few words.

use leptos::prelude::*;
use store::{Day, Task, TaskCard};

use super::{people::People, status_name, task_of};
use crate::{
    components::{header::Avatar, time::DayOf},
    language::texts,
};

/// The title, which leads to the task's page, with the number before it.
pub fn title_link(slug: &str, task: &Task) -> AnyView {
    let href = task_of(slug, &task.id.to_string());
    view! {
        <span class="count">"#" {task.number} " "</span>
        <a href=href draggable="false">{task.title.clone()}</a>
    }
    .into_any()
}

/// A row of a list. `project` is named where the list is not of one project.
pub fn row(
    slug: &str,
    card: &TaskCard,
    people: &People,
    today: Day,
    project: Option<&str>,
) -> AnyView {
    let project = project.map(|name| view! { <span>{name.to_owned()}</span> });
    view! {
        <li class="row">
            <div class="row-title">
                {title_link(slug, &card.task)}
                <div class="row-facts">{project} {facts(card, people, today)}</div>
            </div>
            <span class="row-status">{status_name(card.task.status)}</span>
        </li>
    }
    .into_any()
}

/// When a task is due, or that it should be done by now.
pub fn due(day: Day, late: bool) -> AnyView {
    let words = texts().tasks_due_on(late);
    view! { {words.s0} <DayOf day=day/> {words.s1} }.into_any()
}

/// Labels, assignee, due date, checklist and comments, as far as there are any.
pub fn facts(card: &TaskCard, people: &People, today: Day) -> AnyView {
    let texts = texts();
    let task = &card.task;
    let labels = card
        .labels
        .iter()
        .map(|label| {
            view! {
                <span class="label" data-colour=label.colour.as_str()>{label.name.clone()}</span>
            }
        })
        .collect_view();
    let assignee = task.assignee.as_ref().map(|user| {
        let name = people.name(user);
        view! {
            <span class="assignee people">
                <span class="visually-hidden">{texts.tasks_assigned_to()} " "</span>
                <Avatar name=name.clone()/>
                {name}
            </span>
        }
    });
    let due = task.due_on.map(|day| {
        let late = day < today && task.status.is_open();
        view! { <span class:due-late=late>{due(day, late)}</span> }
    });
    let checklist = (card.checklist.total > 0).then(|| {
        view! {
            <span>
                <span class="visually-hidden">{texts.tasks_checklist()} " "</span>
                {texts.tasks_done(card.checklist.done, card.checklist.total)}
            </span>
        }
    });
    let comments =
        (card.comments > 0).then(|| view! { <span>{texts.tasks_comments(card.comments)}</span> });
    let anything = !card.labels.is_empty()
        || assignee.is_some()
        || due.is_some()
        || checklist.is_some()
        || comments.is_some();
    if !anything {
        return ().into_any();
    }
    view! { <div class="card-facts">{labels} {assignee} {due} {checklist} {comments}</div> }
        .into_any()
}
