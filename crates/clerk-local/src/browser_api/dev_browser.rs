//! `POST /v1/dev_browser`: a new browser introduces itself.

use axum::{Json, Router, extract::State, routing::post};
use serde_json::{Value, json};

use crate::{LocalState, error::Result};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/dev_browser", post(create))
}

/// clerk-js keeps `id` as its `__clerk_db_jwt`.
async fn create(State(state): State<LocalState>) -> Result<Json<Value>> {
    let client = state.create_client().await?;
    Ok(Json(json!({
        "object": "dev_browser",
        "id": client.token,
        "token": client.token,
    })))
}
