//! `/v1/sign_in_tokens`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::post,
};
use serde::Deserialize;
use serde_json::Value;

use super::input::Body;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
};

/// Clerk's default life: 30 days, in seconds.
const DEFAULT_LIFE_S: i64 = 30 * 24 * 60 * 60;
/// Clerk's longest life: ten years, in seconds.
const MAX_LIFE_S: i64 = 10 * 365 * 24 * 60 * 60;

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/sign_in_tokens", post(create))
        .route("/v1/sign_in_tokens/{id}/revoke", post(revoke))
}

#[derive(Deserialize)]
struct Create {
    user_id: Option<String>,
    org_id: Option<String>,
    expires_in_seconds: Option<i64>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let user_id = body.user_id.ok_or_else(|| LocalError::missing("user_id"))?;
    let life_s = body.expires_in_seconds.unwrap_or(DEFAULT_LIFE_S);
    if !(1..=MAX_LIFE_S).contains(&life_s) {
        return Err(LocalError::form(
            422,
            "form_param_value_invalid",
            &format!("expires_in_seconds must be between 1 and {MAX_LIFE_S}."),
            "expires_in_seconds",
        ));
    }
    let organization_id = body.org_id.as_deref().filter(|id| !id.is_empty());
    let token = state.create_sign_in_token_into(&user_id, life_s, organization_id);
    let token = token.await?;
    Ok(Json(shapes::backend::sign_in_token(&state, &token)?))
}

async fn revoke(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let token = state.revoke_sign_in_token(&id).await?;
    Ok(Json(shapes::backend::sign_in_token(&state, &token)?))
}
