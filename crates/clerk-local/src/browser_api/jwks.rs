//! `GET /.well-known/jwks.json` and `GET /v1/health`: nothing secret, for anybody.

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use crate::{LocalState, error::Result};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/.well-known/jwks.json", get(keys))
        .route("/v1/health", get(health))
}

async fn keys(State(state): State<LocalState>) -> Result<Json<Value>> {
    let signing = state.instance().signing_made().await?;
    Ok(Json(signing.jwks.clone()))
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "healthy" }))
}
