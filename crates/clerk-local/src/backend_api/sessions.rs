//! `/v1/sessions`: read, revoke, refresh, tokens.

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
    browser_api::cookies,
    error::{LocalError, Result},
    mint::SESSION_TOKEN_LIFE_S,
    shapes,
    state::{OrganizationChoice, Session, SessionEnd, SessionQuery, SessionStatus},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/sessions", get(list).post(create))
        .route("/v1/sessions/{id}", get(read))
        .route("/v1/sessions/{id}/revoke", post(revoke))
        .route("/v1/sessions/{id}/verify", post(verify))
        .route("/v1/sessions/{id}/refresh", post(refresh))
        .route("/v1/sessions/{id}/tokens", post(tokens))
        .route("/v1/sessions/{id}/tokens/{template}", post(template_token))
}

/// The sessions of a client or a person. `paginated=true` wraps the list, otherwise it is a bare
/// array.
async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    if query.text("client_id").is_none() && query.text("user_id").is_none() {
        return Err(LocalError::missing("user_id"));
    }
    let status = match query.text("status") {
        None => None,
        Some(name) => {
            let status = serde_json::from_value::<SessionStatus>(json!(name));
            Some(status.map_err(|_| {
                let text = "status is not one of a session's states.";
                LocalError::form(422, "form_param_value_invalid", text, "status")
            })?)
        }
    };
    let (sessions, total) = state
        .sessions(&SessionQuery {
            client_id: query.text("client_id").map(str::to_owned),
            user_id: query.text("user_id").map(str::to_owned),
            status,
            limit,
            offset,
        })
        .await?;
    let now = state.now_ms();
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| shapes::backend::session(session, now))
        .collect();
    Ok(Json(match query.get("paginated") == Some("true") {
        true => shapes::page(sessions, total),
        false => Value::Array(sessions),
    }))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let session = find(&state, &id).await?;
    Ok(Json(shapes::backend::session(&session, state.now_ms())))
}

async fn revoke(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let session = state.end_session(&id, SessionEnd::Revoked).await?;
    Ok(Json(shapes::backend::session(&session, state.now_ms())))
}

#[derive(Deserialize)]
struct Create {
    user_id: Option<String>,
    active_organization_id: Option<String>,
}

/// A session in a browser of its own, for tests (Clerk: development instances only).
async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let user_id = body.user_id.ok_or_else(|| LocalError::missing("user_id"))?;
    let unit = state.unit().await?;
    let user = unit.user(&user_id).await?;
    let user = user.ok_or_else(LocalError::not_found)?;
    let wanted = body.active_organization_id.filter(|id| !id.is_empty());
    if let Some(id) = &wanted {
        let membership = unit.membership(&user.id, id).await?;
        membership.ok_or_else(crate::mint::organization_not_found)?;
    }
    let client = unit.create_client().await?;
    let mut session = unit.create_session(&client, &user).await?;
    if let Some(id) = &wanted {
        let choice = OrganizationChoice::Set(id);
        session = unit.touch_session(&session.id, choice).await?;
    }
    unit.commit().await?;
    Ok(Json(shapes::backend::session(&session, state.now_ms())))
}

#[derive(Deserialize)]
struct Verify {
    token: Option<String>,
}

/// The session, when it is alive and the token is one of its own. Clerk's client still calls it,
/// though its documentation no longer has it.
async fn verify(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Verify>,
) -> Result<Json<Value>> {
    let token = body.token.ok_or_else(|| LocalError::missing("token"))?;
    let session = find(&state, &id).await?;
    alive(&state, &session)?;
    if !state.is_own_token(&token, &id) {
        let text = "The token is not one of this session.";
        return Err(LocalError::form(
            401,
            "authentication_invalid",
            text,
            "token",
        ));
    }
    Ok(Json(shapes::backend::session(&session, state.now_ms())))
}

#[derive(Deserialize)]
struct Token {
    expires_in_seconds: Option<i64>,
}

/// Shortest and longest life of a token that is asked for, in seconds (Clerk docs: 30 seconds to
/// ten years).
const TOKEN_LIFE_S: std::ops::RangeInclusive<i64> = 30..=315_360_000;

/// A token for a live session, as backends use it in tests.
async fn tokens(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Token>,
) -> Result<Json<Value>> {
    let session = find(&state, &id).await?;
    alive(&state, &session)?;
    let life = body.expires_in_seconds.unwrap_or(SESSION_TOKEN_LIFE_S);
    if !TOKEN_LIFE_S.contains(&life) {
        return Err(LocalError::form(
            422,
            "form_param_value_invalid",
            "expires_in_seconds must be between 30 and 315360000.",
            "expires_in_seconds",
        ));
    }
    let jwt = state.mint_session_token_with_life(&session, life).await?;
    Ok(Json(shapes::token(&jwt)))
}

/// A token for a live session, made from the template of this name, which says how long it lives.
async fn template_token(
    State(state): State<LocalState>,
    Path((id, template)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let session = find(&state, &id).await?;
    alive(&state, &session)?;
    let jwt = state.mint_template_token(&session, None, &template).await?;
    Ok(Json(shapes::token(&jwt)))
}

#[derive(Deserialize)]
struct Refresh {
    #[serde(default)]
    expired_token: String,
    #[serde(default)]
    refresh_token: String,
    request_origin: Option<String>,
    format: Option<String>,
}

/// Renews a session token with the browser's refresh token, which is replaced as well. `format`
/// `cookie` answers with `Set-Cookie` lines, anything else with a token.
async fn refresh(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Refresh>,
) -> Result<Json<Value>> {
    let session = find(&state, &id).await?;
    alive(&state, &session)?;
    if !state.is_own_token(&body.expired_token, &id) {
        let text = "expired_token is not a token of this session.";
        return Err(LocalError::form(
            422,
            "form_param_value_invalid",
            text,
            "expired_token",
        ));
    }
    let refresh_token = state
        .rotate_refresh_token(&id, &body.refresh_token)
        .await?
        .ok_or_else(|| {
            let text = "refresh_token is unknown or was replaced.";
            LocalError::form(401, "authentication_invalid", text, "refresh_token")
        })?;
    let azp = body
        .request_origin
        .as_deref()
        .filter(|origin| !origin.is_empty());
    if body.format.as_deref() != Some("cookie") {
        let jwt = state.mint_session_token(&session, azp).await?;
        return Ok(Json(shapes::token(&jwt)));
    }
    let mut lines = vec![cookies::refresh(&state, &refresh_token)];
    lines.extend(cookies::session_lines(&state, &session, azp).await?);
    Ok(Json(json!({ "object": "cookies", "cookies": lines })))
}

async fn find(state: &LocalState, id: &str) -> Result<Session> {
    state.session(id).await?.ok_or_else(LocalError::not_found)
}

fn alive(state: &LocalState, session: &Session) -> Result<()> {
    if session.is_active(state.now_ms()) {
        return Ok(());
    }
    let text = "The session is over.";
    Err(LocalError::api(401, "authentication_invalid", text))
}
