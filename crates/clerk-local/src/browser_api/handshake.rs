//! `GET /v1/client/handshake`: tells a backend, by way of the browser, who is signed in.
//!
//! The answer is a redirect back to the page with a nonce (or a signed token) that stands for the
//! cookies the backend is to set.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};
use url::Url;

use super::{context::BrowserContext, cookies};
use crate::{
    LocalState,
    error::{LocalError, Result},
    state::{Client, OrganizationChoice},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/client/handshake", get(handshake))
}

async fn handshake(context: BrowserContext) -> Result<Response> {
    let mut target = redirect_target(&context)?;
    let client = match &context.client {
        Some(client) => client.clone(),
        None => context.state.create_client().await?,
    };
    if let Some(wanted) = context.query.get("organization_id") {
        choose_organization(&context, &client, wanted).await?;
    }
    // The token is for the page the browser goes back to.
    let azp = target.origin().ascii_serialization();
    let directives = cookies::directives(&context.state, &client, Some(&azp)).await?;
    let (name, value) = match context.query.get("format") == Some("nonce") {
        true => {
            let nonce = context.state.store_handshake(directives).await?;
            ("__clerk_handshake_nonce", nonce)
        }
        false => {
            let token = context.state.mint_handshake_token(&directives)?;
            ("__clerk_handshake", token)
        }
    };
    target.query_pairs_mut().append_pair(name, &value);
    let location = HeaderValue::from_str(target.as_str()).map_err(|_| invalid_redirect())?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::TEMPORARY_REDIRECT, headers).into_response())
}

/// Only the application's own pages: anything else would hand a session to a stranger.
fn redirect_target(context: &BrowserContext) -> Result<Url> {
    let text = context
        .query
        .text("redirect_url")
        .ok_or_else(|| LocalError::missing("redirect_url"))?;
    Url::parse(text)
        .ok()
        .filter(|url| context.state.options().is_own_page(url))
        .ok_or_else(invalid_redirect)
}

fn invalid_redirect() -> LocalError {
    LocalError::form(
        422,
        "invalid_redirect_url",
        "redirect_url must be a page of the application itself.",
        "redirect_url",
    )
}

/// Makes an organization the active one if the person is a member; empty means the personal
/// account. Anything else changes nothing: the backend sees the old organization and says no.
async fn choose_organization(
    context: &BrowserContext,
    client: &Client,
    wanted: &str,
) -> Result<()> {
    let Some(session) = context.state.active_session(client).await? else {
        return Ok(());
    };
    let choice = match wanted {
        "" => OrganizationChoice::Clear,
        wanted => OrganizationChoice::Set(wanted),
    };
    match context.state.touch_session(&session.id, choice).await {
        Ok(_) | Err(LocalError::Api { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
