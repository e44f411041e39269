//! The page says that it is over, and leads away.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;

use crate::browser::{after, attribute, find, listen, window};

/// One has no access to the organization any more.
pub const ENDED: &str = "dialog[data-live-ended]";
/// The session has ended.
pub const SIGNED_OUT: &str = "dialog[data-live-signed-out]";

/// How long to wait while a form is being sent, whose answer is a page of its own, in milliseconds.
const LATER_MS: i32 = 2_000;

/// Opens a dialog that has no way back: its link leads away, and so does closing it.
pub fn show(dialog: &'static str) {
    if find("form[aria-busy]").is_some() {
        // Perhaps one leaves by it.
        after(LATER_MS, move || open(dialog));
    } else {
        open(dialog);
    }
}

fn open(dialog: &str) {
    let Some(dialog) = find(dialog).and_then(|found| found.dyn_into::<HtmlDialogElement>().ok())
    else {
        return;
    };
    let link = dialog.query_selector("a").ok().flatten();
    let way = link.map_or_else(|| "/app".to_owned(), |link| attribute(&link, "href"));
    listen(&dialog, "close", move |_| {
        if let Some(window) = window() {
            let _ = window.location().assign(&way);
        }
    });
    let _ = dialog.show_modal();
}
