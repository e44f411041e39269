//! Menus of links and forms as native disclosures: they open and close without JavaScript.

use leptos::prelude::*;

/// Closes open menus on a click elsewhere and on Escape, and moves the focus back.
#[island]
pub fn MenuManners() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

    use crate::browser::{document, find_all, listen};

    const OPEN: &str = "details[data-menu][open]";
    let Some(document) = document() else { return };
    let close_others = |target: Option<Node>| {
        for menu in find_all(OPEN) {
            if !menu.contains(target.as_ref()) {
                let _ = menu.remove_attribute("open");
            }
        }
    };
    listen(&document, "click", move |event| {
        close_others(event.target().and_then(|target| target.dyn_into().ok()));
    });
    listen(&document, "keydown", |event| {
        let escape = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape");
        if !escape {
            return;
        }
        for menu in find_all(OPEN) {
            let _ = menu.remove_attribute("open");
            let summary = menu.query_selector("summary").ok().flatten();
            if let Some(summary) = summary.and_then(|s: Element| s.dyn_into::<HtmlElement>().ok()) {
                let _ = summary.focus();
            }
        }
    });
}
