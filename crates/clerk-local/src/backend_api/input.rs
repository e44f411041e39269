//! Reads query strings and JSON bodies of the backend API.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use http::request::Parts;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    LocalState,
    browser_api::context::Form,
    error::{LocalError, Result},
};

/// The query string; array filters are repeated keys.
pub(super) struct Query(pub(super) Form);

impl FromRequestParts<LocalState> for Query {
    type Rejection = LocalError;

    async fn from_request_parts(parts: &mut Parts, _: &LocalState) -> Result<Self> {
        Ok(Self(Form::parse(
            parts.uri.query().unwrap_or_default().as_bytes(),
        )))
    }
}

/// A JSON body; an empty one counts as `{}`.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<LocalState> for Body<T> {
    type Rejection = LocalError;

    async fn from_request(request: Request, state: &LocalState) -> Result<Self> {
        let invalid = |detail: String| {
            let text = format!("The request body is invalid: {detail}");
            LocalError::api(400, "request_body_invalid", &text)
        };
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|error| invalid(error.body_text()))?;
        let bytes = if bytes.is_empty() { b"{}" } else { &bytes[..] };
        serde_json::from_slice(bytes)
            .map(Self)
            .map_err(|error| invalid(error.to_string()))
    }
}

/// Tells an explicit null from an absent field.
pub(super) fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
