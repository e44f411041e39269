//! Forms are taken only from the instance's own pages.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use maud::html;
use url::Url;

use super::{layout, message};
use crate::LocalState;

/// Refuses every state-changing request that does not come from the instance's own origin.
pub async fn check(State(state): State<LocalState>, request: Request, next: Next) -> Response {
    let own_url = state.options().own_url();
    if matches!(*request.method(), Method::GET | Method::HEAD) || is_own(request.headers(), own_url)
    {
        let mut response = next.run(request).await;
        layout::let_forms_lead_to(&mut response, state.options());
        return response;
    }
    let home = own_url.as_str();
    message(
        StatusCode::FORBIDDEN,
        "This form was not sent from here",
        &html! {
            p {
                "For your safety, forms are taken only from pages at " a href=(home) { (home) }
                ". Open the page there and send the form again."
            }
        },
    )
}

/// Whether the browser says that the request comes from our own origin.
///
/// Browsers send `Origin` with each form post. Where it is absent or withheld (`null`), only the
/// browser's own word that the request stays on one origin is enough.
fn is_own(headers: &HeaderMap, own_url: &Url) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::ORIGIN.as_str()) {
        Some(origin) if origin != "null" => origin == own_url.origin().ascii_serialization(),
        _ => text("sec-fetch-site") == Some("same-origin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let public_url = Url::parse("http://localhost:3000/").unwrap();
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        is_own(&headers, &public_url)
    }

    #[test]
    fn only_the_exact_origin_counts() {
        assert!(own(&[("origin", "http://localhost:3000")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[
            ("origin", "null"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(!own(&[]));
        assert!(!own(&[("origin", "null")]));
        assert!(!own(&[("origin", "http://localhost:3001")]));
        assert!(!own(&[("origin", "http://localhost:3000.evil.example")]));
        assert!(!own(&[("origin", "https://localhost:3000")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[
            ("origin", "http://evil.example"),
            ("sec-fetch-site", "same-origin")
        ]));
    }
}
