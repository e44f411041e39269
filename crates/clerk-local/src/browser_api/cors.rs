//! Who may read the browser API's answers, and who may ask for changes: the application's origin.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use url::Url;

use crate::{LocalState, error::LocalError};

/// Echoes the application's origin and refuses changes asked for by any other.
pub(super) async fn layer(
    State(state): State<LocalState>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_ours = |origin: &HeaderValue| {
        let url = origin.to_str().ok().and_then(|text| Url::parse(text).ok());
        url.is_some_and(|url| state.options().is_own_page(&url))
    };
    let foreign = origin.as_ref().is_some_and(|origin| !is_ours(origin));
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let mut response = if foreign && !safe {
        let text = "The request comes from a page of another origin.";
        LocalError::api(400, "origin_invalid", text).into_response()
    } else if *request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Some(origin) = origin.filter(|_| !foreign) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("Clerk-Db-Jwt, X-Country, Retry-After, Authorization"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("Authorization, Clerk-Db-Jwt, Content-Type"),
        );
    }
    response
}
