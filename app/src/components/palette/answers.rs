//! Opens the palette, asks for what can be chosen, and drops answers that come too late.

use std::{cell::Cell, rc::Rc};

use js_sys::{Function, encode_uri_component};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

use crate::{
    browser::{attribute, complain, document, fetch_part, find, listen, window},
    components::options::{Options, Step},
};

/// How long to wait for the next letter, in milliseconds.
const PAUSE_MS: i32 = 150;

struct Palette {
    dialog: HtmlDialogElement,
    field: HtmlInputElement,
    options: Options,
    status: Element,
    /// The number of the last change of the field: an answer to an earlier one is stale.
    turn: Cell<u32>,
    /// The timer that will ask.
    timer: Cell<i32>,
    /// Whether Enter was pressed before there was anything to choose.
    eager: Cell<bool>,
}

/// Finds the page's palette and listens.
pub fn start() {
    let Some(palette) = found() else { return };
    let palette = Rc::new(palette);
    let Some(document) = document() else { return };

    let this = Rc::clone(&palette);
    listen(&document, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if (pressed.meta_key() || pressed.ctrl_key())
            && !pressed.alt_key()
            && !pressed.shift_key()
            && pressed.key().eq_ignore_ascii_case("k")
        {
            event.prevent_default();
            this.toggle();
        }
    });

    let this = Rc::clone(&palette);
    let ask = Closure::<dyn FnMut()>::new(move || this.ask()).into_js_value();
    let ask: Function = ask.unchecked_into();
    let this = Rc::clone(&palette);
    listen(&palette.field, "input", move |_| {
        this.forget();
        let Some(window) = window() else { return };
        let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(&ask, PAUSE_MS);
        this.timer.set(timer.unwrap_or_default());
    });

    let this = Rc::clone(&palette);
    listen(&palette.field, "keydown", move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        match pressed.key().as_str() {
            // It belongs to the input method while that composes a word.
            _ if pressed.is_composing() => return,
            "ArrowDown" => this.options.step(&this.field, Step::Down),
            "ArrowUp" => this.options.step(&this.field, Step::Up),
            "Enter" => this.eager.set(!this.options.press()),
            _ => return,
        }
        event.prevent_default();
    });

    let this = Rc::clone(&palette);
    listen(&palette.options.list, "click", move |_| this.dialog.close());
    let this = Rc::clone(&palette);
    listen(&palette.dialog, "close", move |_| {
        this.forget();
        this.field.set_value("");
        this.options.clear(&this.field);
        this.status.set_text_content(None);
    });
}

fn found() -> Option<Palette> {
    let dialog = find("dialog[data-palette]")?;
    let field = dialog.query_selector("input").ok()??;
    let list = dialog.query_selector("[role=listbox]").ok()??;
    let status = dialog.query_selector("[role=status]").ok()??;
    Some(Palette {
        dialog: dialog.dyn_into().ok()?,
        field: field.dyn_into().ok()?,
        options: Options { list },
        status,
        turn: Cell::new(0),
        timer: Cell::new(0),
        eager: Cell::new(false),
    })
}

impl Palette {
    fn toggle(self: &Rc<Self>) {
        if self.dialog.open() {
            self.dialog.close();
        } else if find("dialog[open]").is_none() && self.dialog.show_modal().is_ok() {
            self.ask();
        }
    }

    /// What is shown is no answer to what the field says any more.
    fn forget(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.eager.set(false);
        self.options.unmark(&self.field);
        if let Some(window) = window() {
            window.clear_timeout_with_handle(self.timer.get());
        }
    }

    fn ask(self: &Rc<Self>) {
        let (this, turn) = (Rc::clone(self), self.turn.get());
        let words = encode_uri_component(&self.field.value());
        let address = [
            &attribute(&self.dialog, "data-palette"),
            "?q=",
            &String::from(words),
        ]
        .concat();
        let _ = self.options.list.set_attribute("aria-busy", "true");
        spawn_local(async move {
            let answer = fetch_part(&address, "[data-go]").await;
            if this.turn.get() != turn {
                return;
            }
            let _ = this.options.list.remove_attribute("aria-busy");
            let says = match answer {
                Ok(found) => {
                    this.options.show(&this.field, &found);
                    if this.eager.replace(false) {
                        this.options.press();
                    }
                    attribute(&found, "data-go")
                }
                Err(error) => {
                    complain("The palette has no answer:", &error);
                    this.eager.set(false);
                    this.options.clear(&this.field);
                    attribute(&this.dialog, "data-unreachable")
                }
            };
            this.status.set_text_content(Some(&says));
        });
    }
}
