//! [`Upload`] read from a request: a multipart field `file`, or the file itself as the body.

use axum::{
    body::Bytes,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{MultipartError, MultipartRejection},
        rejection::BytesRejection,
    },
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{StatusCode, header};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    state::{MAX_IMAGE_BYTES, Upload},
};

/// What a form around the largest picture may weigh besides, in bytes; base64 makes it larger.
const ROOM: usize = MAX_IMAGE_BYTES / 2;

/// The body limit of a route that takes an [`Upload`].
pub(crate) fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MAX_IMAGE_BYTES + ROOM)
}

/// A browser's request that carries a picture. The browser is asked for first: a stranger's file
/// is not read.
pub(crate) struct WithUpload(pub(crate) BrowserContext, pub(crate) Upload);

impl FromRequest<LocalState> for WithUpload {
    type Rejection = LocalError;

    async fn from_request(request: Request, state: &LocalState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let asking = Request::from_parts(parts.clone(), axum::body::Body::empty());
        let context = BrowserContext::from_request(asking, state).await?;
        context.user().await?;
        let request = Request::from_parts(parts, body);
        Ok(Self(context, Upload::from_request(request, state).await?))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = LocalError;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let is_multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
        let bytes = match is_multipart {
            true => file_field(Multipart::from_request(request, state).await?).await?,
            false => decoded(Bytes::from_request(request, state).await?),
        };
        if bytes.is_empty() {
            return Err(without_image());
        }
        Self::new(bytes)
    }
}

async fn file_field(mut form: Multipart) -> Result<Vec<u8>> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await?.into());
        }
    }
    Err(without_image())
}

/// clerk-js sends a picture that the page holds as text in base64, with or without the head of a
/// data URL.
fn decoded(bytes: Bytes) -> Vec<u8> {
    let text = match bytes.starts_with(b"data:") {
        true => bytes.split(|byte| *byte == b',').nth(1).unwrap_or_default(),
        false => bytes.as_ref(),
    };
    STANDARD.decode(text).unwrap_or_else(|_| bytes.into())
}

impl From<MultipartRejection> for LocalError {
    fn from(rejection: MultipartRejection) -> Self {
        refused(rejection.into_response().status())
    }
}

impl From<MultipartError> for LocalError {
    fn from(error: MultipartError) -> Self {
        refused(error.status())
    }
}

impl From<BytesRejection> for LocalError {
    fn from(rejection: BytesRejection) -> Self {
        refused(rejection.into_response().status())
    }
}

fn refused(status: StatusCode) -> LocalError {
    match status == StatusCode::PAYLOAD_TOO_LARGE {
        true => Upload::too_large(),
        false => LocalError::api(400, "request_body_invalid", "The body is invalid."),
    }
}

fn without_image() -> LocalError {
    let text = "There was no image file present in the request";
    LocalError::form(400, "form_param_missing", text, "file")
}
