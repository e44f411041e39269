//! Searching among the members.

use leptos::prelude::*;

use super::{
    members_of,
    roles::{Choice, named},
    view_state::{ROLE, SEARCH, ViewState},
};
use crate::language::texts;

/// Part of a name or an address, and a role of those that somebody has.
#[component]
pub fn FilterForm<'a>(
    state: &'a ViewState,
    /// Keys of roles, and how many members have each.
    roles: &'a [(String, i64)],
    choices: &'a [Choice],
) -> impl IntoView + use<> {
    let texts = texts();
    let chosen = state.filter.role.clone().unwrap_or_default();
    let total: i64 = roles.iter().map(|(_, count)| count).sum();
    let options = roles
        .iter()
        .map(|(key, count)| {
            let selected = *key == chosen;
            let label = with_count(&named(key, choices), *count);
            view! { <option value=key.clone() selected=selected>{label}</option> }
        })
        .collect_view();
    let everybody = members_of(&state.slug);
    let show_all = (!state.is_unfiltered()).then(|| everybody.clone());
    view! {
        <form class="create-form" method="get" action=everybody role="search">
            <div class="field">
                <label class="visually-hidden" for="member-search">{texts.members_search_text()}</label>
                <input
                    class="input"
                    type="search"
                    id="member-search"
                    name=SEARCH
                    placeholder=texts.members_search_placeholder()
                    value=state.filter.search.clone()
                />
            </div>
            <div class="field">
                <label class="visually-hidden" for="member-role">{texts.members_search_role()}</label>
                <select class="input" id="member-role" name=ROLE>
                    <option value="">{with_count(&texts.members_search_all_roles(), total)}</option>
                    {options}
                </select>
            </div>
            <button class="button" type="submit">{texts.members_search()}</button>
            {show_all.map(|href| view! {
                <a class="button button-quiet" href=href>{texts.members_search_show_all()}</a>
            })}
        </form>
    }
    .into_any()
}

fn with_count(name: &str, count: i64) -> String {
    format!("{name} ({count})")
}
