//! `GET /v1/clients/handshake_payload` and `POST /v1/testing_tokens`.

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::input::Query;
use crate::{
    LocalState,
    error::{LocalError, Result},
    state::ids,
};

/// How long a testing token is said to last.
const TESTING_TOKEN_LIFE_S: i64 = 3600;

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/clients/handshake_payload", get(handshake_payload))
        .route("/v1/testing_tokens", post(testing_token))
}

/// Exchanges a handshake nonce for the cookies it stands for, once.
async fn handshake_payload(
    State(state): State<LocalState>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let directives = state
        .take_handshake(query.required("nonce")?)
        .await?
        .ok_or_else(|| {
            let text = "The handshake nonce is unknown, was used or is too old.";
            LocalError::form(404, "resource_not_found", text, "nonce")
        })?;
    Ok(Json(json!({ "directives": directives })))
}

/// Lets tests pass bot protection. The local instance has none, so any token does.
async fn testing_token(State(state): State<LocalState>) -> Json<Value> {
    Json(json!({
        "object": "testing_token",
        "token": ids::alphanumeric(32),
        "expires_at": state.now_ms().div_euclid(1000) + TESTING_TOKEN_LIFE_S,
    }))
}
