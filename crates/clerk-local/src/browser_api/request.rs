//! What a request's headers and query say: which browser, from which page, with which body.

use cookie::Cookie;
use http::{HeaderMap, header, request::Parts};
use url::Url;

use super::{cookies, form::Form};
use crate::LocalState;

/// The dev browser token: query, then header, then the cookies (suffixed first).
pub(super) fn dev_browser_token(state: &LocalState, parts: &Parts, query: &Form) -> Option<String> {
    let from_header = || {
        let value = parts.headers.get("clerk-db-jwt")?.to_str().ok()?;
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    let suffixed = cookies::suffixed(state, cookies::DEV_BROWSER);
    query
        .text(cookies::DEV_BROWSER)
        .map(str::to_owned)
        .or_else(from_header)
        .or_else(|| cookie_value(&parts.headers, &suffixed))
        .or_else(|| cookie_value(&parts.headers, cookies::DEV_BROWSER))
}

/// The value of a cookie, unless it is empty.
pub(super) fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| Cookie::split_parse(line.to_owned()).flatten())
        .find(|cookie| cookie.name() == name && !cookie.value().is_empty())
        .map(|cookie| cookie.value().to_owned())
}

/// The page's origin. A same-origin GET sends no `Origin`, so `Referer` and then `Host` speak for
/// it: a token without the right `azp` would be refused by the application's next page load.
pub(super) fn request_origin(state: &LocalState, headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(header::ORIGIN).filter(|origin| *origin != "null") {
        return Some(origin.to_owned());
    }
    let referer = text(header::REFERER).and_then(|referer| Url::parse(referer).ok());
    if let Some(referer) = referer {
        return Some(referer.origin().ascii_serialization());
    }
    let host = text(header::HOST)?;
    let scheme = state.options().own_url().scheme();
    let origin = Url::parse(&format!("{scheme}://{host}")).ok()?;
    Some(origin.origin().ascii_serialization())
}

/// Whether the body is a form.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"))
}
