//! What comes with a file. A server function would take all of it in before it knows who sends it.

use app::{error::AppError, forms::accepts_html, logo};
use axum::{
    Json, Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    response::{IntoResponse as _, Redirect, Response},
    routing::post,
};
use futures::StreamExt as _;
use http::request::Parts;

use crate::{downloads::refused, pages::Asked, state::AppState};

/// What a form may weigh beside its file, in bytes.
const ROOM: usize = 64 * 1024;

/// How many bytes are received of what is refused: a browser hears no answer while it sends.
const PATIENCE: usize = 64 * 1024 * 1024;

/// The organization's logo.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(logo::FORM, post(set_logo))
        // `receive` has the limits.
        .layer(DefaultBodyLimit::disable())
}

async fn set_logo(Path(slug): Path<String>, Asked { context, request }: Asked) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let outcome = match logo::may(&context, &slug).await {
        Ok(()) => match picture(parts, body).await {
            Ok(picture) => logo::set(context, slug.clone(), picture).await,
            Err(error) => Err(error),
        },
        Err(error) => {
            receive(body, 0).await;
            Err(error)
        }
    };
    match outcome {
        Ok(done) if accepts_html(&headers) => Redirect::to(&done.location()).into_response(),
        Ok(_) => Json(()).into_response(),
        Err(error) => refused(&logo::posted(&slug), &error, &headers),
    }
}

/// The picture in a form.
async fn picture(parts: Parts, body: Body) -> Result<logo::Picture, AppError> {
    let form = match receive(body, logo::MAX_BYTES + ROOM).await {
        Received::Whole(form) => Request::from_parts(parts, Body::from(form)),
        Received::TooLarge => return Err(logo::too_large()),
        Received::Broken => return Err(AppError::BadRequest),
    };
    let form = Multipart::from_request(form, &()).await;
    let mut form = form.map_err(|_| AppError::BadRequest)?;
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some(logo::FILE) {
            let file = field.bytes().await.map_err(|_| AppError::BadRequest)?;
            return logo::Picture::read(file.into());
        }
    }
    Err(AppError::BadRequest)
}

/// What came of a body.
enum Received {
    Whole(Vec<u8>),
    TooLarge,
    /// The connection ended before it did.
    Broken,
}

/// Receives a body and keeps it if it has `most` bytes at most.
async fn receive(body: Body, most: usize) -> Received {
    let mut chunks = body.into_data_stream();
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else {
            return Received::Broken;
        };
        seen = seen.saturating_add(chunk.len());
        if seen <= most {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
        if seen > PATIENCE {
            break;
        }
    }
    match seen <= most {
        true => Received::Whole(kept),
        false => Received::TooLarge,
    }
}
