//! A labelled text field with its hint and its error.

use leptos::prelude::*;

use crate::{
    error::{AppError, Field as FieldName},
    language::texts,
};

/// One line of text. There is no `maxlength` on purpose: it would cut what people paste without a
/// word; the server says what is too long and keeps it.
#[component]
pub fn TextField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The form field's name.
    name: &'static str,
    #[prop(into)] label: String,
    /// What the field starts with: what was typed before, or what is there now.
    #[prop(into)]
    value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] placeholder: String,
    /// The error that belongs to this field.
    error: Option<String>,
    #[prop(default = true)] required: bool,
    /// Only for screen readers; the field's place says it to others.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described_by = [
        (!hint.is_empty()).then(|| hint_id.clone()),
        error.is_some().then(|| error_id.clone()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ");
    let invalid = error.is_some();
    view! {
        <div class="field">
            <label for=id.clone() class:visually-hidden=hide_label>
                {label}
                {(!required).then(|| view! {
                    <span class="optional">" " {texts().field_optional()}</span>
                })}
            </label>
            <input
                class="input"
                type="text"
                id=id
                name=name
                value=value
                placeholder=(!placeholder.is_empty()).then_some(placeholder)
                autocomplete="off"
                required=required
                aria-invalid=invalid.then_some("true")
                aria-describedby=(!described_by.is_empty()).then_some(described_by)
                // The first thing to mend is the first thing to type into.
                autofocus=invalid
            />
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
    .into_any()
}

/// The message of `error` if it is about `field`.
pub fn error_of(error: Option<&AppError>, field: FieldName) -> Option<String> {
    match error {
        Some(error @ AppError::Invalid { field: wrong, .. }) if *wrong == field => {
            Some(error.message(texts()))
        }
        _ => None,
    }
}
