//! First step of signing in: whom.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::has_password;
use crate::{
    flows::sign_in::{self, Preparation},
    portal::{
        Answer,
        already::already,
        form::{Field, Refusal},
        layout::step_page,
        visit::{Sent, Visit, correctable},
    },
    state::Limited,
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    identifier: String,
}

/// Asks for the address.
pub async fn ask(visit: Visit) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    Ok(page(&visit, "", Refusal::default()))
}

/// Begins the sign-in; a person without password is sent a code at once.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let visitor = visit.visitor_or_new().await?;
    let state = &visit.state;
    visit.limit(Limited::CreateSignIn)?;
    let begun = sign_in::start(state, &visitor.client, Some(&given.identifier)).await;
    let answer = match correctable(begun)? {
        Ok(attempt) if has_password(state, &attempt).await? => visit.go_to("sign-in/password"),
        Ok(attempt) => {
            let code = Preparation::EmailCode {
                email_address_id: None,
            };
            sign_in::prepare(state, attempt, code).await?;
            visit.go_to("sign-in/code")
        }
        Err(error) => page(&visit, &given.identifier, Refusal::of(&error)),
    };
    Ok(visitor.remember(state, answer))
}

fn page(visit: &Visit, typed: &str, refusal: Refusal<'_>) -> Response {
    let heading = format!("Sign in to {}", visit.state.options().application_name);
    let field = Field {
        value: typed,
        error: refusal.text(),
        autofocus: true,
        ..Field::new("identifier", "Email address", "email", "username")
    };
    let fields = html! {
        (field.render())
        button.primary { "Continue" }
    };
    let lead = html! { p.lead { "Welcome back. Please sign in to continue." } };
    let content = visit.form("sign-in", &fields);
    let footer = html! { "No account yet? " a href=(visit.link("sign-up")) { "Sign up" } };
    step_page(&heading, refusal, &lead, &content, Some(&footer))
}
