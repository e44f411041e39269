//! `/keys.json`: keys and addresses of the instance for other programs of this machine.

use axum::{
    Json, Router,
    extract::State,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use http::header;
use serde_json::json;

use crate::{LocalState, error::Result, loopback};

pub(crate) fn router() -> Router<LocalState> {
    Router::new()
        .route("/keys.json", get(keys))
        .route_layer(middleware::from_fn(loopback::programs_only))
}

/// Everything that an application's environment needs. 404 for whoever is not a program of this
/// machine.
async fn keys(State(state): State<LocalState>) -> Result<Response> {
    let (options, instance) = (state.options(), state.instance());
    let keys = json!({
        "publishable_key": instance.publishable_key.as_str(),
        "secret_key": instance.secret_key.expose(),
        "jwt_key": instance.signing_made().await?.public_key_pem,
        "webhook_secret": instance.webhook_secret.expose(),
        "api_url": options.instance_url("/backend"),
        "proxy_url": options.instance_url(""),
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(keys)).into_response())
}
