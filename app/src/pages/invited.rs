//! `/invited/{slug}`: where the link of an invitation leads. It shows nothing: whoever has not
//! accepted yet goes on to do so and comes back, everybody else goes on to the organization.

use leptos::prelude::*;

use crate::{
    context::{RequestContext, request_context},
    error::AppError,
    forms, identity,
    pages::{
        overview::overview_of, page, select_organization::SELECT_ORGANIZATION, slug_of_address,
    },
    redirects,
    ticket::Ticket,
};

/// The page's path for the organization `slug`.
pub fn invited_to(slug: &str) -> String {
    format!("/invited/{}", redirects::segment(slug))
}

/// The page.
#[component]
pub fn Invited() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        forms::see_other(&onward(&context, &slug).await?);
        Ok(())
    })
}

async fn onward(context: &RequestContext, slug: &str) -> Result<String, AppError> {
    let ticket = Ticket::of_request();
    let session = match (context.session(), ticket) {
        (Err(AppError::SignedOut), Some(ticket)) => return Ok(ticket.page(&invited_to(slug))),
        // Somebody else than who is invited, or Clerk does not know that it is them: if so, the
        // invitation is there to be accepted.
        (Ok(_), Some(_)) => return Ok(SELECT_ORGANIZATION.to_owned()),
        (session, None) => session?,
        (Err(error), _) => return Err(error),
    };
    // What they have just accepted may be news here. The address says which organization is meant,
    // and not that they belong to it: that is for its own page to say.
    let known = context.store.organizations_of(session).await?;
    if known.iter().all(|mine| mine.slug != slug) {
        identity::catch_up(context, session).await?;
    }
    Ok(overview_of(slug))
}
