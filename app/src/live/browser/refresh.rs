//! Reads the page again and takes over what changed.

use std::{cell::Cell, rc::Rc};

use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::Document;

use super::{morph, wire, wired};
use crate::browser::{SWAPPED, after, attribute, complain, find, read_page, tell, window};

/// How long more changes are waited for, in milliseconds.
const SOON_MS: i32 = 150;
/// How long to wait while something is in somebody's hand or being sent, and between two readings.
const LATER_MS: i32 = 600;
const MAIN: &str = "main[data-live]";

/// When to read the page again.
#[derive(Clone, Default)]
pub struct Refresh(Rc<Due>);

#[derive(Default)]
struct Due {
    waiting: Cell<bool>,
    reading: Cell<bool>,
    again: Cell<bool>,
    announce: Cell<bool>,
}

impl Refresh {
    /// Whether the page as it is shows the change with this number.
    pub fn shows(&self, id: &str) -> bool {
        let number = |text: &str| text.parse::<u64>().unwrap_or_default();
        number(id) <= number(&wired("data-seq"))
    }

    /// Reads the page in a moment. `announce` if others changed something in it.
    pub fn soon(&self, announce: bool) {
        if find(MAIN).is_none() {
            return;
        }
        if announce {
            self.0.announce.set(true);
        }
        if self.0.reading.get() {
            self.0.again.set(true);
        } else {
            self.wait(SOON_MS);
        }
    }

    fn wait(&self, ms: i32) {
        if self.0.waiting.replace(true) {
            return;
        }
        let refresh = self.clone();
        after(ms, move || {
            refresh.0.waiting.set(false);
            if find("[data-grabbed], main [aria-busy=true]").is_some() {
                refresh.wait(LATER_MS);
            } else {
                refresh.read();
            }
        });
    }

    fn read(&self) {
        self.0.reading.set(true);
        let refresh = self.clone();
        spawn_local(async move {
            let announce = refresh.0.announce.take();
            match read(announce).await {
                Ok(Read::Shown) => {}
                Ok(Read::Held) => {
                    refresh.0.announce.set(announce || refresh.0.announce.get());
                    refresh.0.again.set(true);
                }
                Err(error) => complain("The page could not be brought up to date:", &error),
            }
            refresh.0.reading.set(false);
            if refresh.0.again.take() {
                refresh.wait(LATER_MS);
            }
        });
    }
}

/// What became of a page that was read.
enum Read {
    Shown,
    /// A card was taken meanwhile: nothing is moved below somebody's hand.
    Held,
}

async fn read(announce: bool) -> Result<Read, JsValue> {
    let location = window().ok_or(JsValue::NULL)?.location();
    let own = wired("data-page");
    // A page that answers a form stands at the form's address.
    let url = match location.pathname()? == own {
        true => location.href()?,
        false => own,
    };
    let (answer, fresh) = read_page(&url).await?;
    let Some(main) = find(MAIN) else {
        return Ok(Read::Shown);
    };
    if answer.redirected() && !answer.url().contains("/sign-in") || answer.status() == 404 {
        // It is elsewhere, or gone. What is being typed stays, and its form will say so.
        if !morph::is_precious(&main) {
            location.replace(&answer.url())?;
        }
        return Ok(Read::Shown);
    }
    if find("[data-grabbed]").is_some() {
        return Ok(Read::Held);
    }
    if let Some(new) = fresh.query_selector(MAIN)?
        && morph::morph(&main, &new)?
        && announce
        && let Some(region) = find("[data-live-says]")
    {
        region.set_text_content(Some(&wired("data-say-updated")));
    }
    take_over(&fresh)?;
    tell(SWAPPED);
    Ok(Read::Shown)
}

/// What the page as it is now says of itself.
fn take_over(fresh: &Document) -> Result<(), JsValue> {
    let (Some(old), Some(new)) = (wire(), fresh.query_selector("[data-live-stream]")?) else {
        return Ok(());
    };
    for name in ["data-seq", "data-here"] {
        old.set_attribute(name, &attribute(&new, name))?;
    }
    Ok(())
}
