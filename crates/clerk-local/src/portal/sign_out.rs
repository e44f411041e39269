//! Signing out of every session of this browser.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::html;

use super::{
    PortalError,
    destination::{leave as leave_portal, own_page, see_other, step},
    layout::{card, page, way_back},
    sign_in::Asked,
    visitor::Visitor,
};
use crate::{BASE_PATH, LocalState, flows};

type Answer = Result<Response, PortalError>;

/// Asks whether to sign out: a link alone changes nothing.
pub async fn ask(
    State(state): State<LocalState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let back = own_page(&state.options().public_url, asked.redirect_url.as_deref());
    let signed_in = match Visitor::find(&state, &headers).await? {
        Some(visitor) => flows::signed_in(&state, &visitor.client).await?,
        None => None,
    };
    let Some((_, user)) = signed_in else {
        return Ok(see_other(&step(BASE_PATH, "sign-in", back.as_ref())));
    };
    let content = html! {
        form method="post" action={ (BASE_PATH) "/portal/sign-out" } {
            (way_back(back.as_ref()))
            button.primary { "Sign out" }
        }
    };
    let lead = html! { p.person { (user.identifier()) } };
    let body = card("Sign out?", &lead, &content, None);
    Ok(page(StatusCode::OK, "Sign out", &body))
}

/// Ends the sessions and returns to the app.
pub async fn leave(
    State(state): State<LocalState>,
    headers: HeaderMap,
    Form(given): Form<Asked>,
) -> Answer {
    let public_url = &state.options().public_url;
    let back = own_page(public_url, given.redirect_url.as_deref());
    let visitor = Visitor::find_or_create(&state, &headers).await?;
    state.remove_all_sessions(&visitor.client).await?;
    let answer = leave_portal(public_url, back.as_ref(), &visitor.client.token);
    Ok(visitor.remember(&state, answer))
}
