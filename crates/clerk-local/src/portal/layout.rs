//! The portal's page frame: semantic HTML that needs no script.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::form::Refusal;
use crate::{BASE_PATH, LocalOptions};

/// No script, no frame, nothing from elsewhere; forms, and the redirects that answer them, lead only
/// to these places.
pub fn policy(form_action: &str) -> String {
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action {form_action}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Browsers hold the redirect that answers a form against the page's policy as well: where the
/// application has another origin, the flow ends there.
pub(super) fn let_forms_lead_to(response: &mut Response, options: &LocalOptions) {
    if options.own_url.is_none()
        || !response
            .headers()
            .contains_key(header::CONTENT_SECURITY_POLICY)
    {
        return;
    }
    let policy = policy(&format!("'self' {}", options.public_origin()));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// A whole page, with the headers that belong to it.
pub fn page(status: StatusCode, title: &str, body: &Markup) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" type="image/svg+xml" href={ (BASE_PATH) "/portal/icon.svg" };
                link rel="stylesheet" href={ (BASE_PATH) "/portal/portal.css" };
            }
            body { (body) }
        }
    };
    let mut response = (status, document).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy("'self'")) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        // `no-referrer` would make browsers send `Origin: null` with the forms.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A page with one step of a flow. A refused form comes back with the refusal's status.
pub fn step_page(
    heading: &str,
    refusal: Refusal<'_>,
    lead: &Markup,
    content: &Markup,
    footer: Option<&Markup>,
) -> Response {
    let body = card(heading, lead, content, footer);
    page(refusal.status(), &title(heading, refusal), &body)
}

/// A page of [`part`]s.
pub fn settings_page(
    heading: &str,
    refusal: Refusal<'_>,
    lead: &Markup,
    parts: &Markup,
    footer: &Markup,
) -> Response {
    let body = html! {
        main.card.settings { (inside(heading, lead, parts, Some(footer))) }
    };
    page(refusal.status(), &title(heading, refusal), &body)
}

/// The first thing that is read out when a refused form comes back.
fn title(heading: &str, refusal: Refusal<'_>) -> String {
    match refusal.text() {
        Some(_) => format!("Error: {heading}"),
        None => heading.to_owned(),
    }
}

/// One step of a flow in the portal's card.
pub fn card(heading: &str, lead: &Markup, content: &Markup, footer: Option<&Markup>) -> Markup {
    html! { main.card { (inside(heading, lead, content, footer)) } }
}

fn inside(heading: &str, lead: &Markup, content: &Markup, footer: Option<&Markup>) -> Markup {
    html! {
        div.step {
            header {
                h1 { (heading) }
                (lead)
            }
            (content)
        }
        @if let Some(footer) = footer {
            footer { (footer) }
        }
    }
}

/// One part of a page about an account or an organization; `id` is its heading's.
pub fn part(id: &str, heading: &str, content: &Markup) -> Markup {
    html! {
        section.part aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            div.inside { (content) }
        }
    }
}
