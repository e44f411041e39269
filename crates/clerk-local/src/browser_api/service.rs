//! Routes about the instance itself.

use crate::LocalState;
use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/clear-site-data", get(clear_site_data))
}

/// Has the browser forget what the instance and the pages of its origin have left in it.
async fn clear_site_data() -> Response {
    let all = [("clear-site-data", "\"cache\", \"cookies\", \"storage\"")];
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::OK, all, fresh).into_response()
}
