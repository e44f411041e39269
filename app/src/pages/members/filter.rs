//! Searching among the members.

use leptos::prelude::*;

use super::{
    list::named,
    members_of,
    roles::Choice,
    view_state::{ROLE, SEARCH, ViewState},
};

/// Part of a name or an address, and a role of those that somebody has.
#[component]
pub fn FilterForm<'a>(
    state: &'a ViewState,
    /// Keys of roles, and how many members have each.
    roles: &'a [(String, i64)],
    choices: &'a [Choice],
) -> impl IntoView + use<> {
    let chosen = state.filter.role.clone().unwrap_or_default();
    let total: i64 = roles.iter().map(|(_, count)| count).sum();
    let options = roles
        .iter()
        .map(|(key, count)| {
            let selected = *key == chosen;
            let label = format!("{} ({count})", named(key, choices));
            view! { <option value=key.clone() selected=selected>{label}</option> }
        })
        .collect_view();
    let everybody = members_of(&state.slug);
    let show_all = (!state.is_unfiltered()).then(|| everybody.clone());
    view! {
        <form class="create-form" method="get" action=everybody role="search">
            <div class="field">
                <label class="visually-hidden" for="member-search">"Name or email address"</label>
                <input
                    class="input"
                    type="search"
                    id="member-search"
                    name=SEARCH
                    placeholder="Search members"
                    value=state.filter.search.clone()
                />
            </div>
            <div class="field">
                <label class="visually-hidden" for="member-role">"Members with the role"</label>
                <select class="input" id="member-role" name=ROLE>
                    <option value="">{format!("All roles ({total})")}</option>
                    {options}
                </select>
            </div>
            <button class="button" type="submit">"Search"</button>
            {show_all.map(|href| view! {
                <a class="button button-quiet" href=href>"Show all"</a>
            })}
        </form>
    }
    .into_any()
}
