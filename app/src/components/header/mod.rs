//! Headers: the public one, and the application's with organization switcher, search, navigation,
//! breadcrumbs and user menu.

mod avatar;
mod breadcrumbs;
mod navigation;
mod search;
mod switcher;
mod user_menu;

use leptos::prelude::*;

use crate::{
    components::{icons, palette::Palette, theme::ThemeSwitch},
    language::texts,
};

pub use avatar::{Avatar, sized};
pub use breadcrumbs::Crumb;
pub use navigation::{INSIGHTS, SECTIONS};
pub use switcher::OrganizationLink;

use breadcrumbs::Breadcrumbs;
use navigation::Navigation;
use search::SearchField;
use switcher::Switcher;
use user_menu::UserMenu;

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

/// The brand alone, for a page on which nothing else works.
#[component]
pub fn BareHeader() -> impl IntoView {
    view! {
        <SkipLink/>
        <header class="header header-public">
            <Brand href="/"/>
        </header>
    }
    .into_any()
}

/// Brand and user menu, and inside of an organization its switcher, search, navigation, breadcrumbs
/// and palette.
#[component]
pub fn AppHeader(
    /// Where in an organization the page stands; none while one is being chosen.
    #[prop(optional)]
    place: Option<Place>,
) -> impl IntoView {
    let (role, switcher, search, below) = match place {
        None => (None, None, None, None),
        Some(place) => {
            let Place {
                current,
                organizations,
                crumbs,
                insights,
            } = place;
            let role = texts().role_in_organization(&current.role, &current.name);
            let search = view! { <SearchField slug=current.slug.clone()/> };
            let step = crumbs.get(1).map(|step| step.href.clone());
            let below = view! {
                <div class="subheader">
                    <Navigation slug=current.slug.clone() step=step insights=insights/>
                    <Breadcrumbs crumbs=crumbs/>
                </div>
                <Palette slug=current.slug.clone()/>
            };
            let switcher = view! {
                <span class="header-slash" aria-hidden="true">"/"</span>
                <Switcher current=current organizations=organizations/>
            };
            (Some(role), Some(switcher), Some(search), Some(below))
        }
    };
    view! {
        <SkipLink/>
        <header class="header">
            <Brand href="/app"/>
            {switcher}
            <div class="header-end">
                {search}
                <UserMenu role=role/>
            </div>
        </header>
        {below}
    }
    .into_any()
}

/// Where in an organization a page stands.
pub struct Place {
    /// The organization.
    pub current: OrganizationLink,
    /// All of the person's organizations.
    pub organizations: Vec<OrganizationLink>,
    /// The way to the page, itself last.
    pub crumbs: Vec<Crumb>,
    /// Whether the person may open the organization's insights.
    pub insights: bool,
}
