//! `GET /v1/clear-site-data`.

use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use http::StatusCode;

use crate::LocalState;

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/clear-site-data", get(clear))
}

/// Has the browser forget what the instance and the pages of its origin have left in it.
async fn clear() -> Response {
    let all = [("clear-site-data", "\"cache\", \"cookies\", \"storage\"")];
    (StatusCode::OK, all).into_response()
}
