//! A labelled choice of one among several.

use leptos::prelude::*;

/// One of the things that can be chosen.
pub struct Choice {
    value: String,
    label: String,
}

impl Choice {
    /// What is sent, and what people read.
    pub fn new(value: &str, label: impl Into<String>) -> Self {
        Self {
            value: value.to_owned(),
            label: label.into(),
        }
    }
}

/// The choice. It sends nothing by itself: there is a button.
#[component]
pub fn Select(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The form field's name.
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// The value that is chosen to begin with. One that is not among the choices chooses the first.
    #[prop(into)]
    chosen: String,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|Choice { value, label }| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="input" id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}
