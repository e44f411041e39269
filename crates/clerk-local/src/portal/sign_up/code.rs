//! Second step of signing up: the mailed code.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{address, current, other};
use crate::{
    flows::sign_up,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{Limited, SignUp},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// Sends another code.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-up"));
    };
    sign_up::send_code(&visit.state, attempt).await?;
    Ok(visit.go_to("sign-up/code"))
}

/// Asks for the code.
pub async fn ask(visit: Visit) -> Answer {
    Ok(match current(&visit).await? {
        Some((_, attempt)) => page(&visit, &attempt, "", Refusal::default()),
        None => visit.go_to("sign-up"),
    })
}

/// With the right code, the person exists and is signed in.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-up"));
    };
    visit.limit(Limited::AttemptSignUp)?;
    let (state, client) = (&visit.state, &visitor.client);
    let done = sign_up::attempt_code(state, client, attempt.clone(), &given.code).await;
    Ok(match correctable(done)? {
        Ok(_) => visit.finish(visitor),
        Err(error) => page(&visit, &attempt, &given.code, Refusal::of(&error)),
    })
}

fn page(visit: &Visit, attempt: &SignUp, typed: &str, refusal: Refusal<'_>) -> Response {
    let fields = html! {
        (Field::code(typed, refusal).render())
        button.primary { "Continue" }
    };
    let again = html! { button.plain { "Send a new code" } };
    let content = html! {
        (visit.form("sign-up/code", &fields))
        div.ways { (visit.buttons("sign-up/send-code", &again)) }
    };
    let lead = html! {
        p.lead { "Enter the code we sent to your email address." }
        p.person { (address(attempt)) }
    };
    let footer = other(visit);
    step_page("Verify your email", refusal, &lead, &content, Some(&footer))
}
