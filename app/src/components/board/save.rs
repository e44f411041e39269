//! Tells the server where a card was put, and puts it back when the server does not agree. When that is
//! because somebody else was faster, the page is read again.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use super::grab::{Grab, say};
use crate::browser::{STALE, attribute, complain, find, post, tell};

const BUSY: &str = "aria-busy";
const VERSION: &str = "data-version";

/// Sends the place of the card that was let go.
pub fn save(grab: Grab) {
    let _ = grab.card.set_attribute(BUSY, "true");
    show("");
    spawn_local(async move {
        let outcome = send(&grab.card).await;
        let _ = grab.card.remove_attribute(BUSY);
        match outcome {
            Ok(version) => {
                let _ = grab.card.set_attribute(VERSION, &version);
                if let Ok(Some(field)) = grab.card.query_selector("input[name=version]") {
                    let _ = field.set_attribute("value", &version);
                }
            }
            Err(error) => {
                complain("A card could not be moved:", &error);
                grab.put_back();
                // A number is the answer's status, anything else no answer at all.
                let what = match error.as_f64() {
                    Some(409.0) => "conflict",
                    Some(_) => "refused",
                    None => "unreachable",
                };
                say("returned", &grab.card);
                show(what);
                if what == "conflict" {
                    tell(STALE);
                }
            }
        }
    });
}

/// The card's version after the move.
async fn send(card: &Element) -> Result<String, JsValue> {
    let board = find("[data-board]").ok_or(JsValue::NULL)?;
    let column = card.closest("[data-column]")?.ok_or(JsValue::NULL)?;
    let status = attribute(&column, "data-column");
    let to = match card.previous_element_sibling() {
        Some(above) => [&status, ".after.", &attribute(&above, "data-card")].concat(),
        None => [&status, ".first"].concat(),
    };
    let fields = [
        ("org", attribute(&board, "data-org")),
        ("id", attribute(card, "data-card")),
        ("version", attribute(card, VERSION)),
        ("to", to),
    ];
    let answer = post(&attribute(&board, "data-move"), &fields).await?;
    // The answer is the version, a number.
    let version = JsFuture::from(answer.text()?).await?;
    version.as_string().ok_or(version)
}

/// Shows the words `data-say-{what}`, or nothing.
fn show(what: &str) {
    if let (Some(board), Some(place)) = (find("[data-board]"), find("[data-board-error]")) {
        place.set_text_content(Some(&attribute(&board, &["data-say-", what].concat())));
    }
}
