//! `GET /app/{slug}/events`: the changes of an organization, as server-sent events.
//!
//! The answer begins at once, so the time-out of requests does not end it; nothing between here and
//! the browser may collect it.

use std::convert::Infallible;

use app::live::{
    place::Place,
    stream::{self, EVENTS},
};
use axum::{
    Json, Router,
    extract::{Path, Query},
    response::{IntoResponse as _, Response, Sse},
    routing::get,
};
use futures::stream::poll_fn;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

use crate::{pages::Asked, state::AppState};

/// The stream.
pub fn router() -> Router<AppState> {
    Router::new().route(EVENTS, get(events))
}

/// What a page says of itself. What can't be read counts as not said.
#[derive(Deserialize)]
struct Page {
    /// The number of the last change that the page shows.
    #[serde(default)]
    after: String,
    /// Which page it is.
    #[serde(default)]
    place: String,
    /// Whom it shows.
    #[serde(default)]
    here: String,
}

async fn events(
    Path(slug): Path<String>,
    Query(page): Query<Page>,
    Asked { context, request }: Asked,
) -> Response {
    let resumed = last_event_id(request.headers());
    let asked = stream::Asked {
        slug,
        after: resumed.or_else(|| page.after.parse().ok()),
        resumed: resumed.is_some(),
        place: Place::parse(&page.place),
        here: page.here.parse().ok(),
    };
    match stream::open(context, asked).await {
        Ok(mut events) => {
            let body = poll_fn(move |task| {
                events
                    .poll_recv(task)
                    .map(|event| event.map(Ok::<_, Infallible>))
            });
            let headers = [
                (
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("private, no-store"),
                ),
                // nginx would wait for more.
                (BUFFERING, HeaderValue::from_static("no")),
            ];
            (headers, Sse::new(body)).into_response()
        }
        Err(error) => {
            tracing::info!(%error, "a stream is refused");
            (error.status(), Json(error)).into_response()
        }
    }
}

const BUFFERING: http::HeaderName = http::HeaderName::from_static("x-accel-buffering");

/// Where a browser left off that comes back.
fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}
