//! The page for a browser in which somebody is signed in: nothing to prove, two ways to go on.

use axum::response::Response;
use maud::html;

use super::{form::Refusal, layout::step_page, visit::Visit};
use crate::{BASE_PATH, error::Result};

/// The page, if somebody is signed in.
///
/// # Errors
/// When the database fails.
pub async fn already(visit: &Visit) -> Result<Option<Response>> {
    let Some((visitor, _, user)) = visit.signed_in().await? else {
        return Ok(None);
    };
    let lead = html! { p.person { (user.identifier()) } };
    let content = html! {
        p.lead { "You are signed in in this browser." }
        a.primary.button href=(visit.onward(visitor)) { "Continue" }
        form method="post" action={ (BASE_PATH) "/portal/sign-out" } {
            button { "Sign out" }
        }
    };
    let heading = "You are already signed in";
    let shown = step_page(heading, Refusal::default(), &lead, &content, None);
    Ok(Some(shown))
}
