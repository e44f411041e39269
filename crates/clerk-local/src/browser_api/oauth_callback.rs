//! `/v1/oauth_callback`: browsers on their way back from a provider.

use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};
use url::Url;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::oauth::{Arrival, Onward, arrive},
    portal,
    state::Client,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/oauth_callback", get(callback).post(callback))
}

/// A browser comes here by a redirect, so its cookies say which it is: an address made by somebody
/// else could name any browser.
async fn callback(
    State(state): State<LocalState>,
    headers: HeaderMap,
    context: BrowserContext,
) -> Result<Response> {
    let client = portal::visiting_client(&state, &headers).await?;
    // Providers answer in the query, or by a form that the browser posts.
    let field = |key| context.query.text(key).or_else(|| context.form.text(key));
    let arrival = Arrival {
        state: field("state"),
        code: field("code"),
        error: field("error"),
    };
    let onward = arrive(&state, client.as_ref(), arrival).await?;
    let location = match (&onward, &client) {
        (Onward::Done(url), Some(client)) => with_token(&state, url, client)?,
        (Onward::Done(url) | Onward::Continue(url), _) => url.clone(),
    };
    let location = HeaderValue::from_str(&location)
        .map_err(|error| LocalError::Invalid(format!("a redirect: {error}")))?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// The application's server learns of the new session by the browser's token (Clerk does so for
/// development instances).
fn with_token(state: &LocalState, url: &str, client: &Client) -> Result<String> {
    let url = Url::parse(url).map_err(|error| LocalError::Invalid(format!("a page: {error}")))?;
    let public_url = &state.options().public_url;
    Ok(portal::onward(public_url, Some(&url), &client.token))
}
