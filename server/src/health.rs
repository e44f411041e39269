//! Health for orchestrators: alive means the process answers, ready means it can serve people.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use crate::state::AppState;

/// `GET /health/live`: 200 while the process runs.
pub async fn live() -> &'static str {
    "alive\n"
}

/// `GET /health/ready`: 200 when the database answers, else 503.
pub async fn ready(State(state): State<AppState>) -> Response {
    match state.store.ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}
