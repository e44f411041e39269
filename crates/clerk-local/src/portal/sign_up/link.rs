//! Second step of signing up, where the instance sends links: one by mail.

use axum::response::Response;

use super::{address, current, other, sent_by};
use crate::{
    error::Result,
    flows::{EMAIL_LINK, sign_up},
    portal::{
        Answer,
        link::Waiting,
        visit::{NoFields, Sent, Visit},
    },
    state::SignUp,
};

/// Sends the first link and goes on to the page that waits for it.
pub(super) async fn begin(visit: &Visit, attempt: SignUp) -> Result<Response> {
    let end = visit.link("sign-up/link-opened");
    sign_up::email_link::send(&visit.state, attempt, &end).await?;
    Ok(visit.go_to("sign-up/link"))
}

/// Sends another link.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    Ok(match current(&visit).await? {
        Some((_, attempt)) => begin(&visit, attempt).await?,
        None => visit.go_to("sign-up"),
    })
}

/// Waits until the link is opened.
pub async fn wait(visit: Visit) -> Answer {
    if let Some((visitor, _, _)) = visit.signed_in().await? {
        return Ok(visit.finish(visitor));
    }
    let Some((_, attempt, sent)) = sent_by(&visit, EMAIL_LINK).await? else {
        return Ok(visit.go_to("sign-up"));
    };
    let code = maud::html! { button.plain { "Email me a code instead" } };
    let page = Waiting {
        heading: "Verify your email",
        address: address(&attempt),
        verification: &sent,
        page: "sign-up/link",
        again: "sign-up/send-link",
        ways: &visit.buttons("sign-up/send-code", &code),
        footer: &other(&visit),
    };
    Ok(page.show(&visit))
}
