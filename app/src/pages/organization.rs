//! The frame of every page of an organization.

use clerk::session::Session;
use leptos::prelude::*;
use leptos_meta::Title;
use store::{OrganizationView, Role};

use crate::{
    clerk::session_keeper::KeepSession,
    components::{
        header::{AppHeader, Crumb, OrganizationLink, Place},
        layout::{MAIN, Manners},
    },
    context::RequestContext,
    error::AppError,
    forms, identity,
    language::texts,
    pages::overview::overview_of,
};

/// Header with switcher and navigation, one main region. For a page right below its
/// organization.
///
/// # Errors
/// What [`identity::organizations`] says.
pub async fn organization_page(
    context: &RequestContext,
    session: &Session,
    title: &str,
    organization: &OrganizationView,
    role: Role,
    content: AnyView,
) -> Result<impl IntoView + use<>, AppError> {
    page_below(context, session, &[], title, organization, role, content).await
}

/// The same for a page that stands below others, such as a project's below the list: `above` is
/// the way to it from the organization.
///
/// # Errors
/// What [`identity::organizations`] says.
pub async fn page_below(
    context: &RequestContext,
    session: &Session,
    above: &[Crumb],
    title: &str,
    organization: &OrganizationView,
    role: Role,
    content: AnyView,
) -> Result<impl IntoView + use<>, AppError> {
    let organizations = identity::organizations(context, session)
        .await?
        .into_iter()
        .map(|mine| OrganizationLink {
            slug: mine.slug,
            name: mine.name,
            role: role_name(mine.role),
        })
        .collect();
    let current = OrganizationLink {
        slug: organization.slug.clone(),
        name: organization.name.clone(),
        role: role_name(role),
    };
    let home = overview_of(&organization.slug);
    let path = forms::own_path();
    // The organization's own page is the way's first step.
    let mut crumbs = Vec::new();
    if path != home {
        crumbs.push(Crumb {
            name: organization.name.clone(),
            href: home,
        });
    }
    crumbs.extend_from_slice(above);
    crumbs.push(Crumb {
        name: title.to_owned(),
        href: path,
    });
    let title = if title == organization.name {
        title.to_owned()
    } else {
        format!("{title} · {}", organization.name)
    };
    let place = Place {
        current,
        organizations,
        crumbs,
    };
    Ok(view! {
        <Title text=title/>
        <AppHeader place=place/>
        <main id=MAIN tabindex="-1">{content}</main>
        <Manners/>
        <KeepSession context=context session=session/>
    })
}

/// How a role is called.
pub fn role_name(role: Role) -> String {
    let texts = texts();
    match role {
        Role::Admin => texts.role_admin(),
        Role::Member => texts.role_member(),
        Role::Custom => texts.role_guest(),
    }
}
