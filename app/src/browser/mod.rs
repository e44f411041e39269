//! What islands share of the DOM. Compiled for the browser alone.
//!
//! Islands here add manners to HTML that is complete without them, so they take no properties and
//! render next to nothing: what they need to know stands in `data-` attributes beside them. That
//! keeps deserialization out of the wasm file, and with it half of its weight.

mod requests;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlDocument, HtmlElement, NodeList, Window};

pub use requests::{fetch_page, fetch_part, post, read_page};

/// What the document hears when a part of the page was replaced by what it is now.
pub const SWAPPED: &str = "live:swapped";

/// What the document hears when an island was told that the page is not what there is now.
pub const STALE: &str = "live:stale";

/// The window. Islands run nowhere else.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Calls `handler` for each `event` on `target`, as long as the page lives.
pub fn listen(target: &EventTarget, event: &str, handler: impl FnMut(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(handler);
    let _ = target.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
    handler.forget();
}

/// The element an event began at, or its nearest ancestor, that matches `selector`.
pub fn origin_of(event: &Event, selector: &str) -> Option<Element> {
    event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest(selector)
        .ok()?
}

/// The first element of the page that matches `selector`.
pub fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// All elements of the page that match `selector`.
pub fn find_all(selector: &str) -> Vec<Element> {
    elements(document().and_then(|document| document.query_selector_all(selector).ok()))
}

/// All elements inside of `frame` that match `selector`.
pub fn find_all_in(frame: &Element, selector: &str) -> Vec<Element> {
    elements(frame.query_selector_all(selector).ok())
}

fn elements(nodes: Option<NodeList>) -> Vec<Element> {
    let Some(nodes) = nodes else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|i| nodes.item(i)?.dyn_into().ok())
        .collect()
}

/// Gives an element the focus.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Does what a click on the element does.
pub fn click(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.click();
    }
}

/// An attribute's value; empty when it is not there.
pub fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// Tells the document of something that has no other event.
pub fn tell(event: &str) {
    if let (Some(document), Ok(event)) = (document(), Event::new(event)) {
        let _ = document.dispatch_event(&event);
    }
}

/// The value of the cookie `name`.
pub fn cookie(name: &str) -> Option<String> {
    let cookies = html_document()?.cookie().ok()?;
    cookies.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

/// Keeps the cookie `name` for a year, on this host, for requests that people make themselves.
pub fn set_cookie(name: &str, value: &str) {
    let secure = window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|protocol| protocol == "https:");
    let secure = if secure { "; Secure" } else { "" };
    if let Some(document) = html_document() {
        let _ = document.set_cookie(
            &[
                name,
                "=",
                value,
                "; Path=/; Max-Age=31536000; SameSite=Lax",
                secure,
            ]
            .concat(),
        );
    }
}

/// Calls `handler` once, in so many milliseconds.
pub fn after(ms: i32, handler: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let handler = Closure::once_into_js(handler);
        let _ = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(handler.unchecked_ref(), ms);
    }
}

/// Says in the console what failed.
pub fn complain(what: &str, error: &JsValue) {
    web_sys::console::error_2(&JsValue::from_str(what), error);
}

fn html_document() -> Option<HtmlDocument> {
    document()?.dyn_into().ok()
}
