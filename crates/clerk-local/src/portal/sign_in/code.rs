//! Second step of signing in, the other way: a mailed code.

use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::{code_form, current, has_password, link_form, onward, other, person};
use crate::{
    error::Result,
    flows::sign_in::{self, Preparation, Proof},
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{Limited, SignIn},
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// Sends a code, the first one or another.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let code = Preparation::EmailCode {
        email_address_id: None,
    };
    sign_in::prepare(&visit.state, attempt, code).await?;
    Ok(visit.go_to("sign-in/code"))
}

/// Asks for the code.
pub async fn ask(visit: Visit) -> Answer {
    Ok(match current(&visit).await? {
        Some((_, attempt)) => page(&visit, &attempt, "", Refusal::default()).await?,
        None => visit.go_to("sign-in"),
    })
}

/// Signs in with the right code.
pub async fn take(Sent(visit, given): Sent<Given>) -> Answer {
    let Some((visitor, attempt)) = current(&visit).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    visit.limit(Limited::AttemptSignIn)?;
    let proof = Proof::Code(&given.code);
    let done = sign_in::attempt(&visit.state, &visitor.client, attempt.clone(), proof).await;
    Ok(match correctable(done)? {
        Ok(attempt) => onward(&visit, visitor, &attempt),
        Err(error) => page(&visit, &attempt, &given.code, Refusal::of(&error)).await?,
    })
}

async fn page(
    visit: &Visit,
    attempt: &SignIn,
    typed: &str,
    refusal: Refusal<'_>,
) -> Result<Response> {
    let fields = html! {
        (Field::code(typed, refusal).render())
        button.primary { "Continue" }
    };
    let with_password = has_password(&visit.state, attempt).await?;
    let content = html! {
        (visit.form("sign-in/code", &fields))
        div.ways {
            (code_form(visit, "Send a new code"))
            @if let Some(by_link) = link_form(visit) { (by_link) }
            @if with_password {
                a href=(visit.link("sign-in/password")) { "Use your password instead" }
            }
        }
    };
    let footer = other(visit);
    let lead = html! {
        p.lead { "Enter the code we sent to your email address." }
        (person(attempt))
    };
    Ok(step_page(
        "Check your email",
        refusal,
        &lead,
        &content,
        Some(&footer),
    ))
}
