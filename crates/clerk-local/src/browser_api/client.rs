//! `/v1/client`: the browser as the instance knows it.

use axum::{Router, response::Response, routing::get};
use serde_json::Value;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route(
        "/v1/client",
        get(read).put(create).post(create).delete(remove),
    )
}

/// The client, or null for a browser that has not introduced itself. A token the instance does not
/// know is refused, upon which clerk-js introduces itself anew.
async fn read(context: BrowserContext) -> Result<Response> {
    if context.has_unknown_token() {
        return Err(LocalError::dev_browser_unauthenticated());
    }
    let Some(client) = &context.client else {
        return context.envelope(Value::Null, None).await;
    };
    let body = shapes::browser::load_client(&context.state, client, context.azp()).await?;
    let mut answer = context.envelope(body, None).await?;
    context
        .sync_refresh_cookie(client, answer.headers_mut())
        .await?;
    Ok(answer)
}

/// The client again: the dev browser token already stands for one.
async fn create(context: BrowserContext) -> Result<Response> {
    let client = context.client()?;
    let body = shapes::browser::load_client(&context.state, client, context.azp()).await?;
    context.respond(body).await
}

/// Signs out of everything; the browser stays known, so that its next sign-in needs no new token.
async fn remove(context: BrowserContext) -> Result<Response> {
    sign_out_of_all(&context).await
}

/// Removes every session and answers with the emptied client.
pub(super) async fn sign_out_of_all(context: &BrowserContext) -> Result<Response> {
    let client = context.client()?;
    context.state.remove_all_sessions(client).await?;
    let client = context
        .state
        .client(&client.id)
        .await?
        .ok_or_else(LocalError::dev_browser_unauthenticated)?;
    let body = shapes::browser::load_client(&context.state, &client, context.azp()).await?;
    let mut answer = context.envelope(body, None).await?;
    context
        .sync_refresh_cookie(&client, answer.headers_mut())
        .await?;
    Ok(answer)
}
