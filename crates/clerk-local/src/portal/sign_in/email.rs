//! First step of signing in: whom.

use axum::{extract::Query, response::Response};
use maud::html;
use serde::Deserialize;

use super::first_factor;
use crate::{
    flows::sign_in,
    portal::{
        Answer,
        already::already,
        form::{Field, Refusal},
        layout::step_page,
        social,
        ticket::{self, Brought},
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
pub async fn ask(visit: Visit, Query(brought): Query<Brought>) -> Answer {
    if brought.is_there() {
        return ticket::ask(visit, Query(brought)).await;
    }
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    Ok(page(&visit, "", Refusal::default()))
}

/// Begins the sign-in.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let visitor = visit.visitor_or_new().await?;
    let state = &visit.state;
    visit.limit(Limited::CreateSignIn)?;
    let begun = sign_in::start(state, &visitor.client, Some(&given.identifier)).await;
    let answer = match correctable(begun)? {
        Ok(attempt) => first_factor(&visit, attempt).await?,
        Err(error) => page(&visit, &given.identifier, Refusal::of(&error)),
    };
    Ok(visitor.remember(state, answer))
}

/// The form, with what was typed into it.
pub(super) fn page(visit: &Visit, typed: &str, refusal: Refusal<'_>) -> Response {
    let heading = format!("Sign in to {}", visit.state.options().application_name);
    let field = Field {
        value: typed,
        error: refusal.of_field("identifier"),
        autofocus: true,
        ..Field::new("identifier", "Email address", "email", "username")
    };
    let fields = html! {
        (refusal.beyond(&["identifier"]))
        (field.render())
        button.primary { "Continue" }
    };
    let lead = html! { p.lead { "Welcome back. Please sign in to continue." } };
    let content = html! {
        (social::buttons(visit, "sign-in/social"))
        (visit.form("sign-in", &fields))
    };
    let footer = html! { p { "No account yet? " a href=(visit.link("sign-up")) { "Sign up" } } };
    step_page(&heading, refusal, &lead, &content, Some(&footer))
}
