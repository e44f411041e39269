//! `/app`: nothing to see, only a way on.

use leptos::prelude::*;

use crate::{
    context::request_context,
    error::AppError,
    forms, identity,
    pages::{overview::overview_of, page},
    redirects,
};

/// Sends the person to their active organization, or to choose one.
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
        forms::see_other(&overview_of(&organization.slug));
        Ok(())
    })
}

/// The address of an organization's projects.
pub fn projects_of(slug: &str) -> String {
    format!("/app/{}/projects", redirects::segment(slug))
}
