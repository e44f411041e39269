//! All routes of the instance in one router.

use axum::{Router, extract::Request, response::IntoResponse};
use http::{Method, Uri, uri::PathAndQuery};
use tower::ServiceExt;
use url::form_urlencoded;

use crate::{
    LocalState, backend_api, browser_api, error::LocalError, faults, keys, npm, outbox, portal,
    provider, webhooks,
};

/// The parts merged. The outermost layer works before routing, which a layer of `Router` would not.
pub(crate) fn router(state: LocalState) -> Router {
    let routes = Router::new()
        .merge(browser_api::router(&state))
        .merge(npm::router(&state.options().npm_dir))
        .merge(faults::router(&state))
        .merge(keys::router())
        .merge(outbox::router())
        .merge(portal::router(&state))
        .merge(webhooks::pages::router(&state))
        .merge(provider::router(&state))
        .nest("/backend", backend_api::router(&state))
        .fallback(async || LocalError::not_found().into_response())
        .with_state(state);
    Router::new().fallback_service(routes.map_request(before_routing))
}

/// Clerk's client only sends GET and POST: `?_method=PATCH` on a POST tells what is meant. It also
/// puts a slash at the end of some addresses.
fn before_routing(mut request: Request) -> Request {
    if !request.uri().path().starts_with("/v1/") {
        return request;
    }
    if request.method() == Method::POST
        && let Some(method) = meant_method(request.uri())
    {
        *request.method_mut() = method;
    }
    if let Some(uri) = without_trailing_slash(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn meant_method(uri: &Uri) -> Option<Method> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(key, _)| key == "_method")
        .and_then(|(_, value)| match value.to_ascii_uppercase().as_str() {
            "PUT" => Some(Method::PUT),
            "PATCH" => Some(Method::PATCH),
            "DELETE" => Some(Method::DELETE),
            _ => None,
        })
}

fn without_trailing_slash(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/')?;
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(text.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn seen(method: &str, uri: &str) -> (Method, String) {
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .body(Body::empty())
            .expect("a request");
        let request = before_routing(request);
        (request.method().clone(), request.uri().to_string())
    }

    #[test]
    fn the_method_and_the_slash() {
        let (method, uri) = seen("POST", "/v1/me/?_method=PATCH&a=1");
        assert_eq!(method, Method::PATCH);
        assert_eq!(uri, "/v1/me?_method=PATCH&a=1");
        assert_eq!(seen("GET", "/v1/me?_method=DELETE").0, Method::GET);
        assert_eq!(seen("POST", "/portal/x?_method=DELETE").0, Method::POST);
        assert_eq!(seen("POST", "/v1/me?_method=TRACE").0, Method::POST);
    }
}
