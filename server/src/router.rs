//! Routes and layers, from the outside in: trace → (frontend API, or:) time-out → security headers →
//! body limit → compression → origin check → Clerk → active organization → pages and server
//! functions.
//!
//! The site's files, health and webhooks stand outside of the inner four: they know no session.
//! Uploads have a body limit of their own.

use std::sync::Arc;

use axum::{
    Router,
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::{get, post},
};
use clerk::axum::ClerkLayer;
use http::StatusCode;
use tower_http::{
    catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

use crate::{
    downloads, events, health,
    layers::{active_organization, compression, origin, security_headers},
    pages,
    start::REQUEST_TIMEOUT,
    state::AppState,
    uploads, webhooks,
};

/// Bytes. Larger than any form of ours and any webhook.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// Health, webhooks, and everything a person sees.
pub fn application(state: &AppState, public_origin: &str) -> Router {
    let pages = pages::router()
        .merge(downloads::router())
        .merge(events::router());
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/webhooks/clerk", post(webhooks::receive))
        .with_state(state.clone())
        .fallback_service(compression::layer(for_persons(pages, state, public_origin)))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .merge(for_persons(uploads::router(), state, public_origin))
}

/// Routes that know who asks.
fn for_persons(routes: Router<AppState>, state: &AppState, public_origin: &str) -> Router {
    routes
        .with_state(state.clone())
        .layer(from_fn_with_state(
            state.clone(),
            active_organization::follow_url,
        ))
        .layer(ClerkLayer::new(state.authenticator.clone()))
        .layer(from_fn_with_state(
            Arc::<str>::from(public_origin),
            origin::require_same_origin,
        ))
        // What a page shows is for one person.
        .layer(map_response(never_shared))
}

/// What the application and the local instance have in common: security headers, a 500 for a
/// panic, a 503 for what takes too long.
pub fn with_shared_layers(router: Router, policy: &Arc<security_headers::Policy>) -> Router {
    router
        .layer(from_fn_with_state(
            Arc::clone(policy),
            security_headers::set_security_headers,
        ))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
}

async fn never_shared(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(http::header::CACHE_CONTROL)
        .or_insert(http::HeaderValue::from_static("private, no-store"));
    response
}
