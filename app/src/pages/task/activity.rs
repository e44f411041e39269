//! What was done with a task, from the audit log.

use leptos::prelude::*;
use store::{Activity, Status};

use super::{Data, status_name};
use crate::{components::time::Time, language::texts};

/// The entries, newest first, folded away.
pub fn activity(data: &Data) -> AnyView {
    let texts = texts();
    let entries = data
        .activity
        .iter()
        .map(|entry| {
            let who = entry.actor.as_ref().map(|user| data.people.name(user));
            let who = who.unwrap_or_else(|| texts.activity_system());
            view! { <li>{what(entry, &who)} " · " <Time at_ms=entry.at/></li> }
        })
        .collect_view();
    view! {
        <section class="task-section" aria-labelledby="activity">
            <h2 id="activity">{texts.activity_title()}</h2>
            <ol class="activity">{entries}</ol>
        </section>
    }
    .into_any()
}

/// What was done by `who`.
fn what(entry: &Activity, who: &str) -> String {
    let texts = texts();
    let change = entry.action.strip_prefix("task.").unwrap_or_default();
    let after = |key: &str| entry.after.as_ref()?.get(key)?.as_str();
    let in_full = match change {
        "due_set" => after("due_on").map(|day| texts.activity_due(who, day)),
        "moved" => after("status")
            .and_then(Status::parse)
            .map(|status| texts.activity_moved(who, status_name(status))),
        _ => None,
    };
    in_full.unwrap_or_else(|| texts.activity_change(who, change))
}
