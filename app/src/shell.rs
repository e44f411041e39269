//! The document around every page, and the routes.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    context::RequestContext,
    forms,
    hydration::Hydration,
    language::{self, Language},
    pages::{
        app_home::AppHome,
        go::Go,
        insights::InsightsPage,
        invited::Invited,
        landing::Landing,
        members::MembersPage,
        my_tasks::MyTasks,
        not_found::NotFound,
        offline::{OFFLINE, Offline},
        overview::Overview,
        people::People,
        project::ProjectPage,
        projects::Projects,
        search::SearchPage,
        select_organization::SelectOrganization,
        settings::{AuditPage, ExportPage, SettingsPage},
        shortcuts::Shortcuts,
        sign_in::SignInPage,
        sign_up::SignUpPage,
        styleguide::{ClerkStyleguide, Styleguide},
        task::TaskPage,
        user::{DataPage, PreferencesPage, UserPage},
    },
    raw_text,
    transitions::Transitions,
};

/// The typeface of most letters, loaded early; `style/fonts.css` has all of it.
const TYPEFACE: &str = "/fonts/geist-5.3.0-basic.woff2";

/// The whole document of one response. The server must have given Leptos an executor before.
pub fn shell(context: RequestContext) -> impl IntoView {
    let config = context.config.clone();
    let nonce = context.nonce.as_str().to_owned();
    context.provide();
    let language = Language::of_request();
    language::say_which(language);
    let reload = config.reload_script.clone().map(|src| {
        view! { <script type="module" nonce=nonce.clone() src=src></script> }
    });
    let for_transitions = nonce.clone();
    // Without a network that page has to do with what it brings along.
    let hydration = (forms::own_path() != OFFLINE).then(|| {
        view! { <Hydration assets=config.assets.clone() nonce=nonce/> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=language.texts().site_description()/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="stylesheet" href=config.assets.css.clone()/>
                <Transitions nonce=for_transitions/>
                <link
                    rel="preload"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                    href=TYPEFACE
                />
                {hydration}
                {reload}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The routes. Any other address is a 404.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=title/>
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Landing ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/invited/:slug") view=Invited ssr=SsrMode::Async/>
                <Route
                    path=path!("/select-organization")
                    view=SelectOrganization
                    ssr=SsrMode::Async
                />
                <Route path=path!("/user") view=UserPage ssr=SsrMode::Async/>
                <Route path=path!("/user/preferences") view=PreferencesPage ssr=SsrMode::Async/>
                <Route path=path!("/user/data") view=DataPage ssr=SsrMode::Async/>
                <Route path=path!("/styleguide/clerk") view=ClerkStyleguide ssr=SsrMode::Async/>
                <Route path=path!("/styleguide") view=Styleguide ssr=SsrMode::Async/>
                <Route path=path!("/shortcuts") view=Shortcuts ssr=SsrMode::Async/>
                <Route path=path!("/offline") view=Offline ssr=SsrMode::Async/>
                <Route path=path!("/app") view=AppHome ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug") view=Overview ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/projects") view=Projects ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/projects/:id") view=ProjectPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/tasks/:id") view=TaskPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/my-tasks") view=MyTasks ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/go") view=Go ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/people") view=People ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/search") view=SearchPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/insights") view=InsightsPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/members") view=MembersPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/settings/audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/app/:slug/settings/export") view=ExportPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

/// The text of `<title>`. Leptos writes it into the page as it is, so names are escaped here.
fn title(of_page: String) -> String {
    let of_page = raw_text::escaped(&of_page);
    if of_page.is_empty() {
        "Tenantry".to_owned()
    } else {
        format!("{of_page} · Tenantry")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_typeface_that_is_loaded_early_is_the_one_that_the_style_sheet_names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(root.join("public").join(&TYPEFACE[1..]).is_file());
        let style = std::fs::read_to_string(root.join("style/fonts.css")).unwrap();
        assert!(style.contains(&format!("url(\"{TYPEFACE}\")")));
    }
}
