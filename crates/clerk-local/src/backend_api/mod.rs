//! The backend API (Clerk: Backend API), one file per resource. Nested at `/backend`.
//!
//! Every route asks for `Authorization: Bearer sk_…`. Answers are exactly `application/json`, which
//! is what Clerk's own backend client looks for.

mod clients;
mod input;
mod jwt_templates;
mod memberships;
mod organizations;
mod roles;
mod secret;
mod sessions;
mod sign_in_tokens;
mod users;

use axum::{Json, Router, extract::State, middleware, routing::get};
use serde_json::Value;

use crate::{LocalState, error::LocalError};

/// Routes below `/backend`.
pub(crate) fn router(state: &LocalState) -> Router<LocalState> {
    Router::new()
        .route("/v1/jwks", get(keys))
        .merge(clients::router())
        .merge(jwt_templates::router())
        .merge(memberships::router())
        .merge(organizations::router())
        .merge(roles::router())
        .merge(sessions::router())
        .merge(sign_in_tokens::router())
        .merge(users::router())
        .fallback(async || LocalError::not_found())
        .method_not_allowed_fallback(async || {
            LocalError::api(
                405,
                "method_not_allowed",
                "This resource has no such method.",
            )
        })
        .layer(middleware::from_fn_with_state(state.clone(), secret::layer))
}

async fn keys(State(state): State<LocalState>) -> Json<Value> {
    Json(state.instance().jwks.clone())
}
