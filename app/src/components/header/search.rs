//! Searching an organization from wherever one is in it.

use leptos::prelude::*;

use crate::{components::icons, language::texts, pages::search::search_of};

/// A field, and on a narrow screen a link to the page that has one.
#[component]
pub fn SearchField(slug: String) -> impl IntoView {
    let texts = texts();
    let address = search_of(&slug);
    view! {
        <form
            class="header-search"
            role="search"
            aria-label=texts.search_everywhere()
            method="get"
            action=address.clone()
        >
            {icons::search()}
            <input
                class="input"
                type="search"
                name="q"
                aria-label=texts.search_everywhere()
                aria-keyshortcuts="/"
                placeholder=texts.search_title()
                autocomplete="off"
                data-key="/"
            />
            <kbd aria-hidden="true">"/"</kbd>
        </form>
        <a class="header-search-link" href=address data-key="/">
            {icons::search()}
            <span class="visually-hidden">{texts.search_everywhere()}</span>
        </a>
    }
    .into_any()
}
