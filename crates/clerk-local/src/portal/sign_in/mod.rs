//! Signing in: email address, then password, an emailed code or an emailed link, or an account at a
//! provider; then the second factor of people who have one.

pub mod code;
pub mod email;
pub mod link;
pub mod password;
pub mod reset;
pub mod second_factor;
pub mod social;

use axum::response::Response;
use maud::{Markup, html};

use super::{visit::Visit, visitor::Visitor};
use crate::{
    LocalState,
    error::Result,
    flows::sign_in::{self, Preparation},
    state::{SignIn, SignInStatus},
};

/// The sign-in under way in this browser, once a person is named.
async fn current(visit: &Visit) -> Result<Option<(&Visitor, SignIn)>> {
    at(visit, SignInStatus::NeedsFirstFactor).await
}

/// The sign-in under way in this browser, if it stands at this step.
async fn at(visit: &Visit, step: SignInStatus) -> Result<Option<(&Visitor, SignIn)>> {
    let Some(visitor) = &visit.visitor else {
        return Ok(None);
    };
    let attempt = visit.state.sign_in_of_client(&visitor.client).await?;
    let open = attempt.filter(|it| it.detail.status == step);
    Ok(open.map(|attempt| (visitor, attempt)))
}

/// Where a right proof leads: to the second factor, to a new password, or back to the app.
pub fn onward(visit: &Visit, visitor: &Visitor, attempt: &SignIn) -> Response {
    match attempt.detail.status {
        SignInStatus::NeedsSecondFactor => visit.go_to("sign-in/second-factor"),
        SignInStatus::NeedsNewPassword => visit.go_to("sign-in/reset-password"),
        _ => visit.finish(visitor),
    }
}

/// Where a named person goes on: without a password, they are sent a code at once.
async fn first_factor(visit: &Visit, attempt: SignIn) -> Result<Response> {
    if has_password(&visit.state, &attempt).await? {
        return Ok(visit.go_to("sign-in/password"));
    }
    let code = Preparation::EmailCode {
        email_address_id: None,
    };
    sign_in::prepare(&visit.state, attempt, code).await?;
    Ok(visit.go_to("sign-in/code"))
}

async fn has_password(state: &LocalState, attempt: &SignIn) -> Result<bool> {
    let user = state.user_of_sign_in(attempt).await?;
    Ok(user.is_some_and(|user| user.password_digest.is_some()))
}

fn code_form(visit: &Visit, label: &str) -> Markup {
    visit.buttons("sign-in/send-code", &html! { button { (label) } })
}

/// The way by a link, where the instance sends links.
fn link_form(visit: &Visit) -> Option<Markup> {
    let button = html! { button { "Email me a link instead" } };
    let links = visit.state.options().email_links;
    links.then(|| visit.buttons("sign-in/send-link", &button))
}

fn person(attempt: &SignIn) -> Markup {
    let name = attempt.detail.identifier.as_deref().unwrap_or_default();
    html! { p.person { (name) } }
}

fn other(visit: &Visit) -> Markup {
    html! { a href=(visit.link("sign-in")) { "Use another email address" } }
}
