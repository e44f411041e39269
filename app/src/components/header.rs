//! Headers: the public one, and the application's with its organization menu and user menu.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::{
    components::{icons, theme::ThemeSwitch},
    export,
    language::{LanguageSwitch, texts},
    pages::sign_out::SignOut,
    redirects,
};

/// One of the person's organizations, as the menu shows it.
#[derive(Clone, Debug)]
pub struct OrganizationLink {
    /// Its slug in URLs.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What the person is there: "Admin" or "Member", in the page's language.
    pub role: String,
}

#[component]
fn Brand(href: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            {icons::mark()}
            <span>"Tenantry"</span>
        </a>
    }
    .into_any()
}

#[component]
fn SkipLink() -> impl IntoView {
    view! { <a class="skip-link" href="#main">{texts().skip_to_content()}</a> }.into_any()
}

/// Brand, theme, and the way in.
#[component]
pub fn PublicHeader(
    /// Whether somebody is signed in; `None` shows neither way in nor way on.
    signed_in: Option<bool>,
) -> impl IntoView {
    let texts = texts();
    let ways = signed_in.map(|signed_in| {
        if signed_in {
            view! { <a class="button button-primary" href="/app">{texts.open_app()}</a> }.into_any()
        } else {
            view! {
                <a class="button button-quiet" href="/sign-in">{texts.sign_in()}</a>
                <a class="button button-primary" href="/sign-up">{texts.get_started()}</a>
            }
            .into_any()
        }
    });
    view! {
        <SkipLink/>
        <header class="header header-public">
            <Brand href="/"/>
            <div class="header-end">
                <ThemeSwitch/>
                {ways}
            </div>
        </header>
    }
    .into_any()
}

/// Brand, organization menu and user menu.
#[component]
pub fn AppHeader(
    /// The organization that is open; none while one is being chosen.
    current: Option<OrganizationLink>,
    /// All of the person's organizations.
    organizations: Vec<OrganizationLink>,
) -> impl IntoView {
    let role = current
        .as_ref()
        .map(|current| texts().role_in_organization(&current.role, &current.name));
    view! {
        <SkipLink/>
        <header class="header">
            <Brand href="/app"/>
            {current.map(|current| view! {
                <span class="header-slash" aria-hidden="true">"/"</span>
                <OrganizationMenu current=current organizations=organizations/>
            })}
            <div class="header-end">
                <UserMenu role=role/>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn OrganizationMenu(
    current: OrganizationLink,
    organizations: Vec<OrganizationLink>,
) -> impl IntoView {
    let entries = organizations
        .into_iter()
        .map(|organization| {
            let here = organization.slug == current.slug;
            let href = format!("/app/{}/projects", redirects::segment(&organization.slug));
            view! {
                <li>
                    <a class="menu-item" href=href aria-current=here.then_some("true")>
                        <Avatar name=organization.name.clone()/>
                        <span class="menu-item-text">
                            <span class="truncate">{organization.name}</span>
                            <span class="menu-item-note">{organization.role}</span>
                        </span>
                        {here.then(icons::check)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let texts = texts();
    let home = format!("/app/{}", redirects::segment(&current.slug));
    let (members, settings) = (format!("{home}/members"), format!("{home}/settings"));
    view! {
        <details class="menu" data-menu="">
            <summary class="menu-button">
                <Avatar name=current.name.clone()/>
                <span class="visually-hidden">{texts.organization_menu_current()} " "</span>
                <span class="truncate">{current.name}</span>
                {icons::chevron_down()}
            </summary>
            <nav class="menu-panel" aria-label=texts.organization_menu_label()>
                <ul>{entries}</ul>
                <div class="menu-foot">
                    <a class="menu-item" href=members>
                        {icons::person()}
                        {texts.members_title()}
                    </a>
                    <a class="menu-item" href=settings>
                        {icons::folder()}
                        {texts.settings_title()}
                    </a>
                    <a class="menu-item" href="/select-organization#create">
                        {icons::plus()}
                        {texts.organization_create()}
                    </a>
                </div>
            </nav>
        </details>
    }
    .into_any()
}

#[component]
fn UserMenu(role: Option<String>) -> impl IntoView {
    let texts = texts();
    view! {
        <details class="menu menu-end" data-menu="">
            <summary class="menu-button">
                {icons::person()}
                <span class="hide-narrow">{texts.account()}</span>
                <span class="visually-hidden show-narrow">{texts.account()}</span>
                {icons::chevron_down()}
            </summary>
            <div class="menu-panel">
                {role.map(|role| view! { <p class="menu-note">{role}</p> })}
                <div class="menu-row">
                    <span>{texts.theme_label()}</span>
                    <ThemeSwitch/>
                </div>
                <div class="menu-row">
                    <span>{texts.language_label()}</span>
                    <LanguageSwitch/>
                </div>
                <form class="menu-foot" method="post" action=export::PERSON_FORM>
                    <button class="menu-item" type="submit">{texts.account_download()}</button>
                </form>
                <form class="menu-foot" method="post" action=SignOut::PATH>
                    <button class="menu-item" type="submit">{texts.account_sign_out()}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The first letter of a name on a tile, decoration only.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    let letter = name
        .chars()
        .find(|c| c.is_alphanumeric())
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_else(|| "·".to_owned());
    view! { <span class="avatar" aria-hidden="true">{letter}</span> }.into_any()
}
