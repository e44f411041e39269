//! Who may sign in: bans and locks.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use serde_json::Value;

use super::{answer, find};
use crate::{
    LocalState,
    backend_api::input::Body,
    error::{LocalError, Result},
    shapes,
};

/// Most people in one call.
const MAX_USERS: usize = 100;

pub(super) async fn ban(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.ban_user(&id).await?;
    Ok(answer(&state, &user))
}

pub(super) async fn unban(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.unban_user(&id).await?;
    Ok(answer(&state, &user))
}

/// Keeps a person from signing in for as long as too many wrong answers would.
pub(super) async fn lock(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.lock_user(&id).await?;
    Ok(answer(&state, &user))
}

pub(super) async fn unlock(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let user = state.unlock_user(&id).await?;
    Ok(answer(&state, &user))
}

#[derive(Deserialize)]
pub(super) struct Several {
    user_ids: Option<Vec<String>>,
}

impl Several {
    /// Everybody must be there before anything changes.
    async fn known(self, state: &LocalState) -> Result<Vec<String>> {
        let ids = self
            .user_ids
            .filter(|ids| !ids.is_empty())
            .ok_or_else(|| LocalError::missing("user_ids"))?;
        if ids.len() > MAX_USERS {
            let text = format!("user_ids may name {MAX_USERS} people at most.");
            return Err(LocalError::form(
                422,
                "form_param_array_size_exceeded",
                &text,
                "user_ids",
            ));
        }
        for id in &ids {
            find(state, id).await?;
        }
        Ok(ids)
    }
}

pub(super) async fn ban_all(
    State(state): State<LocalState>,
    Body(body): Body<Several>,
) -> Result<Json<Value>> {
    let mut users = Vec::new();
    for id in body.known(&state).await? {
        let user = state.ban_user(&id).await?;
        users.push(shapes::backend::user(&user, state.options()));
    }
    Ok(Json(Value::Array(users)))
}

pub(super) async fn unban_all(
    State(state): State<LocalState>,
    Body(body): Body<Several>,
) -> Result<Json<Value>> {
    let mut users = Vec::new();
    for id in body.known(&state).await? {
        let user = state.unban_user(&id).await?;
        users.push(shapes::backend::user(&user, state.options()));
    }
    Ok(Json(Value::Array(users)))
}
