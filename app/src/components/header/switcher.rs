//! The organization switcher: the current one, the others, and ways to more of them.

use leptos::prelude::*;

use super::Avatar;
use crate::{
    components::{icons, later::FillMenus},
    language::texts,
    pages::{overview::overview_of, select_organization::SELECT_ORGANIZATION},
};

/// One of the person's organizations, as the menu shows it.
#[derive(Clone, Debug)]
pub struct OrganizationLink {
    /// Its slug in URLs.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Where its logo is, if it has one.
    pub logo: Option<String>,
    /// What the person is there, in the page's language: "Admin" or "Member".
    pub role: String,
}

/// A menu of links; switching is opening another organization's page. Invitations are asked for
/// when the menu is opened: Clerk has them, and no page waits for that.
#[component]
pub fn Switcher(current: OrganizationLink, organizations: Vec<OrganizationLink>) -> impl IntoView {
    let texts = texts();
    let entries = organizations
        .into_iter()
        .map(|organization| {
            let here = organization.slug == current.slug;
            view! {
                <li>
                    <a
                        class="menu-item"
                        href=overview_of(&organization.slug)
                        aria-current=here.then_some("true")
                    >
                        <Avatar name=organization.name.clone() logo=organization.logo/>
                        <span class="menu-item-text">
                            <span class="truncate" dir="auto">{organization.name}</span>
                            <span class="menu-item-note">{organization.role}</span>
                        </span>
                        {here.then(icons::check)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="menu" data-menu="" data-later=SELECT_ORGANIZATION>
            <summary class="menu-button">
                <Avatar name=current.name.clone() logo=current.logo/>
                <span class="visually-hidden">{texts.organization_menu_current()} " "</span>
                <span class="truncate" dir="auto">{current.name}</span>
                {icons::chevron_down()}
            </summary>
            <nav class="menu-panel" aria-label=texts.organization_menu_label()>
                <ul>{entries}</ul>
                <div class="menu-later" data-later-part="invitations" aria-live="polite"></div>
                <div class="menu-foot">
                    <a class="menu-item" href=SELECT_ORGANIZATION>
                        {icons::mail()}
                        {texts.organization_menu_all()}
                    </a>
                    <a class="menu-item" href=format!("{SELECT_ORGANIZATION}#create")>
                        {icons::plus()}
                        {texts.organization_create()}
                    </a>
                </div>
            </nav>
        </details>
        <FillMenus/>
    }
    .into_any()
}
