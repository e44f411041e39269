//! What a page that is open asks the server for.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Headers, RequestInit, Response, SupportedType, UrlSearchParams,
};

use super::window;

/// The page at `address`.
///
/// # Errors
/// What the browser says when nobody answers; the status of an answer that is none of a page.
pub async fn fetch_page(address: &str) -> Result<Document, JsValue> {
    match read_page(address).await? {
        (answer, page) if answer.ok() => Ok(page),
        (answer, _) => Err(JsValue::from(answer.status())),
    }
}

/// The element of the page at `address` that matches `selector`.
///
/// # Errors
/// As [`fetch_page`], and when the page has no such element: the session has ended, say, and this is
/// the page that asks to sign in.
pub async fn fetch_part(address: &str, selector: &str) -> Result<Element, JsValue> {
    fetch_page(address)
        .await?
        .query_selector(selector)?
        .ok_or_else(|| JsValue::from_str(selector))
}

/// The answer at `address` and its page, also when that is one of an error.
///
/// # Errors
/// What the browser says when nobody answers.
pub async fn read_page(address: &str) -> Result<(Response, Document), JsValue> {
    let answer = request(address, "text/html", &RequestInit::new()).await?;
    let html = JsFuture::from(answer.text()?).await?;
    let html = html.as_string().unwrap_or_default();
    let page = DomParser::new()?.parse_from_string(&html, SupportedType::TextHtml)?;
    Ok((answer, page))
}

/// Sends a form as a program does. An answer that refuses is an error: its status, a number.
pub async fn post(path: &str, fields: &[(&str, String)]) -> Result<Response, JsValue> {
    let body = UrlSearchParams::new()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&body);
    let answer = request(path, "application/json", &options).await?;
    match answer.ok() {
        true => Ok(answer),
        false => Err(JsValue::from(answer.status())),
    }
}

async fn request(address: &str, accept: &str, options: &RequestInit) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", accept)?;
    options.set_headers(&headers);
    let answer = window()
        .ok_or(JsValue::NULL)?
        .fetch_with_str_and_init(address, options);
    JsFuture::from(answer).await?.dyn_into()
}
