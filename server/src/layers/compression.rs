//! Pages and answers to programs are compressed, quickly rather than well: a page is a tenth of
//! its size then, and takes less time to squeeze than to render. The browser's files are
//! compressed once, when they are built; event streams and downloads never, as they have to arrive
//! bit by bit.
//!
//! Compression tells those who see sizes on the wire what is inside twice (BREACH). For that they
//! need a secret that stays the same from page to page, beside words of theirs, thousands of times.
//! Pages have no such secret: forms are protected by their origin and not by a token in them, the
//! nonce is another in each answer, and sessions stand in cookies alone. And no other site can have
//! somebody's browser ask for pages unseen: those cookies are `SameSite=Lax`.

use axum::Router;
use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{Predicate, SizeAbove},
    },
};

/// What is smaller fits into one packet as it is. Bytes.
const SMALL: u16 = 1_024;

/// Compresses what `router` answers, for whoever understands gzip.
pub fn layer(router: Router) -> Router {
    router.layer(
        CompressionLayer::new()
            .quality(CompressionLevel::Fastest)
            .compress_when(worth_it()),
    )
}

fn worth_it() -> impl Predicate {
    let is_text = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        let media_type = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        ["text/html", "application/json"]
            .into_iter()
            .any(|text| media_type.starts_with(text))
    };
    SizeAbove::new(SMALL).and(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        body::{Body, to_bytes},
        response::Response,
        routing::get,
    };
    use http::Request;
    use tower::ServiceExt as _;

    async fn answer(accept: &str, media_type: &'static str, size: usize) -> Response {
        let content =
            move || async move { ([(header::CONTENT_TYPE, media_type)], "a".repeat(size)) };
        let router = layer(Router::new().route("/", get(content)));
        let request = Request::get("/").header(header::ACCEPT_ENCODING, accept);
        let request = request.body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn pages_are_compressed_for_whoever_understands_it() {
        let page = answer("gzip, deflate, br", "text/html; charset=utf-8", 20_000).await;
        assert_eq!(page.headers()[header::CONTENT_ENCODING], "gzip");
        assert_eq!(page.headers()[header::VARY], "accept-encoding");
        let body = to_bytes(page.into_body(), usize::MAX).await.unwrap();
        assert!(body.len() < 1_000, "{}", body.len());

        let plain = answer("identity", "text/html; charset=utf-8", 20_000).await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
        assert_eq!(plain.headers()[header::VARY], "accept-encoding");
    }

    #[tokio::test]
    async fn streams_downloads_and_what_is_small_are_not() {
        for (media_type, size) in [
            ("text/event-stream", 20_000),
            ("application/zip", 20_000),
            ("text/csv; charset=utf-8", 20_000),
            ("application/json", 100),
        ] {
            let answer = answer("gzip", media_type, size).await;
            let headers = answer.headers();
            assert!(
                !headers.contains_key(header::CONTENT_ENCODING),
                "{media_type}"
            );
        }
    }
}
