//! Whose entries, about what, of which days.

use leptos::prelude::*;
use store::audit_actions;

use super::{
    address::{Address, SYSTEM},
    audit_of,
};
use crate::{
    components::select::{Choice, Select},
    language::texts,
    pages::{members::ToChoose, task::people::People},
};

/// A form that only reads: it becomes the address.
#[component]
pub fn FilterForm<'a>(
    address: &'a Address,
    members: &'a ToChoose,
    people: &'a People,
) -> impl IntoView + use<> {
    let texts = texts();
    let mut actors = vec![
        Choice::new("", texts.audit_anybody()),
        Choice::new(SYSTEM, texts.audit_system()),
    ];
    // Who left is asked for by a link; the form keeps it.
    let asked = address.user();
    let chosen = asked.as_ref().map(|user| {
        let name = people.known(user).unwrap_or_else(|| user.to_string());
        (user.as_str(), name)
    });
    actors.extend(members.choices(chosen));
    let mut actions = vec![Choice::new("", texts.audit_anything())];
    actions.extend(
        audit_actions()
            .into_iter()
            .map(|action| Choice::new(action, action)),
    );
    let all = audit_of(&address.slug);
    let show_all = (!address.is_unfiltered()).then(|| all.clone());
    view! {
        <form class="filters" method="get" action=all aria-label=texts.audit_filter()>
            {members.search_field("find-actor")}
            <Select id="by-actor" name="actor" label=texts.audit_actor() choices=actors
                chosen=address.actor.clone()/>
            <Select id="by-action" name="action" label=texts.audit_action() choices=actions
                chosen=address.action.clone()/>
            <div class="field">
                <label for="from-day">{texts.audit_from()}</label>
                <input class="input" type="date" id="from-day" name="from" value=address.from.clone()/>
            </div>
            <div class="field">
                <label for="to-day">{texts.audit_to()}</label>
                <input class="input" type="date" id="to-day" name="to" value=address.to.clone()/>
            </div>
            <button class="button" type="submit">{texts.audit_show()}</button>
            {show_all.map(|href| view! {
                <a class="button button-quiet" href=href>{texts.audit_show_all()}</a>
            })}
        </form>
    }
    .into_any()
}
