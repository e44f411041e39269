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
) -> impl IntoView {
    (newest.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=texts().pages_label()>
                {newest.map(|href| view! { <a class="button" href=href>{texts().pages_newest()}</a> })}
                {older.map(|href| view! { <a class="button" href=href rel="next">{texts().pages_older()}</a> })}
            </nav>
        }
    })
}
