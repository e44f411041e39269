//! The address a request was made to.

use http::{Uri, request::Parts};

/// The whole address of a request, also inside a nested router, which cuts its own part off
/// the address that services within see.
pub(crate) fn original_uri(parts: &Parts) -> &Uri {
    #[cfg(any(feature = "axum", feature = "proxy"))]
    if let Some(axum::extract::OriginalUri(uri)) = parts.extensions.get() {
        return uri;
    }
    &parts.uri
}
