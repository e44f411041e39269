//! The parts of the portal's forms: labelled fields, and what a form was refused for.

use axum::http::StatusCode;
use maud::{Markup, html};

use crate::error::LocalError;

/// A labelled input with the error that belongs to it beside it.
pub struct Field<'a> {
    /// Name of the form parameter.
    pub name: &'a str,
    /// The input's id, where the page has more than one field of this name.
    pub id: Option<&'a str>,
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
    /// Whether it takes the digits of a code and nothing else.
    pub digits: bool,
}

impl<'a> Field<'a> {
    /// A required text field.
    pub fn new(name: &'a str, label: &'a str, kind: &'a str, autocomplete: &'a str) -> Self {
        Self {
            name,
            id: None,
            label,
            kind,
            autocomplete,
            value: "",
            required: true,
            hint: None,
            error: None,
            autofocus: false,
            digits: false,
        }
    }

    /// The field for a mailed code.
    pub fn code(typed: &'a str, refusal: Refusal<'a>) -> Self {
        Self {
            value: typed,
            error: refusal.text(),
            autofocus: true,
            digits: true,
            ..Self::new("code", "Verification code", "text", "one-time-code")
        }
    }

    /// The field as HTML.
    pub fn render(&self) -> Markup {
        let id = self.id.unwrap_or(self.name);
        let hint_id = self.hint.map(|_| format!("{id}-hint"));
        let error_id = self.error.map(|_| format!("{id}-error"));
        let described_by: Vec<&str> = [&error_id, &hint_id]
            .into_iter()
            .filter_map(|id| id.as_deref())
            .collect();
        let described_by = (!described_by.is_empty()).then(|| described_by.join(" "));
        let is_code = self.autocomplete == "one-time-code";
        html! {
            div.field {
                label for=(id) {
                    (self.label)
                    @if !self.required { span.optional { " (optional)" } }
                }
                input.code[is_code] id=(id) name=(self.name) type=(self.kind)
                    autocomplete=(self.autocomplete) value=[(self.kind != "password").then_some(self.value)]
                    inputmode=[self.digits.then_some("numeric")] maxlength=[is_code.then_some(12)]
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

/// Why a form comes back to be corrected; the default is a form shown for the first time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refusal<'a>(Option<&'a LocalError>);

impl<'a> Refusal<'a> {
    /// The form was refused with this error.
    pub fn of(error: &'a LocalError) -> Self {
        Self(Some(error))
    }

    /// The status of the page with the form.
    pub fn status(self) -> StatusCode {
        self.0.map_or(StatusCode::OK, LocalError::status)
    }

    /// What is wrong, in words.
    pub fn text(self) -> Option<&'a str> {
        self.0.map(LocalError::public_message)
    }

    /// The field that is wrong.
    pub fn field(self) -> Option<&'a str> {
        self.0.and_then(LocalError::param_name)
    }

    /// What is wrong with this field.
    pub fn of_field(self, name: &str) -> Option<&'a str> {
        self.text().filter(|_| self.field() == Some(name))
    }

    /// What is wrong with the form beyond these fields. It has the focus when the page opens: it is
    /// read out, and on a long page scrolled to.
    pub fn beyond(self, fields: &[&str]) -> Markup {
        let named = self.field().is_some_and(|name| fields.contains(&name));
        html! {
            @if let Some(text) = self.text().filter(|_| !named) {
                p.refusal role="alert" tabindex="-1" autofocus { (text) }
            }
        }
    }
}
