//! A person's password: verify, remove, call it compromised.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{answer, find};
use crate::{
    LocalState,
    backend_api::input::Body,
    error::{LocalError, Result},
    state::SessionEnd,
};

#[derive(Deserialize)]
pub(super) struct Verify {
    password: Option<String>,
}

/// `{"verified":true}`, or an error.
pub(super) async fn verify(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Verify>,
) -> Result<Json<Value>> {
    let user = find(&state, &id).await?;
    let password = body
        .password
        .ok_or_else(|| LocalError::missing("password"))?;
    if user.password_digest.is_none() {
        return Err(LocalError::api(
            400,
            "no_password_set",
            "The user has no password.",
        ));
    }
    if !state.verify_password(&user, &password).await? {
        return Err(LocalError::form(
            422,
            "form_password_incorrect",
            "Password is incorrect. Try again, or use another method.",
            "password",
        ));
    }
    Ok(Json(json!({ "verified": true })))
}

#[derive(Deserialize)]
pub(super) struct Remove {
    sign_out_of_other_sessions: Option<bool>,
}

pub(super) async fn remove(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Remove>,
) -> Result<Json<Value>> {
    let sign_out = body.sign_out_of_other_sessions == Some(true);
    let user = state.remove_user_password(&id, sign_out).await?;
    Ok(answer(&state, &user))
}

#[derive(Deserialize)]
pub(super) struct SetCompromised {
    revoke_all_sessions: Option<bool>,
}

/// From now on the password signs nobody in.
pub(super) async fn set_compromised(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<SetCompromised>,
) -> Result<Json<Value>> {
    let user = state.set_password_compromised(&id, true).await?;
    if body.revoke_all_sessions == Some(true) {
        for session in state.sessions_of_user(&id).await? {
            state.end_session(&session.id, SessionEnd::Revoked).await?;
        }
    }
    Ok(answer(&state, &user))
}

pub(super) async fn unset_compromised(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.set_password_compromised(&id, false).await?;
    Ok(answer(&state, &user))
}
