//! Keyset pages: onwards by link, back to the start by link.

use leptos::prelude::*;

/// Links to the neighbouring pages of a list; renders nothing when there is only one page.
#[component]
pub fn Pagination(
    /// The first page's address, when this is not it.
    newest: Option<String>,
    /// The next page's address, when there is one.
    older: Option<String>,
    /// What the first page is called: lists begin with what is newest, or with what is first.
    #[prop(default = "Newest")]
    newest_label: &'static str,
    #[prop(default = "Older")] older_label: &'static str,
) -> impl IntoView {
    (newest.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label="Pages">
                {newest.map(|href| view! { <a class="button" href=href>{newest_label}</a> })}
                {older.map(|href| view! { <a class="button" href=href rel="next">{older_label}</a> })}
            </nav>
        }
    })
}
