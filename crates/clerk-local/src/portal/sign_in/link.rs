//! Second step of signing in, a third way: a link by mail.

use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::html;
use serde::Deserialize;

use super::{at, other, person};
use crate::{
    flows::{
        EMAIL_LINK,
        sign_in::{self, Preparation},
    },
    portal::{
        Answer,
        form::Refusal,
        layout::step_page,
        message,
        visit::{NoFields, Sent, Visit},
    },
    state::{SignInStatus, VerificationStatus},
};

/// How often the page looks whether the link was opened, in seconds.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("3");

/// What the link's page is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Opened {
    #[serde(rename = "__clerk_status")]
    status: String,
}

/// Sends a link, the first one or another.
pub async fn send(Sent(visit, NoFields {}): Sent<NoFields>) -> Answer {
    let Some((_, attempt)) = at(&visit, SignInStatus::NeedsFirstFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let link = Preparation::EmailLink {
        email_address_id: None,
        redirect_url: &visit.link("sign-in/link-opened"),
    };
    sign_in::prepare(&visit.state, attempt, link).await?;
    Ok(visit.go_to("sign-in/link"))
}

/// Waits until the link is opened, in this browser or in another one.
pub async fn wait(visit: Visit) -> Answer {
    if let Some((visitor, _, _)) = visit.signed_in().await? {
        return Ok(visit.finish(visitor));
    }
    let Some((_, attempt)) = at(&visit, SignInStatus::NeedsFirstFactor).await? else {
        return Ok(visit.go_to("sign-in"));
    };
    let shown = attempt.detail.first_factor.as_ref();
    let Some(shown) = shown.filter(|shown| shown.strategy == EMAIL_LINK) else {
        return Ok(visit.go_to("sign-in"));
    };
    let late = shown.status == VerificationStatus::Expired
        || shown
            .expire_at
            .is_some_and(|end| end <= visit.state.now_ms());
    let again = html! { button { "Send a new link" } };
    let content = html! {
        p.lead role="status" {
            @if late { "The link has expired." }
            @else { "Open the link we sent to your email address. This page then goes on by itself." }
        }
        @if !late { a.primary.button href=(visit.link("sign-in/link")) { "I have opened it" } }
        div.ways { (visit.buttons("sign-in/send-link", &again)) }
    };
    let footer = other(&visit);
    let lead = person(&attempt);
    let heading = "Check your email";
    let mut page = step_page(heading, Refusal::default(), &lead, &content, Some(&footer));
    if !late {
        page.headers_mut().insert(header::REFRESH, LOOK_AGAIN);
    }
    Ok(page)
}

/// Where the link leads in the end.
pub async fn opened(visit: Visit, Query(opened): Query<Opened>) -> Answer {
    let told = |heading: &str, text: &str| -> Response {
        message(StatusCode::OK, heading, &html! { p { (text) } })
    };
    if opened.status != "verified" {
        return Ok(match opened.status.as_str() {
            "expired" => told(
                "This link has expired",
                "Go back to where you signed in, and ask for a new one.",
            ),
            _ => told(
                "This link cannot be used",
                "It was used before, or a newer one was sent. Go back to where you signed in.",
            ),
        });
    }
    Ok(match visit.signed_in().await? {
        Some((visitor, _, _)) => visit.finish(visitor),
        None => told(
            "You have confirmed your email address",
            "Go back to where you began to sign in. You can close this page.",
        ),
    })
}
