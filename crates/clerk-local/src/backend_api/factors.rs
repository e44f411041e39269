//! `/v1/users/{id}/…`: second factors and passkeys of a person.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{delete, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::input::Body;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/users/{id}/mfa", delete(disable_mfa))
        .route("/v1/users/{id}/totp", delete(delete_totp))
        .route("/v1/users/{id}/backup_code", delete(delete_backup_codes))
        .route("/v1/users/{id}/verify_totp", post(verify_totp))
        .route(
            "/v1/users/{id}/passkeys/{passkey_id}",
            delete(delete_passkey),
        )
}

async fn disable_mfa(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    state.disable_mfa(&id).await?;
    Ok(of_user(&id))
}

async fn delete_totp(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    state.delete_totp(&id).await?;
    Ok(of_user(&id))
}

async fn delete_backup_codes(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    state.delete_backup_codes(&id).await?;
    Ok(of_user(&id))
}

async fn delete_passkey(
    State(state): State<LocalState>,
    Path((id, passkey_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    state.delete_passkey(&id, &passkey_id).await?;
    Ok(Json(shapes::deleted("passkey", &passkey_id)))
}

/// A code of the app, or a backup code.
#[derive(Deserialize)]
struct VerifyTotp {
    code: Option<String>,
}

/// Either kind of code is used up by it.
async fn verify_totp(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<VerifyTotp>,
) -> Result<Json<Value>> {
    let code = body.code.ok_or_else(|| LocalError::missing("code"))?;
    let user = state.user(&id).await?.ok_or_else(LocalError::not_found)?;
    if !user.factors.two_factor_enabled() {
        return Err(LocalError::api(
            400,
            "totp_disabled",
            "No authenticator app is set up for this user.",
        ));
    }
    let kind = if state.use_totp(&id, &code).await? {
        "totp"
    } else if state.use_backup_code(&id, &code).await? {
        "backup_code"
    } else {
        return Err(LocalError::form(
            422,
            "form_code_incorrect",
            "Incorrect code",
            "code",
        ));
    };
    Ok(Json(json!({ "verified": true, "code_type": kind })))
}

fn of_user(id: &str) -> Json<Value> {
    Json(json!({ "user_id": id }))
}
