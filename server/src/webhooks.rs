//! `POST /webhooks/clerk`: users, organizations and memberships arrive here.
//!
//! The signature is checked on the raw bytes; the effect and the delivery's id are written in one
//! transaction by `store`. An answer other than 2xx makes Clerk deliver again, so a fault of ours is
//! a 503 and nothing is lost; a message we can never accept is a 400.

use axum::{
    body::{Body, to_bytes},
    extract::State,
    response::{IntoResponse, Response},
};
use clerk::webhooks::{self, EventData};
use http::{HeaderMap, StatusCode};
use store::Applied;

use crate::{jobs::reconcile::reread_roles, state::AppState};

/// Bytes. Clerk's largest documented payloads (a user with full metadata) are far below.
const MAX_BODY: usize = 1024 * 1024;

/// Verifies one delivery and applies it.
pub async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    let Some(secret) = &state.webhook_secret else {
        tracing::error!("a webhook arrived but CLERK_WEBHOOK_SIGNING_SECRET is not set");
        return answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "CLERK_WEBHOOK_SIGNING_SECRET is not set on this server",
        );
    };
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE, "the body is over 1 MiB");
    };
    let event = match webhooks::verify(secret, &headers, &body, state.clock.now_ms()) {
        Ok(event) => event,
        Err(error) => {
            tracing::warn!(%error, "webhook refused");
            return answer(StatusCode::BAD_REQUEST, &error.to_string());
        }
    };
    // Before the delivery is recorded: what fails here is delivered, and done, again.
    if let EventData::PermissionUpdated(_) | EventData::PermissionDeleted(_) = &event.data
        && let Err(error) = reread_roles(&state.clerk, &state.store, event.timestamp_ms).await
    {
        tracing::error!(id = event.id, %error, "roles not read after a webhook");
        return answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "what roles give could not be read; deliver the event again",
        );
    }
    match state.store.identity().apply_event(&event).await {
        Ok(Applied::Fresh) => StatusCode::NO_CONTENT.into_response(),
        Ok(Applied::Duplicate) => {
            tracing::debug!(id = event.id, "webhook delivered before");
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => {
            tracing::error!(id = event.id, %error, "webhook not applied");
            answer(
                StatusCode::SERVICE_UNAVAILABLE,
                "the event could not be stored; deliver it again",
            )
        }
    }
}

fn answer(status: StatusCode, problem: &str) -> Response {
    (status, axum::Json(serde_json::json!({ "error": problem }))).into_response()
}
