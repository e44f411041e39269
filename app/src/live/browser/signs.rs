//! Signs of life: that somebody does something here, and that they are writing a comment.

use std::{cell::Cell, rc::Rc};

use js_sys::Date;
use leptos::task::spawn_local;
use web_sys::Element;

use super::wired;
use crate::browser::{complain, document, listen, origin_of, post};

/// How often one says that one is here, in milliseconds.
const HERE_MS: f64 = 60_000.0;
/// How often one says that one is still typing. A sign of it lasts twice as long.
const TYPING_MS: f64 = 3_000.0;

/// Watches for them. Opening the page was the first.
pub fn start(wire: &Element) {
    let Some(document) = document() else { return };
    let here = Rc::new(Cell::new(Date::now()));
    for event in ["pointerdown", "keydown"] {
        let here = Rc::clone(&here);
        listen(&document, event, move |_| {
            if Date::now() - here.get() >= HERE_MS {
                here.set(Date::now());
                send(String::new());
            }
        });
    }
    if !wire.has_attribute("data-task") {
        return;
    }
    let typing = Cell::new(0.0);
    listen(&document, "input", move |event| {
        if origin_of(&event, "[data-typing]").is_some() && Date::now() - typing.get() >= TYPING_MS {
            typing.set(Date::now());
            here.set(Date::now());
            send(wired("data-task"));
        }
    });
}

fn send(typing: String) {
    spawn_local(async move {
        let fields = [("org", wired("data-org")), ("typing", typing)];
        if let Err(error) = post(&wired("data-sign"), &fields).await {
            complain("A sign of life was not sent:", &error);
        }
    });
}
