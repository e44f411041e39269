//! `GET /v1/verify`: where the links in mails lead.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};
use url::Url;

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::link::{self, Outcome},
};

pub(super) fn router() -> Router<LocalState> {
    // Programs that look at mails ask for the head of what they link to: that uses up no link.
    let look = async || StatusCode::NO_CONTENT;
    Router::new().route("/v1/verify", get(open).head(look))
}

/// Opens the link and goes on to the page that asked for it, with what became of it.
async fn open(context: BrowserContext) -> Result<Response> {
    let token = context.query.required("token")?;
    let link = link::read(&context.state, token)?;
    let outcome = link::open(&context.state, &link, context.client.as_ref()).await?;
    let mut target = link.rurl;
    {
        let mut query = target.query_pairs_mut();
        query.append_pair("__clerk_status", outcome.status());
        if let Outcome::Verified(Some(session_id)) = &outcome {
            query.append_pair("__clerk_created_session", session_id);
        }
    }
    see_other(&target)
}

/// 303, never kept by the browser: the same link opened again has another outcome.
pub(super) fn see_other(target: &Url) -> Result<Response> {
    let location = HeaderValue::from_str(target.as_str())
        .map_err(|_| LocalError::Invalid(format!("not a location: {target}")))?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
