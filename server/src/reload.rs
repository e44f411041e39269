//! `tenantry serve --reload`: the browser reloads when the development server was restarted.
//!
//! A server-sent event names the running process; after a restart the browser reconnects, sees
//! another name and reloads. `cargo xtask dev` restarts the server after each rebuild.

use std::convert::Infallible;

use axum::{
    Router,
    response::{
        Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use futures::{Stream, StreamExt as _, stream};
use http::header;

/// Where the page loads the script from.
pub const SCRIPT_PATH: &str = "/__dev/reload.js";

const SCRIPT: &str = r#"let started;
new EventSource("/__dev/reload").onmessage = ({ data }) => {
  if (started && started !== data) location.reload();
  started = data;
};
"#;

/// The script and the event stream behind it.
pub fn router() -> Router {
    let started = uuid::Uuid::now_v7().to_string();
    Router::new()
        .route(
            SCRIPT_PATH,
            get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], SCRIPT) }),
        )
        .route("/__dev/reload", get(move || events(started.clone())))
}

async fn events(started: String) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let first = stream::once(async move { Ok(Event::default().retry(RECONNECT).data(started)) });
    Sse::new(first.chain(stream::pending())).keep_alive(KeepAlive::default())
}

/// How soon the browser asks again while the server restarts.
const RECONNECT: std::time::Duration = std::time::Duration::from_millis(300);
