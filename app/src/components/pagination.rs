//! Keyset pages: onwards by link, back to the start by link.

use leptos::prelude::*;

use crate::language::texts;

/// Links to the neighbouring pages of a list; renders nothing when there is only one page.
#[component]
pub fn Pagination(
    /// The first page's address, when this is not it.
    newest: Option<String>,
    /// The next page's address, when there is one.
    older: Option<String>,
    /// Whether the list begins with what is first by name, rather than with what is newest.
    #[prop(optional)]
    by_name: bool,
) -> impl IntoView {
    let texts = texts();
    let (first, next) = match by_name {
        true => (texts.pages_first(), texts.pages_next()),
        false => (texts.pages_newest(), texts.pages_older()),
    };
    (newest.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=texts.pages_label()>
                {newest.map(|href| view! { <a class="button" href=href>{first}</a> })}
                {older.map(|href| view! { <a class="button" href=href rel="next">{next}</a> })}
            </nav>
        }
    })
}
