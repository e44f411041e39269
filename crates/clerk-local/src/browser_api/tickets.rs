//! `GET /v1/tickets/accept`: where the link of an invitation or of a sign-in token leads.

use axum::{Router, response::Response, routing::get};
use url::Url;

use super::{context::BrowserContext, email_links::see_other};
use crate::{
    LocalState,
    error::Result,
    flows::{
        self,
        ticket::{self, Held},
    },
    state::Invitation,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/tickets/accept", get(accept))
}

/// Goes on to the page where the ticket is used, with the ticket and what is to do there
/// (`__clerk_status`): `sign_in`, `sign_up`, or `complete` where the person is signed in already and
/// the invitation is accepted by the click.
async fn accept(context: BrowserContext) -> Result<Response> {
    let token = context.query.required("ticket")?;
    let held = ticket::read(&context.state, token).await?;
    let (status, page) = match &held {
        Held::SignInToken(_) => ("sign_in", None),
        Held::Invitation(invitation, user) => {
            let user_id = user.as_ref().map(|user| user.id.as_str());
            let status = match user_id {
                None => "sign_up",
                Some(user_id) => match accepted_here(&context, invitation, user_id).await? {
                    true => "complete",
                    false => "sign_in",
                },
            };
            (status, invitation.redirect_url.as_deref())
        }
    };
    let mut target = match page.and_then(|page| Url::parse(page).ok()) {
        Some(page) => page,
        None => portal_page(&context.state)?,
    };
    target
        .query_pairs_mut()
        .append_pair("__clerk_ticket", token)
        .append_pair("__clerk_status", status);
    see_other(&target)
}

/// Accepts the invitation if it is for who is signed in in this browser.
async fn accepted_here(
    context: &BrowserContext,
    invitation: &Invitation,
    user_id: &str,
) -> Result<bool> {
    let Some(client) = &context.client else {
        return Ok(false);
    };
    match flows::signed_in(&context.state, client).await? {
        Some((_, user)) if user.id == user_id => {
            let state = &context.state;
            state.accept_invitation(&invitation.id, user_id).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Where tickets without a page of their own lead (Clerk: the account portal).
fn portal_page(state: &LocalState) -> Result<Url> {
    let page = Url::parse(&state.options().instance_url("/portal/ticket"));
    page.map_err(|error| crate::LocalError::Invalid(format!("the public address: {error}")))
}
