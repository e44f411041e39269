//! `/v1/me/sessions`: the person's sessions in all browsers.

use axum::{
    Json, Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::Result,
    shapes,
    state::{Session, SessionQuery, User},
};

/// How many sessions the list of all of them looks back.
const LISTED: u64 = 500;

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me/sessions", get(all))
        .route("/v1/me/sessions/active", get(active))
        .route("/v1/me/sessions/{id}/revoke", post(revoke))
}

/// The person's sessions, live or over, newest first; a bare array.
async fn all(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let query = SessionQuery {
        user_id: Some(user.id.clone()),
        limit: LISTED,
        ..SessionQuery::default()
    };
    let (sessions, _) = context.state.sessions(&query).await?;
    list(&context, &user, &sessions).await
}

/// The person's live sessions, newest first; a bare array.
async fn active(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let sessions = context.state.sessions_of_user(&user.id).await?;
    list(&context, &user, &sessions).await
}

async fn list(context: &BrowserContext, user: &User, sessions: &[Session]) -> Result<Response> {
    let mut bodies = Vec::new();
    for session in sessions {
        bodies.push(body(context, session, user).await?);
    }
    Ok(Json(Value::Array(bodies)).into_response())
}

/// Signs the person out somewhere else (or here). That browser learns of it by its next request.
async fn revoke(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    let session = context.state.revoke_session_of(&user.id, &id).await?;
    let body = body(&context, &session, &user).await?;
    context.respond(body).await
}

async fn body(context: &BrowserContext, session: &Session, user: &User) -> Result<Value> {
    let state = &context.state;
    let device = state.device(&session.client_id).await?;
    let body = shapes::browser::session(session, user, &[], None, state.now_ms(), state.options());
    Ok(shapes::with_activity(body, session, &device))
}
