//! `/app` and `/app/{slug}`: nothing to see, only ways on.

use leptos::prelude::*;

use crate::{
    context::request_context,
    error::AppError,
    forms, identity,
    pages::{page, slug_of_address},
    redirects,
};

/// Sends the person to the projects of their active organization, or to choose one.
#[component]
pub fn AppHome() -> impl IntoView {
    page(async {
        let context = request_context()?;
        let session = context.session()?;
        let active = session
            .organization()
            .ok_or(AppError::NoActiveOrganization)?;
        // The token may name an organization that the person has left since.
        let organization = identity::organizations(&context, session)
            .await?
            .into_iter()
            .find(|mine| mine.id == active.id)
            .ok_or(AppError::NoActiveOrganization)?;
        forms::see_other(&projects_of(&organization.slug));
        Ok(())
    })
}

/// Sends the person on to the organization's projects, where access is decided.
#[component]
pub fn OrganizationHome() -> impl IntoView {
    let slug = slug_of_address();
    forms::see_other(&projects_of(&slug));
}

/// The address of an organization's projects.
pub fn projects_of(slug: &str) -> String {
    format!("/app/{}/projects", redirects::segment(slug))
}
