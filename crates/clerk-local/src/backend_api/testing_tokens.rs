//! `POST /v1/testing_tokens`.

use axum::{Json, Router, extract::State, routing::post};
use serde_json::{Value, json};

use crate::{LocalState, state::ids};

/// How long a testing token is said to last.
const LIFE_S: i64 = 3600;

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/testing_tokens", post(create))
}

/// Lets tests pass bot protection, by `__clerk_testing_token` in requests to the browser API. The
/// local instance has no such protection, so nothing has to remember the token.
async fn create(State(state): State<LocalState>) -> Json<Value> {
    let now = state.now_ms().div_euclid(1000);
    Json(json!({
        "object": "testing_token",
        "token": format!("{now}-c_{}", ids::alphanumeric(43)),
        "expires_at": now + LIFE_S,
    }))
}
