//! Routes about the instance itself.

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use crate::{LocalState, error::Result};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/health", get(health))
        .route("/v1/clear-site-data", get(clear_site_data))
}

/// Whether the instance can answer: its file is read once.
async fn health(State(state): State<LocalState>) -> Result<Json<Value>> {
    state.client("").await?;
    Ok(Json(json!({ "object": "health", "status": "ok" })))
}

/// Has the browser forget what the instance and the pages of its origin have left in it.
async fn clear_site_data() -> Response {
    let all = [("clear-site-data", "\"cache\", \"cookies\", \"storage\"")];
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::OK, all, fresh).into_response()
}
