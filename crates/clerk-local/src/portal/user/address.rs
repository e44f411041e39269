//! Verifying one address, by a mailed code or a mailed link.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::PAGE;
use crate::{
    error::Result,
    flows::{EMAIL_LINK, own_email},
    portal::{
        Answer,
        form::{Field, Refusal},
        layout::step_page,
        link::{Opened, Waiting, confirmed},
        visit::{NoFields, Sent, Visit, correctable},
    },
    state::{EmailAddress, State},
};

const HEADING: &str = "Verify your email address";

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
}

/// Asks for the code, or waits until the link is opened.
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
pub async fn send_code(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let email = user.email_address(&id)?;
    let sent = own_email::send_code(&visit.state, &user.id, &id).await;
    sent_on(&visit, email, sent)
}

/// Mails another link.
pub async fn send_link(Path(id): Path<String>, Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, _, user)) = visit.signed_in().await? else {
        return Ok(visit.sign_in_first(PAGE));
    };
    let email = user.email_address(&id)?;
    let sent = begin_link(&visit.state, &visit, &user.id, &id).await;
    sent_on(&visit, email, sent)
}

fn sent_on(visit: &Visit, email: &EmailAddress, sent: Result<EmailAddress>) -> Answer {
    Ok(match correctable(sent)? {
        Ok(_) => visit.go_to(&place(email)),
        Err(error) => page(visit, email, "", Refusal::of(&error)),
    })
}

/// Mails what the instance verifies addresses with.
pub(super) async fn begin(
    state: &State,
    visit: &Visit,
    user_id: &str,
    id: &str,
) -> Result<EmailAddress> {
    match state.options().email_links {
        true => begin_link(state, visit, user_id, id).await,
        false => own_email::send_code(state, user_id, id).await,
    }
}

async fn begin_link(state: &State, visit: &Visit, user_id: &str, id: &str) -> Result<EmailAddress> {
    let end = visit.link("user/address-opened");
    own_email::send_link(state, user_id, id, &end).await
}

/// Where the link leads in the end.
pub async fn opened(visit: Visit, Query(opened): Query<Opened>) -> Answer {
    if let Some(page) = opened.failure() {
        return Ok(page);
    }
    Ok(match visit.signed_in().await? {
        Some(_) => visit.go_to(PAGE),
        None => confirmed(),
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

/// The page of an address.
pub(super) fn place(email: &EmailAddress) -> String {
    format!("user/addresses/{}", email.id)
}

fn page(visit: &Visit, email: &EmailAddress, typed: &str, refusal: Refusal<'_>) -> Response {
    let sent = email.proof.as_ref();
    let sent = sent.and_then(|proof| proof.verification.as_ref());
    let link = sent.filter(|sent| sent.strategy == EMAIL_LINK && refusal.text().is_none());
    let by_code = |label: &str| -> Markup {
        let again = format!("{}/send-code", place(email));
        visit.buttons(&again, &html! { button.plain { (label) } })
    };
    let footer = html! { a href=(visit.link(PAGE)) { "Back to your account" } };
    if let Some(link) = link {
        let page = Waiting {
            heading: HEADING,
            address: &email.email_address,
            verification: link,
            page: &place(email),
            again: &format!("{}/send-link", place(email)),
            ways: &by_code("Email me a code instead"),
            footer: &footer,
        };
        return page.show(visit);
    }
    let fields = html! {
        (Field::code(typed, refusal).render())
        button.primary { "Verify" }
    };
    let content = html! {
        (visit.form(&place(email), &fields))
        div.ways { (by_code("Send a new code")) }
    };
    let lead = html! {
        p.lead { "Enter the code we sent to this address." }
        p.person { (email.email_address) }
    };
    step_page(HEADING, refusal, &lead, &content, Some(&footer))
}
