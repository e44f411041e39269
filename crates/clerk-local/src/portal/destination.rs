//! Where the portal sends people when a flow is done: only to the app's own origin.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode};
use url::Url;

// Clerk's development instances hand the dev browser to the app in a parameter named as its cookie.
use crate::{BASE_PATH, LocalOptions, browser_api::cookies::DEV_BROWSER};

/// The asked-for address if it is a page of the app's own origin, or of the instance's.
///
/// Anything else (another origin, another scheme, no address at all) is `None`: the flow then ends on
/// the app's front page.
pub fn own_page(options: &LocalOptions, asked: Option<&str>) -> Option<Url> {
    let mut url = options.own_page(asked?)?;
    url.set_fragment(None);
    Some(url)
}

/// The address to go to with the browser's token on it, from which the app's middleware performs the
/// dev-browser-sync handshake and learns of the changed session. The portal's own pages need none.
pub fn onward(public_url: &Url, way_back: Option<&Url>, token: &str) -> String {
    let mut url = way_back.unwrap_or(public_url).clone();
    if url.path().starts_with(BASE_PATH) {
        return url.into();
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != DEV_BROWSER)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair(DEV_BROWSER, token);
    url.into()
}

/// Sends the browser [`onward`].
pub fn leave(public_url: &Url, way_back: Option<&Url>, token: &str) -> Response {
    see_other(&onward(public_url, way_back, token))
}

/// 303: the answer to a form is always another page.
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The token in the address must not travel further in a Referer.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// A link to another page of the portal that keeps the way back.
pub fn step(page: &str, way_back: Option<&Url>) -> String {
    let mut link = format!("{BASE_PATH}/portal/{page}");
    if let Some(url) = way_back {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("redirect_url", url.as_str())
            .finish();
        link.push('?');
        link.push_str(&query);
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LocalOptions {
        LocalOptions::new("data", Url::parse("http://localhost:3000").unwrap())
    }

    fn page(asked: &str) -> Option<String> {
        own_page(&options(), Some(asked)).map(String::from)
    }

    #[test]
    fn pages_of_the_app_are_kept() {
        let kept = Some("http://localhost:3000/app?tab=1".to_owned());
        assert_eq!(page("/app?tab=1"), kept);
        assert_eq!(page("http://localhost:3000/app?tab=1#x"), kept);
    }

    #[test]
    fn other_places_are_ignored() {
        for asked in [
            "https://evil.example/",
            "//evil.example/app",
            "\\\\evil.example",
            "http://localhost:3001/",
            "https://localhost:3000/",
            "http://localhost:3000@evil.example/",
            "http://someone@localhost:3000/",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            assert_eq!(page(asked), None, "{asked}");
        }
    }

    #[test]
    fn the_token_is_appended_once() {
        let options = options();
        let back = own_page(&options, Some("/app?a=1&__clerk_db_jwt=old"));
        let response = leave(&options.public_url, back.as_ref(), "dvb_new");
        assert_eq!(
            response.headers()["location"],
            "http://localhost:3000/app?a=1&__clerk_db_jwt=dvb_new"
        );
    }

    #[test]
    fn an_instance_of_its_own_origin_leads_back_to_the_application_and_to_itself() {
        let own_url = Url::parse("http://localhost:3900").ok();
        let options = LocalOptions {
            own_url,
            ..options()
        };
        for (asked, page) in [
            ("/app", "http://localhost:3000/app"),
            ("http://localhost:3000/app", "http://localhost:3000/app"),
            (
                "/__clerk/portal/organizations",
                "http://localhost:3900/__clerk/portal/organizations",
            ),
        ] {
            let found = own_page(&options, Some(asked)).map(String::from);
            assert_eq!(found.as_deref(), Some(page));
        }
        assert_eq!(own_page(&options, Some("http://localhost:3901/")), None);
    }
}
