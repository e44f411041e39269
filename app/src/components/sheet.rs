//! A page of ours shown as a dialog above the one that is open.

use leptos::prelude::*;

/// For a click on a link `a[data-sheet]`, fetches what it leads to and shows that page's
/// `[data-sheet-part]` in a dialog; until then it costs a page nothing. When it can't be fetched, and
/// without JavaScript, the link is a link.
#[island]
pub fn Sheet() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start::start();
}

#[cfg(feature = "hydrate")]
mod start {
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{HtmlDialogElement, KeyboardEvent, MouseEvent};

    use crate::browser::{
        attribute, complain, document, fetch_part, find, find_all, listen, origin_of, window,
    };

    const DIALOG: &str = "dialog[data-sheet-dialog]";

    pub fn start() {
        let Some(document) = document() else { return };
        listen(&document, "click", |event| {
            let Some(link) = origin_of(&event, "a[data-sheet]") else {
                return;
            };
            // In a tab of its own, if that is what was asked for.
            let elsewhere = event
                .dyn_ref::<MouseEvent>()
                .is_some_and(|click| click.ctrl_key() || click.meta_key() || click.shift_key());
            if elsewhere || event.default_prevented() {
                return;
            }
            event.prevent_default();
            for menu in find_all("details[data-menu][open]") {
                let _ = menu.remove_attribute("open");
            }
            let address = attribute(&link, "href");
            spawn_local(async move {
                if let Err(error) = show(&address).await {
                    complain("A page could not be shown as a sheet:", &error);
                    if let Some(window) = window() {
                        let _ = window.location().assign(&address);
                    }
                }
            });
        });
        // The key that opened it closes it.
        listen(&document, "keydown", |event| {
            let same = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "?");
            if let Some(dialog) = find(&[DIALOG, "[open]"].concat()).filter(|_| same)
                && let Ok(dialog) = dialog.dyn_into::<HtmlDialogElement>()
            {
                dialog.close();
            }
        });
    }

    async fn show(address: &str) -> Result<(), JsValue> {
        let part = fetch_part(address, "[data-sheet-part]").await?;
        if find("dialog[open]").is_some() {
            return Ok(());
        }
        let dialog = match find(DIALOG) {
            Some(dialog) => dialog,
            None => {
                let document = document().ok_or(JsValue::NULL)?;
                let dialog = document.create_element("dialog")?;
                dialog.set_class_name("dialog sheet");
                dialog.set_attribute("data-sheet-dialog", "")?;
                document
                    .body()
                    .ok_or(JsValue::NULL)?
                    .append_child(&dialog)?;
                dialog
            }
        };
        dialog.set_attribute("aria-labelledby", &attribute(&part, "aria-labelledby"))?;
        dialog.set_inner_html(&part.inner_html());
        dialog.dyn_into::<HtmlDialogElement>()?.show_modal()
    }
}
