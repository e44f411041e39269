//! `GET /v1/images/{id}`: an uploaded picture.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::header;

use crate::{
    LocalState,
    error::{LocalError, Result},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/images/{id}", get(serve))
}

async fn serve(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Response> {
    let image = state.image(&id).await?.ok_or_else(LocalError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, image.content_type.as_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // Opened by itself, the file is a picture and nothing else.
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    Ok((headers, image.bytes).into_response())
}
