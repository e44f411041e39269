//! `/api_keys`, with and without `/v1`: keys that act for people and organizations.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::input::{Body, Query, checked_seconds, present};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{ApiKey, ApiKeyChanges, ApiKeyQuery, NewApiKey},
};

/// Routes below the version, which Clerk's own client leaves out here.
pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/api_keys", get(list).post(create))
        .route("/api_keys/verify", post(verify))
        .route("/api_keys/{id}", get(read).patch(update).delete(delete))
        .route("/api_keys/{id}/secret", get(secret))
        .route("/api_keys/{id}/revoke", post(revoke))
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (keys, total) = state
        .api_keys(&ApiKeyQuery {
            subject: query.required("subject")?.to_owned(),
            include_invalid: query.get("include_invalid") == Some("true"),
            query: query.text("query").map(str::to_owned),
            limit,
            offset,
        })
        .await?;
    let now = state.now_ms();
    let keys = keys
        .iter()
        .map(|key| shapes::machines::api_key(key, now))
        .collect();
    Ok(Json(shapes::page(keys, total)))
}

#[derive(Deserialize)]
struct Create {
    name: Option<String>,
    subject: Option<String>,
    description: Option<String>,
    claims: Option<Map<String, Value>>,
    #[serde(default)]
    scopes: Vec<String>,
    created_by: Option<String>,
    seconds_until_expiration: Option<i64>,
}

/// Makes a key. The key itself is in this answer, and in that of `/secret`.
async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let life = body.seconds_until_expiration;
    let new = NewApiKey {
        name: body.name.ok_or_else(|| LocalError::missing("name"))?,
        subject: body.subject.ok_or_else(|| LocalError::missing("subject"))?,
        description: body.description,
        scopes: body.scopes,
        claims: body.claims.map(Value::Object),
        created_by: body.created_by,
        seconds_until_expiration: checked_seconds(life, "seconds_until_expiration")?,
    };
    let key = state.create_api_key(new).await?;
    let mut answer = shapes::machines::api_key(&key, state.now_ms());
    answer["secret"] = json!(key.secret);
    Ok(Json(answer))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let key = find(&state, &id).await?;
    Ok(answer(&state, &key))
}

/// What may change; an absent field stays, an explicit null clears.
#[derive(Deserialize)]
struct Update {
    subject: Option<String>,
    #[serde(default, deserialize_with = "present")]
    description: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    claims: Option<Option<Map<String, Value>>>,
    scopes: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    seconds_until_expiration: Option<Option<i64>>,
}

/// Changes a key. Its subject may be named, to make sure whose key it is, but not changed.
async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let key = find(&state, &id).await?;
    if body.subject.is_some_and(|subject| subject != key.subject) {
        return Err(LocalError::not_found());
    }
    let life = body.seconds_until_expiration;
    let life = life.map(|life| checked_seconds(life, "seconds_until_expiration"));
    let changes = ApiKeyChanges {
        description: body.description,
        scopes: body.scopes,
        claims: body.claims.map(|claims| claims.map(Value::Object)),
        seconds_until_expiration: life.transpose()?,
    };
    let key = state.update_api_key(&id, changes).await?;
    Ok(answer(&state, &key))
}

async fn delete(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    state.delete_api_key(&id).await?;
    Ok(Json(shapes::deleted("api_key", &id)))
}

async fn secret(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let key = find(&state, &id).await?;
    Ok(Json(json!({ "secret": key.secret })))
}

#[derive(Deserialize)]
struct Revoke {
    revocation_reason: Option<String>,
}

async fn revoke(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Revoke>,
) -> Result<Json<Value>> {
    let reason = body.revocation_reason.as_deref();
    let key = state.revoke_api_key(&id, reason).await?;
    Ok(answer(&state, &key))
}

#[derive(Deserialize)]
struct Verify {
    secret: Option<String>,
}

/// The good key this is; unknown, revoked and expired ones are not found.
async fn verify(State(state): State<LocalState>, Body(body): Body<Verify>) -> Result<Json<Value>> {
    let secret = body.secret.ok_or_else(|| LocalError::missing("secret"))?;
    let key = state.verify_api_key(&secret).await?;
    let key = key.ok_or_else(LocalError::not_found)?;
    Ok(answer(&state, &key))
}

async fn find(state: &LocalState, id: &str) -> Result<ApiKey> {
    state.api_key(id).await?.ok_or_else(LocalError::not_found)
}

fn answer(state: &LocalState, key: &ApiKey) -> Json<Value> {
    Json(shapes::machines::api_key(key, state.now_ms()))
}
