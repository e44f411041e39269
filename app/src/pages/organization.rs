//! The frame of every page of an organization.

use clerk::session::Session;
use leptos::prelude::*;
use leptos_meta::Title;
use store::{OrganizationView, Role};

use crate::{
    clerk::session_keeper::KeepSession,
    components::{
        header::{AppHeader, OrganizationLink},
        layout::{MAIN, Manners},
    },
    context::RequestContext,
    error::AppError,
    identity,
};

/// Header with the organization's menu, one main region.
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
    let title = format!("{title} · {}", organization.name);
    Ok(view! {
        <Title text=title/>
        <AppHeader current=Some(current) organizations=organizations/>
        <main id=MAIN tabindex="-1">{content}</main>
        <Manners/>
        <KeepSession context=context session=session/>
    })
}

/// How a role is called.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "Admin",
        Role::Member => "Member",
        Role::Custom => "Guest",
    }
}
