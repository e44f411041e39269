//! `/v1/client/sessions`: touch, tokens, end and remove.

use axum::{
    Json, Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};

use super::{client::sign_out_of_all, context::BrowserContext};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{OrganizationChoice, Session, SessionEnd},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/client/sessions", delete(remove_all))
        .route("/v1/client/sessions/{id}", get(read))
        .route("/v1/client/sessions/{id}/touch", post(touch))
        .route("/v1/client/sessions/{id}/end", post(end))
        .route("/v1/client/sessions/{id}/remove", post(remove))
        .route("/v1/client/sessions/{id}/tokens", post(tokens))
        .route("/v1/client/sessions/{id}/tokens/{template}", post(template))
}

async fn remove_all(context: BrowserContext) -> Result<Response> {
    sign_out_of_all(&context).await
}

async fn read(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let session = own(&context, &id).await?;
    answer(&context, &session).await
}

/// Marks the session as in use and chooses its organization: `active_organization_id` absent keeps
/// it, empty means the personal account.
async fn touch(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    own(&context, &id).await?;
    let choice = organization_choice(context.form.get("active_organization_id"));
    let session = context.state.touch_session(&id, choice).await?;
    answer(&context, &session).await
}

async fn end(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    own(&context, &id).await?;
    let session = context.state.end_session(&id, SessionEnd::Ended).await?;
    answer(&context, &session).await
}

async fn remove(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    own(&context, &id).await?;
    let session = context.state.end_session(&id, SessionEnd::Removed).await?;
    answer(&context, &session).await
}

/// A fresh token, without the envelope.
async fn tokens(Path(id): Path<String>, context: BrowserContext) -> Result<Response> {
    let session = own(&context, &id).await?;
    if !session.is_active(context.state.now_ms()) {
        return Err(LocalError::signed_out());
    }
    let choice = organization_choice(context.form.get("organization_id"));
    let jwt = context
        .state
        .mint_session_token_for(&session, context.azp(), choice)
        .await?;
    context.state.note_use(&session).await?;
    let mut answer = Json(shapes::token(&jwt)).into_response();
    context
        .sync_refresh_cookie(context.client()?, answer.headers_mut())
        .await?;
    Ok(answer)
}

/// A token made from the template of this name, without the envelope.
async fn template(
    Path((id, template)): Path<(String, String)>,
    context: BrowserContext,
) -> Result<Response> {
    let session = own(&context, &id).await?;
    if !session.is_active(context.state.now_ms()) {
        return Err(LocalError::signed_out());
    }
    let jwt = context
        .state
        .mint_template_token(&session, context.azp(), &template)
        .await?;
    context.state.note_use(&session).await?;
    Ok(Json(shapes::token(&jwt)).into_response())
}

/// The session, if it belongs to this browser.
async fn own(context: &BrowserContext, id: &str) -> Result<Session> {
    let client = context.client()?;
    context
        .state
        .session(id)
        .await?
        .filter(|session| session.client_id == client.id)
        .ok_or_else(LocalError::not_found)
}

async fn answer(context: &BrowserContext, session: &Session) -> Result<Response> {
    let body = shapes::browser::load_session(&context.state, session, context.azp()).await?;
    context.respond(body).await
}

fn organization_choice(field: Option<&str>) -> OrganizationChoice<'_> {
    match field {
        None => OrganizationChoice::Keep,
        Some("") => OrganizationChoice::Clear,
        Some(id) => OrganizationChoice::Set(id),
    }
}
