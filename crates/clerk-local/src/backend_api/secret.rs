//! Who may call the backend API: whoever shows the instance's secret key.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};

use crate::{
    LocalState,
    error::{LocalError, Result},
    state::ids,
};

/// Refuses a request without the key (401).
pub(super) async fn layer(
    State(state): State<LocalState>,
    request: Request,
    next: Next,
) -> Response {
    match bearer(request.headers()).and_then(|key| check(&state, key)) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// The key a request shows.
///
/// # Errors
/// 401 `authorization_header_format_invalid`.
pub(super) fn bearer(headers: &HeaderMap) -> Result<&str> {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::trim)
        .ok_or_else(|| {
            LocalError::api(
                401,
                "authorization_header_format_invalid",
                "The Authorization header must be 'Bearer' and the secret key.",
            )
        })
}

/// Compares a key with the instance's.
///
/// # Errors
/// [`wrong_key`].
pub(super) fn check(state: &LocalState, key: &str) -> Result<()> {
    // Digests have one length, so the comparison takes the same time for every guess.
    let given = ids::secret_hash(key);
    let ours = ids::secret_hash(state.instance().secret_key.expose());
    verify_slices_are_equal(given.as_bytes(), ours.as_bytes()).map_err(|_| wrong_key())
}

/// 401 `clerk_key_invalid`.
pub(super) fn wrong_key() -> LocalError {
    LocalError::api(
        401,
        "clerk_key_invalid",
        "The provided Clerk Secret Key is invalid. It belongs to another instance or was changed.",
    )
}
