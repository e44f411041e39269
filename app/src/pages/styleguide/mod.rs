//! `/styleguide`: the components as they look in each scheme, for developers. Not served with the
//! keys of a production instance, and in English only.

mod identity;

use clerk::keys::InstanceKind;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{
        empty_state::EmptyState,
        field::TextField,
        header::Avatar,
        icons,
        layout::PublicPage,
        pagination::Pagination,
        theme::ThemeSwitch,
        time::Time,
        toast::{Alert, Toast},
    },
    context::request_context,
    error::AppError,
    language::LanguageSwitch,
    pages::page,
};

pub use identity::ClerkStyleguide;

/// Colours that text stands on, and colours of text, by their token.
const COLOURS: [&str; 12] = [
    "bg",
    "surface",
    "subtle",
    "hover",
    "accent",
    "accent-soft",
    "danger-solid",
    "danger-soft",
    "success-soft",
    "text",
    "text-muted",
    "text-link",
];

/// Everything twice: light and dark. The switch at the top adds high contrast.
#[component]
pub fn Styleguide() -> impl IntoView {
    page(async {
        let context = request_context()?;
        if context.config.publishable_key.instance_kind() != InstanceKind::Development {
            return Err(AppError::NotFound);
        }
        let now = context.clock.now_ms();
        Ok(view! {
            <Title text="Style guide"/>
            <PublicPage class="styleguide">
                <Toast/>
                <h1>"Style guide"</h1>
                <p class="page-note">
                    "The tokens stand in style/tokens.css, the components in app/src/components. "
                    <a href="/styleguide?notice=project-created">"With a notice"</a> " · "
                    <a href="/styleguide/clerk">"Clerk's components"</a>
                </p>
                <Specimens scheme="light" now=now/>
                <Specimens scheme="dark" now=now/>
            </PublicPage>
        })
    })
}

#[component]
fn Specimens(scheme: &'static str, now: i64) -> impl IntoView {
    let id = move |name: &str| format!("{scheme}-{name}");
    view! {
        <section class="specimens" data-scheme=scheme aria-labelledby=id("title")>
            <h2 id=id("title")>{scheme}</h2>

            <h3>"Colours"</h3>
            <ul class="swatches">
                {COLOURS
                    .map(|token| view! {
                        <li><span class="swatch" data-token=token></span>{token}</li>
                    })
                    .collect_view()}
            </ul>

            <h3>"Type"</h3>
            <p class="lead">"Lead: one sentence below a headline."</p>
            <p>"Text, with " <a href="#main">"a link"</a> " in it."</p>
            <p class="page-note">"A note, quieter than text."</p>
            <p class="hint">"A hint beside a field."</p>

            <h3>"Buttons"</h3>
            <p class="actions">
                <button class="button button-primary" type="button">"Primary"</button>
                <button class="button" type="button">"Secondary"</button>
                <button class="button button-quiet" type="button">"Quiet"</button>
                <button class="button button-danger" type="button">"Danger"</button>
                <button class="button button-primary button-large" type="button">
                    "Large" {icons::arrow_right()}
                </button>
            </p>
            <div class="actions"><ThemeSwitch/><LanguageSwitch/></div>

            <h3>"Fields"</h3>
            <div class="form">
                <TextField id=id("plain") name="plain" label="Name" value="" error=None placeholder="Acme Inc."/>
                <TextField
                    id=id("hint")
                    name="hinted"
                    label="Slug"
                    value="acme"
                    hint="Stands in the address."
                    error=None
                    required=false
                />
            </div>

            <h3>"Messages"</h3>
            <Alert error=AppError::Unavailable/>
            <EmptyState title="Nothing here yet" text="One sentence that says why, and one thing to do.">
                <button class="button button-primary" type="button">"Do it"</button>
            </EmptyState>

            <h3>"Rows and menus"</h3>
            <ul class="rows">
                {[now, now - 7_200_000, now - 2_000_000_000]
                    .map(|at_ms| view! {
                        <li class="row">
                            <span class="row-name">
                                <Avatar name="Website relaunch"/>
                                <span class="row-title">"Website relaunch"</span>
                            </span>
                            <span class="row-time"><Time at_ms=at_ms/></span>
                            <details class="menu menu-end" data-menu="">
                                <summary class="menu-button">
                                    <span class="visually-hidden">"Actions"</span>
                                    {icons::dots()}
                                </summary>
                                <div class="menu-panel">
                                    <a class="menu-item" href="#main">"Open"</a>
                                    <a class="menu-item menu-item-danger" href="#main">"Delete…"</a>
                                </div>
                            </details>
                        </li>
                    })
                    .collect_view()}
            </ul>
            // A landmark, of which a page has one by each name.
            {(scheme == "light").then(|| view! {
                <Pagination newest=Some("#main".to_owned()) older=Some("#main".to_owned())/>
            })}

            <h3>"Icons"</h3>
            <p class="actions">
                {icons::mark()} {icons::check()} {icons::chevron_down()} {icons::plus()}
                {icons::menu()} {icons::mail()} {icons::person()} {icons::monitor()}
                {icons::sun()} {icons::moon()} {icons::contrast()} {icons::dots()}
                {icons::folder()} {icons::arrow_right()} {icons::cross()} {icons::grip()} {icons::search()}
            </p>
        </section>
    }
    .into_any()
}
