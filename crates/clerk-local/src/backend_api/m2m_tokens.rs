//! `/m2m_tokens`, with and without `/v1`: tokens between machines. Called with a machine's own
//! secret key, or with the instance's.

use axum::{
    Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    caller::Caller,
    input::{Body, Query, checked_seconds},
};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{M2mTokenQuery, Machine, NewM2mToken, ids},
};

/// Routes below the version, which Clerk's own client leaves out here.
pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/m2m_tokens", get(list).post(create))
        .route("/m2m_tokens/verify", post(verify))
        .route("/m2m_tokens/{id}/revoke", post(revoke))
}

#[derive(Deserialize)]
struct Create {
    token_format: Option<Format>,
    seconds_until_expiration: Option<i64>,
    claims: Option<Map<String, Value>>,
    min_remaining_ttl_seconds: Option<i64>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Opaque,
    Jwt,
}

/// Makes a token for the machine that calls. The token itself is in this answer only.
async fn create(
    State(state): State<LocalState>,
    caller: Caller,
    Body(body): Body<Create>,
) -> Result<Response> {
    let machine = caller.machine()?;
    let life = body.seconds_until_expiration;
    let life = checked_seconds(life, "seconds_until_expiration")?;
    let claims = body.claims.filter(|claims| !claims.is_empty());
    let answer = if body.token_format.unwrap_or_default() == Format::Jwt {
        jwt(&state, machine, life, claims)?
    } else {
        let remaining = body.min_remaining_ttl_seconds;
        let new = NewM2mToken {
            seconds_until_expiration: life,
            claims: claims.map(Value::Object),
            min_remaining_ttl_seconds: checked_seconds(remaining, "min_remaining_ttl_seconds")?,
        };
        let token = state.create_m2m_token(machine, new).await?;
        let mut answer = shapes::machines::m2m_token(&token, state.now_ms());
        answer["token"] = json!(token.token);
        answer
    };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// A token nobody stores: it is verified by its signature and can't be taken back.
fn jwt(
    state: &LocalState,
    machine: &Machine,
    life: Option<i64>,
    claims: Option<Map<String, Value>>,
) -> Result<Value> {
    let id = format!("mt_{}", ids::hex_id());
    let life = life.unwrap_or(machine.default_token_ttl);
    let (token, issued_at) = state.mint_m2m_token(machine, &id, life, claims.as_ref())?;
    let scopes: Vec<&str> = machine
        .scoped_machines
        .iter()
        .map(|called| called.id.as_str())
        .collect();
    Ok(json!({
        "object": "machine_to_machine_token",
        "id": id,
        "subject": machine.id,
        "claims": claims,
        "scopes": scopes,
        "token": token,
        "revoked": false,
        "revocation_reason": null,
        "expired": false,
        "expiration": (issued_at + life) * 1000,
        "last_used_at": null,
        "created_at": issued_at * 1000,
        "updated_at": issued_at * 1000,
    }))
}

/// Opaque tokens of a machine; a machine sees its own only.
async fn list(
    State(state): State<LocalState>,
    caller: Caller,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let subject = query.required("subject")?;
    if !caller.may_see(subject) {
        return Err(LocalError::api(
            403,
            "authorization_invalid",
            "A machine may list its own tokens only.",
        ));
    }
    if state.machine(subject).await?.is_none() {
        return Err(LocalError::not_found());
    }
    let (tokens, total) = state
        .m2m_tokens(&M2mTokenQuery {
            machine_id: subject.to_owned(),
            revoked: query.get("revoked") == Some("true"),
            expired: query.get("expired") == Some("true"),
            limit,
            offset,
        })
        .await?;
    let now = state.now_ms();
    let tokens: Vec<Value> = tokens
        .iter()
        .map(|token| shapes::machines::m2m_token(token, now))
        .collect();
    Ok(Json(json!({ "m2m_tokens": tokens, "total_count": total })))
}

#[derive(Deserialize)]
struct Revoke {
    revocation_reason: Option<String>,
}

async fn revoke(
    State(state): State<LocalState>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<Revoke>,
) -> Result<Json<Value>> {
    let token = state.m2m_token(&id).await?;
    token
        .filter(|token| caller.may_see(&token.machine_id))
        .ok_or_else(LocalError::not_found)?;
    let reason = body.revocation_reason.as_deref();
    let token = state.revoke_m2m_token(&id, reason).await?;
    Ok(Json(shapes::machines::m2m_token(&token, state.now_ms())))
}

#[derive(Deserialize)]
struct Verify {
    token: Option<String>,
}

/// The good token this is. A machine learns only of tokens that it made or that are meant for it.
async fn verify(
    State(state): State<LocalState>,
    caller: Caller,
    Body(body): Body<Verify>,
) -> Result<Json<Value>> {
    let token = body.token.ok_or_else(|| LocalError::missing("token"))?;
    let verifier = match &caller {
        Caller::Instance => None,
        Caller::Machine(machine) => Some(machine.id.as_str()),
    };
    let token = state.verify_m2m_token(&token, verifier).await?;
    let token = token.ok_or_else(LocalError::not_found)?;
    Ok(Json(shapes::machines::m2m_token(&token, state.now_ms())))
}
