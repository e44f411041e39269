//! Asking before something is gone for good.

use leptos::prelude::*;

/// Opens the page's `dialog[data-confirm-dialog]` for a click on a link `a[data-confirm]`, filled
/// with that link's `data-id` and `data-name`. Without JavaScript the same link leads to a page
/// that asks.
#[island]
pub fn ConfirmDialog() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use wasm_bindgen::JsCast as _;
    use web_sys::{HtmlDialogElement, HtmlInputElement};

    use crate::browser::{attribute, document, find, listen, origin_of};

    let Some(document) = document() else { return };
    listen(&document, "click", |event| {
        let Some(link) = origin_of(&event, "a[data-confirm]") else {
            return;
        };
        let Some(dialog) = find("dialog[data-confirm-dialog]")
            .and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
        else {
            return;
        };
        if let Ok(Some(name)) = dialog.query_selector("[data-confirm-name]") {
            name.set_text_content(Some(&attribute(&link, "data-name")));
        }
        if let Ok(Some(id)) = dialog.query_selector("input[name=id]")
            && let Ok(id) = id.dyn_into::<HtmlInputElement>()
        {
            id.set_value(&attribute(&link, "data-id"));
        }
        if dialog.show_modal().is_ok() {
            event.prevent_default();
        }
    });
}
