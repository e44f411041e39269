//! A labelled text of several lines with its hint and its error.

use leptos::prelude::*;

use crate::{language::texts, raw_text};

/// Markdown, mostly. As [`TextField`](super::field::TextField), it cuts nothing that is pasted.
#[component]
pub fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The form field's name.
    name: &'static str,
    #[prop(into)] label: String,
    /// What the field starts with: what was typed before, or what is there now.
    #[prop(into)]
    value: String,
    #[prop(into)] hint: String,
    /// The error that belongs to this field.
    error: Option<String>,
    #[prop(optional)] required: bool,
    /// The page of those who can be mentioned in it (`pages/people`), for whom may see them.
    #[prop(optional_no_strip)]
    mentions: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let invalid = error.is_some();
    let described_by = match invalid {
        true => format!("{hint_id} {error_id}"),
        false => hint_id.clone(),
    };
    let list_id = format!("{id}-people");
    let list = mentions.is_some().then(|| {
        view! {
            <div class="mention-place">
                <div
                    class="mention-list"
                    id=list_id.clone()
                    role="listbox"
                    aria-label=texts().people_title()
                    data-mention-list=""
                    hidden=true
                ></div>
                <p class="visually-hidden" role="status"></p>
            </div>
        }
    });
    // The parser of HTML takes a line break at the beginning away.
    let text = format!("\n{}", raw_text::escaped(&value));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                class="input"
                id=id
                name=name
                rows="5"
                required=required
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
                autofocus=invalid
                aria-autocomplete=mentions.is_some().then_some("list")
                aria-controls=mentions.is_some().then_some(list_id)
                autocomplete=mentions.is_some().then_some("off")
                data-mentions=mentions
                inner_html=text
            ></textarea>
            {list}
            <p class="hint" id=hint_id>{hint}</p>
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
    .into_any()
}
