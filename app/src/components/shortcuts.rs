//! Keys that lead somewhere.
//!
//! What a key does stands in the page: `data-key` of a link, a button, a field or a form names its
//! keys, such as `?`, `c` or `g p` (one after the other). A link or button is pressed, a field gets
//! the focus, and a form gives it to its first field.

use leptos::prelude::*;

/// Listens for the keys, except while somebody types, or a dialog is open.
#[island]
pub fn Shortcuts() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start::start();
}

#[cfg(feature = "hydrate")]
mod start {
    use std::cell::Cell;

    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlElement, KeyboardEvent};

    use crate::browser::{click, document, find, find_all, focus, listen, origin_of};

    /// Where keys are text, or mean something already.
    const TYPING: &str = "input, textarea, select, [contenteditable], [data-grab]";
    /// How long the first of two keys is remembered, in milliseconds.
    const PATIENCE_MS: f64 = 1_500.0;

    pub fn start() {
        let Some(document) = document() else { return };
        let first = Cell::new(f64::NEG_INFINITY);
        listen(&document, "keydown", move |event| {
            let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let key = pressed.key();
            // `Shift` and the like on the way to another key.
            if key.len() != 1 {
                return;
            }
            let follows = event.time_stamp() - first.replace(f64::NEG_INFINITY) < PATIENCE_MS;
            if event.default_prevented()
                || pressed.ctrl_key()
                || pressed.meta_key()
                || pressed.alt_key()
                || origin_of(&event, TYPING).is_some()
                || find("dialog[open]").is_some()
            {
                return;
            }
            let element = match follows {
                true => named(&["g ", &key].concat()),
                false => named(&key),
            };
            if let Some(element) = element {
                event.prevent_default();
                press(&element);
            } else if key == "g" && !follows {
                first.set(event.time_stamp());
            }
        });
    }

    /// The element with these keys: one in the page's main region before one of its frame, one that
    /// is seen before one that is not.
    fn named(keys: &str) -> Option<Element> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '/' | '?');
        if !keys.chars().all(is_plain) {
            return None;
        }
        let same = ["[data-key='", keys, "']"].concat();
        let all = find_all(&same);
        find(&["main ", &same].concat())
            .or_else(|| all.iter().find(|element| is_seen(element)).cloned())
            .or_else(|| all.into_iter().next())
    }

    fn is_seen(element: &Element) -> bool {
        element
            .dyn_ref::<HtmlElement>()
            .is_some_and(|element| element.offset_parent().is_some())
    }

    fn press(element: &Element) {
        let name = element.tag_name();
        if name == "INPUT" {
            focus(element);
        } else if name == "FORM" {
            if let Ok(Some(folded)) = element.closest("details") {
                let _ = folded.set_attribute("open", "");
            }
            if let Ok(Some(field)) = element.query_selector("input:not([type=hidden]), textarea") {
                focus(&field);
            }
        } else {
            click(element);
        }
    }
}
