//! What the switches do to a request.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Fate;
use crate::{LocalState, error::LocalError};

/// A layer of the browser API and the backend API.
pub(crate) async fn layer(
    State(state): State<LocalState>,
    request: Request,
    next: Next,
) -> Response {
    if !state.options().faults {
        return next.run(request).await;
    }
    let (delay_ms, fate) = state.faults().next();
    tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    match fate {
        Fate::Fine => next.run(request).await,
        Fate::Error => {
            LocalError::Invalid("the fault switches ask for an error".to_owned()).into_response()
        }
        Fate::RateLimit(seconds) => LocalError::api(
            429,
            "too_many_requests",
            "Too many requests. Please try again in a bit.",
        )
        .retry_after(seconds)
        .into_response(),
    }
}
