//! Second step of signing in: the password.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{code_form, current, link_form, onward, other, person};
use crate::{
    flows::sign_in::{self, Proof},
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{Sent, Visit, correctable},
    },
    state::{Limited, SignIn},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    password: String,
}

/// Asks for the password.
pub async fn ask(visit: Visit) -> Answer {
    Ok(match current(&visit).await? {
        Some((_, attempt)) => page(&visit, &attempt, Refusal::default()),
        None => visit.go_to("sign-in"),
    })
}

/// Signs in with the right password.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    visit.limit(Limited::AttemptSignIn)?;
    let proof = Proof::Password(&given.password);
    let done = sign_in::attempt(&visit.state, &visitor.client, attempt.clone(), proof).await;
    Ok(match correctable(done)? {
        Ok(attempt) => onward(&visit, visitor, &attempt),
        Err(error) => page(&visit, &attempt, Refusal::of(&error)),
    })
}

fn page(visit: &Visit, attempt: &SignIn, refusal: Refusal<'_>) -> Response {
    let field = Field {
        error: refusal.text(),
        autofocus: true,
        ..Field::new("password", "Password", "password", "current-password")
    };
    let fields = html! {
        // For password managers: whose password it is.
        input type="email" name="identifier" autocomplete="username" readonly hidden
            value=[attempt.detail.identifier.as_deref()];
        (field.render())
        button.primary { "Continue" }
    };
    let forgotten = html! { button { "Forgot your password?" } };
    let content = html! {
        (visit.form("sign-in/password", &fields))
        div.or { "or" }
        (code_form(visit, "Email me a code instead"))
        @if let Some(by_link) = link_form(visit) { (by_link) }
        div.ways { (visit.buttons("sign-in/forgot-password", &forgotten)) }
    };
    let footer = other(visit);
    step_page(
        "Enter your password",
        refusal,
        &person(attempt),
        &content,
        Some(&footer),
    )
}
