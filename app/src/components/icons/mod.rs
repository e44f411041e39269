//! Icons of Lucide (lucide.dev, 1.62; ISC, see `LICENSE` beside this file), drawn with the text's
//! colour. Decoration only: what an icon means is said in words beside it.

use leptos::prelude::*;

fn icon(shape: &'static str) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            width="16"
            height="16"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
            inner_html=shape
        ></svg>
    }
    .into_any()
}

/// The product's own mark: three tenants under one roof.
pub fn mark() -> impl IntoView {
    icon(
        r#"<path d="M3 10 12 3l9 7"/><rect x="3.5" y="13" width="4.5" height="7.5" rx="1"/><rect x="9.75" y="13" width="4.5" height="7.5" rx="1"/><rect x="16" y="13" width="4.5" height="7.5" rx="1"/>"#,
    )
}

/// Done (`check`).
pub fn check() -> impl IntoView {
    icon(r#"<path d="M20 6 9 17l-5-5"/>"#)
}

/// This opens (`chevron-down`).
pub fn chevron_down() -> impl IntoView {
    icon(r#"<path d="m6 9 6 6 6-6"/>"#)
}

/// Add one (`plus`).
pub fn plus() -> impl IntoView {
    icon(r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#)
}

/// The way to everything else (`menu`).
pub fn menu() -> impl IntoView {
    icon(r#"<path d="M4 5h16"/><path d="M4 12h16"/><path d="M4 19h16"/>"#)
}

/// A message to somebody (`mail`).
pub fn mail() -> impl IntoView {
    icon(
        r#"<path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/><rect x="2" y="4" width="20" height="16" rx="2"/>"#,
    )
}

/// A person (`user`).
pub fn person() -> impl IntoView {
    icon(r#"<path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/>"#)
}

/// Follow the system's colours (`monitor`).
pub fn monitor() -> impl IntoView {
    icon(
        r#"<rect width="20" height="14" x="2" y="3" rx="2"/><path d="M8 21h8"/><path d="M12 17v4"/>"#,
    )
}

/// Light colours (`sun`).
pub fn sun() -> impl IntoView {
    icon(
        r#"<circle cx="12" cy="12" r="4"/><path d="M12 2v2"/><path d="M12 20v2"/><path d="m4.93 4.93 1.41 1.41"/><path d="m17.66 17.66 1.41 1.41"/><path d="M2 12h2"/><path d="M20 12h2"/><path d="m6.34 17.66-1.41 1.41"/><path d="m19.07 4.93-1.41 1.41"/>"#,
    )
}

/// Dark colours (`moon`).
pub fn moon() -> impl IntoView {
    icon(
        r#"<path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401"/>"#,
    )
}

/// Much contrast (`contrast`).
pub fn contrast() -> impl IntoView {
    icon(r#"<circle cx="12" cy="12" r="10"/><path d="M12 18a6 6 0 0 0 0-12v12z"/>"#)
}

/// More to do with this row (`ellipsis`).
pub fn dots() -> impl IntoView {
    icon(
        r#"<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>"#,
    )
}

/// A project (`folder`).
pub fn folder() -> impl IntoView {
    icon(
        r#"<path d="M20 20a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-7.9a2 2 0 0 1-1.69-.9L9.6 3.9A2 2 0 0 0 7.93 3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z"/>"#,
    )
}

/// Where a link leads on (`arrow-right`).
pub fn arrow_right() -> impl IntoView {
    icon(r#"<path d="M5 12h14"/><path d="m12 5 7 7-7 7"/>"#)
}

/// Take this off (`x`).
pub fn cross() -> impl IntoView {
    icon(r#"<path d="M18 6 6 18"/><path d="m6 6 12 12"/>"#)
}

/// Take hold of this (`grip-vertical`).
pub fn grip() -> impl IntoView {
    icon(
        r#"<circle cx="9" cy="12" r="1"/><circle cx="9" cy="5" r="1"/><circle cx="9" cy="19" r="1"/><circle cx="15" cy="12" r="1"/><circle cx="15" cy="5" r="1"/><circle cx="15" cy="19" r="1"/>"#,
    )
}

/// Look for something (`search`).
pub fn search() -> impl IntoView {
    icon(r#"<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>"#)
}

/// Nothing comes in (`shield-check`).
pub fn shield() -> impl IntoView {
    icon(
        r#"<path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/>"#,
    )
}

/// As it happens (`radio`).
pub fn radio() -> impl IntoView {
    icon(
        r#"<path d="M16.247 7.761a6 6 0 0 1 0 8.478"/><path d="M19.075 4.933a10 10 0 0 1 0 14.134"/><path d="M4.925 19.067a10 10 0 0 1 0-14.134"/><path d="M7.753 16.239a6 6 0 0 1 0-8.478"/><circle cx="12" cy="12" r="2"/>"#,
    )
}

/// At once (`zap`).
pub fn zap() -> impl IntoView {
    icon(
        r#"<path d="M15.914 4a1.5 1.5 0 00-2.474-1.561l-9 9A1.5 1.5 0 005.5 14h4.002a.5.5 0 01.471.666L8.086 20a1.5 1.5 0 002.475 1.56l9-9A1.5 1.5 0 0018.5 10h-3.997a.5.5 0 01-.472-.667z"/>"#,
    )
}

/// Who may come in (`key-round`).
pub fn key() -> impl IntoView {
    icon(
        r#"<path d="M2.586 17.414A2 2 0 0 0 2 18.828V21a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h1a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h.172a2 2 0 0 0 1.414-.586l.814-.814a6.5 6.5 0 1 0-4-4z"/><circle cx="16.5" cy="7.5" r=".5" fill="currentColor"/>"#,
    )
}

/// By keyboard (`command`).
pub fn command() -> impl IntoView {
    icon(r#"<path d="M15 6v12a3 3 0 1 0 3-3H6a3 3 0 1 0 3 3V6a3 3 0 1 0-3 3h12a3 3 0 1 0-3-3"/>"#)
}

/// All that is written down (`scroll-text`).
pub fn scroll() -> impl IntoView {
    icon(
        r#"<path d="M15 12h-5"/><path d="M15 8h-5"/><path d="M19 17V5a2 2 0 0 0-2-2H4"/><path d="M8 21h12a2 2 0 0 0 2-2v-1a1 1 0 0 0-1-1H11a1 1 0 0 0-1 1v1a2 2 0 1 1-4 0V5a2 2 0 1 0-4 0v2a1 1 0 0 0 1 1h3"/>"#,
    )
}

/// There is no network (`wifi-off`).
pub fn no_network() -> impl IntoView {
    icon(
        r#"<path d="M12 20h.01"/><path d="M8.5 16.429a5 5 0 0 1 7 0"/><path d="M5 12.859a10 10 0 0 1 5.17-2.69"/><path d="M19 12.859a10 10 0 0 0-2.007-1.523"/><path d="M2 8.82a15 15 0 0 1 4.177-2.643"/><path d="M22 8.82a15 15 0 0 0-11.288-3.764"/><path d="m2 2 20 20"/>"#,
    )
}
