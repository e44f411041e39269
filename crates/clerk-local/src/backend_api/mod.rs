//! The backend API (Clerk: Backend API), one file per resource. Nested at `/backend`.
//!
//! Every route asks for `Authorization: Bearer sk_…`; those of tokens between machines take a
//! machine's own key (`ak_…`) as well. Answers are exactly `application/json`, which
//! is what Clerk's own backend client looks for.

mod api_keys;
mod caller;
mod clients;
mod email_addresses;
mod external_accounts;
mod factors;
mod input;
mod invitations;
mod jwt_templates;
mod m2m_tokens;
mod machines;
mod organizations;
mod permissions;
mod roles;
mod secret;
mod sessions;
mod sign_in_tokens;
mod testing_tokens;
mod users;

use axum::{Json, Router, extract::State, middleware, routing::get};
use serde_json::Value;

use crate::{
    LocalState,
    error::{LocalError, Result},
    faults,
};

/// Routes below `/backend`.
pub(crate) fn router(state: &LocalState) -> Router<LocalState> {
    Router::new()
        .route("/v1/jwks", get(keys))
        .merge(api_keys::router())
        .nest("/v1", api_keys::router())
        .merge(clients::router())
        .merge(external_accounts::router())
        .merge(invitations::router())
        .merge(factors::router())
        .merge(jwt_templates::router())
        .merge(email_addresses::router())
        .merge(machines::router())
        .merge(organizations::router())
        .merge(permissions::router())
        .merge(roles::router())
        .merge(sessions::router())
        .merge(sign_in_tokens::router())
        .merge(testing_tokens::router())
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
        .merge(m2m_tokens::router())
        .nest("/v1", m2m_tokens::router())
        .layer(middleware::from_fn_with_state(state.clone(), faults::layer))
}

async fn keys(State(state): State<LocalState>) -> Result<Json<Value>> {
    let signing = state.instance().signing_made().await?;
    Ok(Json(signing.jwks.clone()))
}
