//! What was done with a task, from the audit log.

use leptos::prelude::*;
use store::{Activity, Status};

use super::{Data, status_name};
use crate::components::time::Time;

/// The entries, newest first, folded away.
pub fn activity(data: &Data) -> AnyView {
    let entries = data
        .activity
        .iter()
        .map(|entry| {
            let who = entry.actor.as_ref().map(|user| data.people.name(user));
            let who = who.unwrap_or_else(|| "The system".to_owned());
            view! { <li>{who} " " {what(entry)} " · " <Time at_ms=entry.at/></li> }
        })
        .collect_view();
    view! {
        <section class="task-section" aria-labelledby="activity">
            <h2 id="activity">"Activity"</h2>
            <ol class="activity">{entries}</ol>
        </section>
    }
    .into_any()
}

/// What was done, as the end of a sentence.
fn what(entry: &Activity) -> String {
    let after = |key: &str| entry.after.as_ref()?.get(key)?.as_str();
    match entry.action.as_str() {
        "task.created" => "created the task".to_owned(),
        "task.edited" => "changed title or description".to_owned(),
        "task.assigned" => "changed who is to do it".to_owned(),
        "task.due_set" => match after("due_on") {
            Some(day) => format!("set the due date to {day}"),
            None => "took the due date away".to_owned(),
        },
        "task.labeled" => "changed the labels".to_owned(),
        "task.moved" => match after("status").and_then(Status::parse) {
            Some(status) => format!("moved it to {}", status_name(status)),
            None => "moved it".to_owned(),
        },
        "task.checklist_item_added" => "added to the checklist".to_owned(),
        "task.checklist_item_done" => "ticked an item of the checklist".to_owned(),
        "task.checklist_item_renamed" => "rewrote an item of the checklist".to_owned(),
        "task.checklist_item_moved" => "sorted the checklist".to_owned(),
        "task.checklist_item_removed" => "took an item off the checklist".to_owned(),
        "task.commented" => "commented".to_owned(),
        "task.comment_edited" => "edited a comment".to_owned(),
        "task.comment_deleted" => "deleted a comment".to_owned(),
        _ => "changed the task".to_owned(),
    }
}
