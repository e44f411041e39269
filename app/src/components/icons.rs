//! Icons: 16 by 16, drawn with the text's colour, decoration only.

use leptos::prelude::*;

fn icon(shape: &'static str) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 16 16"
            width="16"
            height="16"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
            inner_html=shape
        ></svg>
    }
    .into_any()
}

/// The product's mark: three tenants under one roof.
pub fn mark() -> impl IntoView {
    icon(
        r#"<path d="M2 6.5 8 2l6 4.5"/><rect x="2.5" y="8.5" width="3" height="5" rx=".6"/><rect x="6.5" y="8.5" width="3" height="5" rx=".6"/><rect x="10.5" y="8.5" width="3" height="5" rx=".6"/>"#,
    )
}

/// Done.
pub fn check() -> impl IntoView {
    icon(r#"<path d="m3 8.5 3.2 3.2L13 4.8"/>"#)
}

/// This opens.
pub fn chevron_down() -> impl IntoView {
    icon(r#"<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>"#)
}

/// Add one.
pub fn plus() -> impl IntoView {
    icon(r#"<path d="M8 3v10M3 8h10"/>"#)
}

/// A person.
pub fn person() -> impl IntoView {
    icon(
        r#"<circle cx="8" cy="5.5" r="2.8"/><path d="M2.8 13.6c.7-2.6 2.7-4 5.2-4s4.5 1.4 5.2 4"/>"#,
    )
}

/// Follow the system's colours.
pub fn monitor() -> impl IntoView {
    icon(r#"<rect x="2" y="3" width="12" height="8" rx="1.2"/><path d="M6 13.5h4"/>"#)
}

/// Light colours.
pub fn sun() -> impl IntoView {
    icon(
        r#"<circle cx="8" cy="8" r="2.6"/><path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1"/>"#,
    )
}

/// Dark colours.
pub fn moon() -> impl IntoView {
    icon(r#"<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z"/>"#)
}

/// More to do with this row.
pub fn dots() -> impl IntoView {
    icon(r#"<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.2"/>"#)
}

/// Take this off.
pub fn cross() -> impl IntoView {
    icon(r#"<path d="m4.5 4.5 7 7M11.5 4.5l-7 7"/>"#)
}

/// Take hold of this.
pub fn grip() -> impl IntoView {
    icon(r#"<path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" stroke-width="2.2"/>"#)
}

/// A project.
pub fn folder() -> impl IntoView {
    icon(
        r#"<path d="M2 4.5c0-.8.6-1.4 1.4-1.4h2.8l1.5 1.7h4.9c.8 0 1.4.6 1.4 1.4v5.3c0 .8-.6 1.4-1.4 1.4H3.4c-.8 0-1.4-.6-1.4-1.4Z"/>"#,
    )
}

/// Where a link leads on.
pub fn arrow_right() -> impl IntoView {
    icon(r#"<path d="M3 8h10M9 4l4 4-4 4"/>"#)
}
