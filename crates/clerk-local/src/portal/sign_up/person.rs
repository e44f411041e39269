//! First step of signing up: who, and which password.

use axum::{extract::Query, response::Response};
use maud::html;
use serde::Deserialize;

use super::verify;
use crate::{
    flows::sign_up::{self, Wishes},
    portal::{
        Answer,
        already::already,
        form::{Field, Refusal},
        layout::step_page,
        social,
        ticket::{self, Brought},
        visit::{Sent, Visit, correctable},
    },
    state::{Limited, MIN_PASSWORD_LENGTH},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    first_name: String,
    last_name: String,
    email_address: String,
    password: String,
}

/// Asks who signs up.
pub async fn ask(visit: Visit, Query(brought): Query<Brought>) -> Answer {
    if brought.is_there() {
        return ticket::ask(visit, Query(brought)).await;
    }
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    Ok(show(&visit, &Given::default(), Refusal::default()))
}

/// Begins the sign-up and sends what the address is verified with.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    if let Some(answer) = already(&visit).await? {
        return Ok(answer);
    }
    let visitor = visit.visitor_or_new().await?;
    let wishes = Wishes {
        email_address: Some(given.email_address.clone()),
        password: Some(given.password.clone()),
        first_name: Some(given.first_name.clone()),
        last_name: Some(given.last_name.clone()),
        ..Wishes::default()
    };
    visit.limit(Limited::CreateSignUp)?;
    let begun = sign_up::start(&visit.state, &visitor.client, wishes).await;
    let answer = match correctable(begun)? {
        Ok(attempt) => verify(&visit, attempt).await?,
        Err(error) => show(&visit, &given, Refusal::of(&error)),
    };
    Ok(visitor.remember(&visit.state, answer))
}

/// The form, with what was typed into it.
pub(super) fn show(visit: &Visit, given: &Given, refusal: Refusal<'_>) -> Response {
    let application = &visit.state.options().application_name;
    let heading = format!("Create your {application} account");
    let wrong = refusal.field();
    let hint = format!("At least {MIN_PASSWORD_LENGTH} characters.");
    let first_name = Field {
        value: &given.first_name,
        required: false,
        error: refusal.of_field("first_name"),
        autofocus: wrong.is_none_or(|name| name == "first_name"),
        ..Field::new("first_name", "First name", "text", "given-name")
    };
    let last_name = Field {
        value: &given.last_name,
        required: false,
        error: refusal.of_field("last_name"),
        autofocus: wrong == Some("last_name"),
        ..Field::new("last_name", "Last name", "text", "family-name")
    };
    let email = Field {
        value: &given.email_address,
        error: refusal.of_field("email_address"),
        autofocus: wrong == Some("email_address"),
        ..Field::new("email_address", "Email address", "email", "email")
    };
    let password = Field {
        hint: Some(&hint),
        error: refusal.of_field("password"),
        autofocus: wrong == Some("password"),
        ..Field::new("password", "Password", "password", "new-password")
    };
    let fields = html! {
        (refusal.beyond(&["first_name", "last_name", "email_address", "password"]))
        div.row { (first_name.render()) (last_name.render()) }
        (email.render())
        (password.render())
        button.primary { "Continue" }
    };
    let lead = html! { p.lead { "Welcome! Please fill in the details to get started." } };
    let content = html! {
        (social::buttons(visit, "sign-up/social"))
        (visit.form("sign-up", &fields))
    };
    let footer = html! {
        p { "Have an account already? " a href=(visit.link("sign-in")) { "Sign in" } }
    };
    step_page(&heading, refusal, &lead, &content, Some(&footer))
}
