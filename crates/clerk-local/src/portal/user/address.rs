//! Verifying one address by a mailed code.

use axum::{extract::Path, response::Response};
use maud::html;
use serde::Deserialize;

use super::PAGE;
use crate::{
    flows::own_email,
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::EmailAddress,
};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// A form for the code.
pub async fn ask(Path(id): Path<String>, visit: Visit) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let email = user.email_address(&id)?;
    Ok(match email.verified {
        true => visit.go_to(PAGE),
        false => page(&visit, email, "", Refusal::default()),
    })
}

/// Mails another code.
pub async fn send(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let email = user.email_address(&id)?;
    let sent = own_email::send_code(&visit.state, &user.id, &id).await;
    Ok(match correctable(sent)? {
        Ok(_) => visit.go_to(&place(email)),
        Err(error) => page(&visit, email, "", Refusal::of(&error)),
    })
}

/// Takes the code.
pub async fn take(Path(id): Path<String>, Sent(visit, given): Sent<Given>) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let email = user.email_address(&id)?;
    let done = own_email::attempt_code(&visit.state, &user.id, &id, &given.code).await;
    Ok(match correctable(done)? {
        Ok(_) => visit.go_to(PAGE),
        Err(error) => page(&visit, email, &given.code, Refusal::of(&error)),
    })
}

fn place(email: &EmailAddress) -> String {
    format!("user/addresses/{}", email.id)
}

fn page(visit: &Visit, email: &EmailAddress, typed: &str, refusal: Refusal<'_>) -> Response {
    let fields = html! {
        (Field::code(typed, refusal).render())
        button.primary { "Verify" }
    };
    let again = format!("{}/send-code", place(email));
    let content = html! {
        (visit.form(&place(email), &fields))
        div.ways {
            (visit.buttons(&again, &html! { button.plain { "Send another code" } }))
            a href=(visit.link(PAGE)) { "Back to your account" }
        }
    };
    let lead = html! { p.lead { "A code was sent to " strong { (email.email_address) } "." } };
    step_page("Verify your email address", refusal, &lead, &content, None)
}
