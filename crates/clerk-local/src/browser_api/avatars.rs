//! `GET /v1/avatars/{id}/{initials}.svg`: a picture for those without one, drawn from the id.

use aws_lc_rs::digest;
use axum::{
    Router,
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use http::header;
use maud::html;

use crate::LocalState;

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/avatars/{id}/{file}", get(draw))
}

async fn draw(Path((id, file)): Path<(String, String)>) -> Response {
    let letters: String = file.trim_end_matches(".svg").chars().take(2).collect();
    let seed = digest::digest(&digest::SHA256, id.as_bytes());
    let hue = seed
        .as_ref()
        .iter()
        .take(2)
        .fold(0_u32, |hue, byte| hue * 256 + u32::from(*byte))
        % 360;
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" {
            rect width="80" height="80" fill=(format!("hsl({hue} 45% 38%)")) {}
            text x="40" y="51" fill="#fff" font-family="sans-serif" font-size="32"
                text-anchor="middle" { (letters) }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        // Opened by itself, the picture can run nothing.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
    ];
    (headers, svg.into_string()).into_response()
}
