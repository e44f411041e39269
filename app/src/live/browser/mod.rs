//! The island's half: the stream, the page read again, and what of it is taken over.
//!
//! What it needs to know stands in the page:
//!
//! - `[data-live-stream]`: the stream's address, the number of the last change that the page shows
//!   (`data-seq`), which page it is (`data-page`, `data-place`, `data-project`, `data-task`), whom it
//!   shows (`data-here`), where signs of life go (`data-sign`, `data-org`), and the words
//! - `main[data-live]`: what is kept up to date, and which kinds of changes concern it
//! - `[data-live-says]`: the live region
//! - `dialog[data-live-ended]`, `dialog[data-live-signed-out]`: shown at the end, with a way on
//! - `[data-typing]`: a form in which typing is shown to others

mod ending;
mod morph;
mod refresh;
mod signs;
mod source;

use web_sys::Element;

use crate::browser::{attribute, find};

/// Begins to follow.
pub fn start() {
    if let Some(wire) = wire() {
        signs::start(&wire);
        source::start();
    }
}

/// The element that says what to follow.
fn wire() -> Option<Element> {
    find("[data-live-stream]")
}

/// What it says.
fn wired(name: &str) -> String {
    wire().map_or_else(String::new, |wire| attribute(&wire, name))
}
