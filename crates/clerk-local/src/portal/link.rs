//! Links by mail: the page that waits until one is opened, and the page to which it leads.

use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Answer, form::Refusal, layout::step_page, message, visit::Visit};
use crate::state::{Verification, VerificationStatus};

/// How often the page looks whether the link was opened, in seconds.
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static("3");

/// A page that waits until a link is opened, in this browser or in another one.
pub struct Waiting<'a> {
    /// What the link is for.
    pub heading: &'a str,
    /// Where it was sent.
    pub address: &'a str,
    /// The link that was sent.
    pub verification: &'a Verification,
    /// This page, which leads on once the link was opened.
    pub page: &'a str,
    /// The form that sends another link.
    pub again: &'a str,
    /// Other ways, below the form.
    pub ways: &'a Markup,
    /// Below the card.
    pub footer: &'a Markup,
}

impl Waiting<'_> {
    /// The page; it looks again by itself as long as the link is good.
    pub fn show(&self, visit: &Visit) -> Response {
        let late = self.is_late(visit.state.now_ms());
        let lead = html! {
            p.lead role="status" {
                @if late { "The link has expired." }
                @else { "Open the link we sent to your email address. This page then goes on by itself." }
            }
            p.person { (self.address) }
        };
        let content = html! {
            @if !late { a.primary.button href=(visit.link(self.page)) { "I have opened it" } }
            div.ways {
                (visit.buttons(self.again, &html! { button.plain { "Send a new link" } }))
                (self.ways)
            }
        };
        let footer = Some(self.footer);
        let mut page = step_page(self.heading, Refusal::default(), &lead, &content, footer);
        if !late {
            page.headers_mut().insert(header::REFRESH, LOOK_AGAIN);
        }
        page
    }

    fn is_late(&self, now_ms: i64) -> bool {
        let end = self.verification.expire_at;
        self.verification.status == VerificationStatus::Expired
            || end.is_some_and(|end| end <= now_ms)
    }
}

/// What the link's page is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Opened {
    #[serde(rename = "__clerk_status")]
    status: String,
}

impl Opened {
    /// The page for a link that was worth nothing.
    pub fn failure(&self) -> Option<Response> {
        match self.status.as_str() {
            "verified" => None,
            "expired" => Some(told(
                "This link has expired",
                "Go back to where you asked for it, and ask for a new one.",
            )),
            _ => Some(told(
                "This link cannot be used",
                "It was used before, or a newer one was sent. Go back to where you asked for it.",
            )),
        }
    }
}

/// Where the links for signing in and up lead in the end.
pub async fn opened(visit: Visit, Query(opened): Query<Opened>) -> Answer {
    if let Some(page) = opened.failure() {
        return Ok(page);
    }
    Ok(match visit.signed_in().await? {
        Some((visitor, _, _)) => visit.finish(visitor),
        None => confirmed(),
    })
}

/// The page for a browser in which nothing goes on.
pub fn confirmed() -> Response {
    told(
        "You have confirmed your email address",
        "Go back to where you began. You can close this page.",
    )
}

fn told(heading: &str, text: &str) -> Response {
    message(StatusCode::OK, heading, &html! { p { (text) } })
}
