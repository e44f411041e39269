//! `/v1/clients`: browsers.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::Client,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/clients", get(list))
        .route("/v1/clients/verify", post(verify))
        .route("/v1/clients/handshake_payload", get(handshake_payload))
        .route("/v1/clients/{id}", get(read))
}

/// `paginated=true` wraps the list, otherwise it is a bare array.
async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (clients, total) = state.clients(limit, offset).await?;
    let mut answers = Vec::with_capacity(clients.len());
    for client in &clients {
        answers.push(describe(&state, client).await?);
    }
    Ok(Json(match query.get("paginated") == Some("true") {
        true => shapes::page(answers, total),
        false => Value::Array(answers),
    }))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let client = state.client(&id).await?.ok_or_else(LocalError::not_found)?;
    Ok(Json(describe(&state, &client).await?))
}

#[derive(Deserialize)]
struct Verify {
    token: Option<String>,
}

/// The client a browser's token belongs to.
async fn verify(State(state): State<LocalState>, Body(body): Body<Verify>) -> Result<Json<Value>> {
    let token = body.token.ok_or_else(|| LocalError::missing("token"))?;
    let client = state.client_for_token(&token).await?;
    let client = client.ok_or_else(LocalError::not_found)?;
    Ok(Json(describe(&state, &client).await?))
}

/// Exchanges a handshake nonce for the cookies it stands for, once.
async fn handshake_payload(
    State(state): State<LocalState>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let directives = state
        .take_handshake(query.required("nonce")?)
        .await?
        .ok_or_else(|| {
            let text = "The handshake nonce is unknown, was used or is too old.";
            LocalError::form(404, "resource_not_found", text, "nonce")
        })?;
    Ok(Json(json!({ "directives": directives })))
}

async fn describe(state: &LocalState, client: &Client) -> Result<Value> {
    let sessions = state.sessions_of_client(&client.id).await?;
    Ok(shapes::backend::client(client, &sessions, state.now_ms()))
}
