//! Whom one can mention: a list of members under the text in which one types an `@`.
//!
//! What is listed is the page `/app/{slug}/people` (`pages/people`), fetched for what stands behind the
//! `@`. Without JavaScript nothing is listed; the name is typed, or chosen from the form's own list.

use leptos::prelude::*;

/// Listens to what is typed into `textarea[data-mentions]`.
#[island]
pub fn MentionNames() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };

    use js_sys::encode_uri_component;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{Document, Element, Event, HtmlTextAreaElement, KeyboardEvent};

    use crate::{
        browser::{after, attribute, complain, document, fetch_part, listen, origin_of},
        components::options::{Options, Step},
    };

    /// How long to wait for the next letter, in milliseconds.
    const PAUSE_MS: i32 = 150;
    /// The most UTF-16 units behind an `@` that may be a name.
    const LONGEST: usize = 40;
    const FIELD: &str = "textarea[data-mentions]";

    #[derive(Default)]
    struct Names {
        /// The number of the last change: an answer to an earlier one is stale.
        turn: Cell<u32>,
        shown: RefCell<Option<Shown>>,
        /// What was found to be nobody's name; whatever continues it is nobody's either.
        nobody: RefCell<Option<String>>,
    }

    struct Shown {
        field: HtmlTextAreaElement,
        options: Options,
        /// Where the `@` stands, in UTF-16 units.
        at: u32,
    }

    pub fn start() {
        let Some(document) = document() else { return };
        let names = Rc::new(Names::default());
        on(&document, &names, "input", |names, event| {
            if let Some(field) = field_of(event) {
                names.typed(field);
            }
        });
        on(&document, &names, "keydown", Names::pressed);
        on(&document, &names, "focusout", |names, event| {
            if field_of(event).is_some() {
                names.close();
            }
        });
        // The field keeps the focus.
        on(&document, &names, "mousedown", |_, event| {
            if origin_of(event, "[data-mention-list]").is_some() {
                event.prevent_default();
            }
        });
        on(&document, &names, "click", |names, event| {
            if let Some(option) = origin_of(event, "[data-mention-list] [role=option]") {
                event.prevent_default();
                names.choose(&option);
            }
        });
    }

    fn on(document: &Document, names: &Rc<Names>, event: &str, handler: fn(&Rc<Names>, &Event)) {
        let names = Rc::clone(names);
        listen(document, event, move |event| handler(&names, &event));
    }

    fn field_of(event: &Event) -> Option<HtmlTextAreaElement> {
        origin_of(event, FIELD)?.dyn_into().ok()
    }

    /// The `@` before the caret, and what stands between them.
    fn asked(field: &HtmlTextAreaElement) -> Option<(u32, String)> {
        let caret = field.selection_start().ok()??;
        let value = field.value();
        let before: Vec<u16> = value.encode_utf16().take(caret as usize).collect();
        let at = before.iter().rposition(|unit| *unit == u16::from(b'@'))?;
        let name = before.get(at + 1..)?;
        let goes_before = at.checked_sub(1).and_then(|place| before.get(place));
        // Not in the middle of an address, and on one line.
        let begins = matches!(goes_before, None | Some(9 | 10 | 32 | 40));
        let may_be_name = name.len() <= LONGEST && !name.contains(&10) && name.first() != Some(&32);
        (begins && may_be_name).then(|| (at as u32, String::from_utf16_lossy(name)))
    }

    impl Names {
        fn typed(self: &Rc<Self>, field: HtmlTextAreaElement) {
            let turn = self.turn.get().wrapping_add(1);
            self.turn.set(turn);
            let asked = asked(&field);
            let Some((at, name)) = asked.filter(|(_, name)| !self.is_nobody(name)) else {
                return self.close();
            };
            // What is marked may be none of those who are asked for now.
            if let Some(shown) = self.shown.borrow().as_ref() {
                shown.options.unmark(&shown.field);
            }
            let this = Rc::clone(self);
            after(PAUSE_MS, move || {
                if this.turn.get() == turn {
                    spawn_local(async move { this.ask(field, at, name).await });
                }
            });
        }

        fn is_nobody(&self, name: &str) -> bool {
            let nobody = self.nobody.borrow();
            nobody
                .as_ref()
                .is_some_and(|nobody| name.starts_with(nobody))
        }

        async fn ask(&self, field: HtmlTextAreaElement, at: u32, name: String) {
            let turn = self.turn.get();
            let words = String::from(encode_uri_component(&name));
            let address = [&attribute(&field, "data-mentions"), "?q=", &words].concat();
            let answer = fetch_part(&address, "[data-people]").await;
            if self.turn.get() != turn {
                return;
            }
            match answer {
                Ok(found) => self.show(field, at, name, &found),
                Err(error) => {
                    complain("Nobody can be looked up:", &error);
                    self.close();
                }
            }
        }

        fn show(&self, field: HtmlTextAreaElement, at: u32, name: String, found: &Element) {
            self.close();
            let list = attribute(&field, "aria-controls");
            let list = document().and_then(|document| document.get_element_by_id(&list));
            let Some(list) = list else { return };
            say(&list, &attribute(found, "data-people"));
            if found.first_element_child().is_none() {
                *self.nobody.borrow_mut() = Some(name);
                return;
            }
            let _ = list.remove_attribute("hidden");
            let options = Options { list };
            options.show(&field, found);
            *self.shown.borrow_mut() = Some(Shown { field, options, at });
        }

        fn pressed(self: &Rc<Self>, event: &Event) {
            let (Some(pressed), Some(_)) = (event.dyn_ref::<KeyboardEvent>(), field_of(event))
            else {
                return;
            };
            // It belongs to the input method while that composes a word.
            if pressed.is_composing() {
                return;
            }
            let key = pressed.key();
            let marked = {
                let shown = self.shown.borrow();
                let Some(Shown { field, options, .. }) = shown.as_ref() else {
                    return;
                };
                match key.as_str() {
                    "ArrowDown" => options.step(field, Step::Down),
                    "ArrowUp" => options.step(field, Step::Up),
                    "Escape" | "Enter" | "Tab" => {}
                    _ => return,
                }
                options.marked()
            };
            match (key.as_str(), marked) {
                ("Escape", _) => self.close(),
                ("Enter" | "Tab", Some(marked)) => self.choose(&marked),
                // A line break, or on to the next field: nobody is meant.
                ("Enter" | "Tab", None) => return self.close(),
                _ => {}
            }
            event.prevent_default();
        }

        /// Writes the option's name where the `@` stands.
        fn choose(&self, option: &Element) {
            let Some(Shown { field, at, .. }) = self.hide() else {
                return;
            };
            let caret = field.selection_start().ok().flatten().unwrap_or(at);
            let name = ["@", &attribute(option, "data-name"), " "].concat();
            let _ = field.set_range_text_with_start_and_end_and_mode(&name, at, caret, "end");
        }

        fn close(&self) {
            self.hide();
        }

        fn hide(&self) -> Option<Shown> {
            self.turn.set(self.turn.get().wrapping_add(1));
            let shown = self.shown.borrow_mut().take()?;
            shown.options.clear(&shown.field);
            let _ = shown.options.list.set_attribute("hidden", "");
            say(&shown.options.list, "");
            Some(shown)
        }
    }

    /// What is announced stands beside the list.
    fn say(list: &Element, what: &str) {
        if let Some(status) = list.next_element_sibling() {
            status.set_text_content(Some(what));
        }
    }
}
