//! Answers of the proxy's own.

use std::error::Error;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use http_body_util::LengthLimitError;
use serde_json::json;

/// Why a request was not answered by the frontend API. The texts say nothing of what is
/// behind the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("This method is not allowed.")]
    Method,
    #[error("The path is not below the proxy's path.")]
    Mismatch,
    #[error("The path is not one of the frontend API.")]
    Path,
    #[error("The request does not name a host.")]
    Host,
    #[error("The request is too large.")]
    TooLarge,
    #[error("The request's body could not be read.")]
    Body,
    #[error("Clerk's frontend API cannot be reached.")]
    Upstream,
    #[error("Clerk's frontend API did not answer in time.")]
    Silent,
}

impl Refusal {
    /// Why a request could not be sent, or its answer not be read.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        let too_large = causes(error).any(|cause| cause.is::<LengthLimitError>());
        if too_large {
            Self::TooLarge
        } else if causes(error).any(|cause| cause.is::<axum::Error>()) {
            Self::Body
        } else if error.is_timeout() {
            Self::Silent
        } else {
            Self::Upstream
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Mismatch | Self::Path | Self::Host | Self::Body => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Upstream => StatusCode::BAD_GATEWAY,
            Self::Silent => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// The codes are those of `@clerk/backend`'s proxy.
    fn code(self) -> &'static str {
        match self {
            Self::Mismatch => "proxy_path_mismatch",
            _ => "proxy_request_failed",
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = json!({ "code": self.code(), "message": self.to_string() });
        let body = Json(json!({ "errors": [error] }));
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self == Self::Method {
            let allowed = super::METHODS.map(|method| method.to_string()).join(", ");
            if let Ok(allowed) = HeaderValue::from_str(&allowed) {
                headers.insert(header::ALLOW, allowed);
            }
        }
        response
    }
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |error| (*error).source())
}
