//! The portal's page frame and its form parts: semantic HTML that needs no script.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use url::Url;

use crate::BASE_PATH;

/// No script, no frame, nothing from elsewhere; forms post only to where the page came from.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

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
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        // `no-referrer` would make browsers send `Origin: null` with the forms.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// One step of a flow in the portal's card.
pub fn card(heading: &str, lead: &Markup, content: &Markup, footer: Option<&Markup>) -> Markup {
    html! {
        main.card {
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
}

/// A labelled input with the error that belongs to it beside it.
pub struct Field<'a> {
    /// Name of the form parameter, and the input's id.
    pub name: &'a str,
    /// What people read.
    pub label: &'a str,
    /// The input's type.
    pub kind: &'a str,
    /// The `autocomplete` token.
    pub autocomplete: &'a str,
    /// What was typed before; never a password.
    pub value: &'a str,
    /// Whether the form may not be sent without it.
    pub required: bool,
    /// A sentence below the input.
    pub hint: Option<&'a str>,
    /// What is wrong with what was typed.
    pub error: Option<&'a str>,
    /// The first field to fill in has the focus.
    pub autofocus: bool,
}

impl<'a> Field<'a> {
    /// A required text field.
    pub fn new(name: &'a str, label: &'a str, kind: &'a str, autocomplete: &'a str) -> Self {
        Self {
            name,
            label,
            kind,
            autocomplete,
            value: "",
            required: true,
            hint: None,
            error: None,
            autofocus: false,
        }
    }

    /// The field as HTML.
    pub fn render(&self) -> Markup {
        let hint_id = self.hint.map(|_| format!("{}-hint", self.name));
        let error_id = self.error.map(|_| format!("{}-error", self.name));
        let described_by: Vec<&str> = [&error_id, &hint_id]
            .into_iter()
            .filter_map(|id| id.as_deref())
            .collect();
        let described_by = (!described_by.is_empty()).then(|| described_by.join(" "));
        let is_code = self.autocomplete == "one-time-code";
        html! {
            div.field {
                label for=(self.name) {
                    (self.label)
                    @if !self.required { span.optional { " (optional)" } }
                }
                input.code[is_code] id=(self.name) name=(self.name) type=(self.kind)
                    autocomplete=(self.autocomplete) value=[(self.kind != "password").then_some(self.value)]
                    inputmode=[is_code.then_some("numeric")] maxlength=[is_code.then_some(12)]
                    required[self.required] autofocus[self.autofocus]
                    aria-invalid=[self.error.map(|_| "true")] aria-describedby=[described_by];
                @if let (Some(id), Some(error)) = (error_id, self.error) {
                    p.wrong id=(id) { (error) }
                }
                @if let (Some(id), Some(hint)) = (hint_id, self.hint) {
                    p.hint id=(id) { (hint) }
                }
            }
        }
    }
}

/// The hidden field that keeps the way back through every step.
pub fn way_back(redirect_url: Option<&Url>) -> Markup {
    html! {
        @if let Some(url) = redirect_url {
            input type="hidden" name="redirect_url" value=(url.as_str());
        }
    }
}

/// An error of the whole form, announced when the page opens.
pub fn refusal(text: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = text { p.refusal role="alert" { (text) } }
    }
}
