//! Following a download that the server is still making.

use leptos::prelude::*;

/// After a form `form[data-download=watch]` was sent, fetches this page every second and takes over
/// what `[data-download-part]`s say there, until the one with `data-ended` names another download
/// than at the beginning. The page itself stays: a download does not replace it. Without
/// JavaScript the page has a link to itself.
#[island]
pub fn DownloadWatch() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start::start();
}

#[cfg(feature = "hydrate")]
mod start {
    use std::{cell::Cell, rc::Rc};

    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use wasm_bindgen_futures::spawn_local;
    use web_sys::Element;

    use crate::browser::{
        attribute, complain, document, fetch_page, find, find_all, listen, origin_of, window,
    };

    /// How often to look, in milliseconds.
    const TICK_MS: i32 = 1_000;
    const FORM: &str = "form[data-download=watch]";
    const BUSY: &str = "aria-busy";
    const ENDED: &str = "data-ended";
    const PART: &str = "data-download-part";

    pub fn start() {
        let Some(document) = document() else { return };
        listen(&document, "submit", |event| {
            let Some(form) = origin_of(&event, FORM) else {
                return;
            };
            if form.has_attribute(BUSY) {
                event.prevent_default();
            } else if !event.default_prevented() {
                let _ = form.set_attribute(BUSY, "true");
                watch(form);
            }
        });
    }

    fn watch(form: Element) {
        let before = ended();
        let busy = Rc::new(Cell::new(false));
        let timer = Rc::new(Cell::new(0));
        let (Some(window), own) = (window(), Rc::clone(&timer)) else {
            return;
        };
        let tick = Closure::<dyn FnMut()>::new(move || {
            if busy.replace(true) {
                return;
            }
            let (busy, own, form) = (Rc::clone(&busy), Rc::clone(&own), form.clone());
            let before = before.clone();
            spawn_local(async move {
                if let Err(error) = refresh().await {
                    complain("The progress could not be read:", &error);
                }
                busy.set(false);
                if ended() != before {
                    let _ = form.remove_attribute(BUSY);
                    if let Some(window) = crate::browser::window() {
                        window.clear_interval_with_handle(own.get());
                    }
                }
            });
        });
        let handle = window.set_interval_with_callback_and_timeout_and_arguments_0(
            tick.as_ref().unchecked_ref(),
            TICK_MS,
        );
        tick.forget();
        timer.set(handle.unwrap_or_default());
    }

    /// The download that is known to have ended.
    fn ended() -> String {
        find(&["[", ENDED, "]"].concat()).map_or_else(String::new, |part| attribute(&part, ENDED))
    }

    async fn refresh() -> Result<(), JsValue> {
        let window = window().ok_or(JsValue::NULL)?;
        let fresh = fetch_page(&window.location().href()?).await?;
        for part in find_all(&["[", PART, "]"].concat()) {
            let name = attribute(&part, PART);
            let same = ["[", PART, "='", &name, "']"].concat();
            let Some(new) = fresh.query_selector(&same)? else {
                continue;
            };
            if part.inner_html() != new.inner_html() {
                part.set_inner_html(&new.inner_html());
            }
            if new.has_attribute(ENDED) {
                part.set_attribute(ENDED, &attribute(&new, ENDED))?;
            }
        }
        Ok(())
    }
}
