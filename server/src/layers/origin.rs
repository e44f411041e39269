//! Exact-origin check on every state-changing request (invariant 4).
//!
//! Cookies travel with requests that other sites make, so a request that changes something must
//! come from our own pages: `Origin` equals the public origin, character by character. A browser
//! that sends no `Origin` must say `Sec-Fetch-Site: same-origin`. A request that carries a bearer
//! token and no cookie cannot be forged by another site and passes.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};

/// Refuses state-changing requests from any origin but `public_origin` with 403.
pub async fn require_same_origin(
    State(public_origin): State<Arc<str>>,
    request: Request,
    next: Next,
) -> Response {
    if is_safe(request.method()) || allows(request.headers(), &public_origin) {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "refused: foreign origin");
    (
        StatusCode::FORBIDDEN,
        format!(
            "This request did not come from {public_origin}, so nothing was changed. \
             If that is not the address you use, set PUBLIC_URL.\n"
        ),
    )
        .into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn allows(headers: &HeaderMap, public_origin: &str) -> bool {
    let bearer = headers.contains_key(header::AUTHORIZATION);
    if bearer && !headers.contains_key(header::COOKIE) {
        return true;
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.as_bytes() == public_origin.as_bytes(),
        (Some(_), Some(_)) => false,
        (None, _) => headers
            .get("sec-fetch-site")
            .is_some_and(|site| site == "same-origin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, http::HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn only_the_exact_origin_passes() {
        let own = "https://app.example.com";
        assert!(allows(&headers(&[("origin", own)]), own));
        for foreign in [
            "https://app.example.com.evil.test",
            "https://evil-app.example.com",
            "http://app.example.com",
            "https://app.example.com:8443",
            "null",
            "",
        ] {
            assert!(!allows(&headers(&[("origin", foreign)]), own), "{foreign}");
        }
        assert!(!allows(&headers(&[("origin", own), ("origin", own)]), own));
    }

    #[test]
    fn without_origin_the_browser_must_say_same_origin() {
        let own = "https://app.example.com";
        assert!(!allows(&headers(&[]), own));
        assert!(allows(&headers(&[("sec-fetch-site", "same-origin")]), own));
        assert!(!allows(&headers(&[("sec-fetch-site", "same-site")]), own));
        assert!(!allows(&headers(&[("sec-fetch-site", "none")]), own));
    }

    #[test]
    fn a_bearer_token_passes_only_without_cookies() {
        let own = "https://app.example.com";
        assert!(allows(&headers(&[("authorization", "Bearer x")]), own));
        let both = headers(&[("authorization", "Bearer x"), ("cookie", "__session=x")]);
        assert!(!allows(&both, own));
    }
}
