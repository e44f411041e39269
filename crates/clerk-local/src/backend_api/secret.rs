//! Who may call the backend API: whoever shows the instance's secret key.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};

use crate::{LocalState, error::LocalError, state::ids};

/// Refuses a request without the key (401).
pub(super) async fn layer(
    State(state): State<LocalState>,
    request: Request,
    next: Next,
) -> Response {
    match check(&state, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(state: &LocalState, headers: &HeaderMap) -> Result<(), LocalError> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| {
            LocalError::api(
                401,
                "authorization_header_format_invalid",
                "The Authorization header must be 'Bearer' and the secret key.",
            )
        })?;
    // Digests have one length, so the comparison takes the same time for every guess.
    let given = ids::secret_hash(header.trim());
    let ours = ids::secret_hash(state.instance().secret_key.expose());
    verify_slices_are_equal(given.as_bytes(), ours.as_bytes()).map_err(|_| {
        LocalError::api(
            401,
            "clerk_key_invalid",
            "The provided Clerk Secret Key is invalid. It belongs to another instance or was changed.",
        )
    })
}
