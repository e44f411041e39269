//! Reads query strings and JSON bodies of the backend API.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use http::request::Parts;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

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

/// Tells an explicit null (`Some(None)`) from an absent field (with `#[serde(default)]`: `None`).
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Longest life of anything, in seconds: ten years.
const MAX_SECONDS: i64 = 315_360_000;

/// A life in seconds, when one is given.
///
/// # Errors
/// 422 `form_param_value_invalid` for anything but 1 second to ten years.
pub(super) fn checked_seconds(seconds: Option<i64>, param_name: &str) -> Result<Option<i64>> {
    match seconds {
        Some(seconds) if !(1..=MAX_SECONDS).contains(&seconds) => Err(LocalError::form(
            422,
            "form_param_value_invalid",
            &format!("{param_name} must be a number of seconds from 1 to {MAX_SECONDS}."),
            param_name,
        )),
        seconds => Ok(seconds),
    }
}

/// An RFC 3339 time in unix milliseconds, when one is given.
///
/// # Errors
/// 422 `form_param_invalid_time`.
pub(super) fn date(text: Option<String>, param_name: &str) -> Result<Option<i64>> {
    let Some(text) = text else {
        return Ok(None);
    };
    match OffsetDateTime::parse(&text, &Rfc3339) {
        Ok(time) => Ok(Some(
            time.unix_timestamp() * 1000 + i64::from(time.millisecond()),
        )),
        Err(_) => Err(LocalError::form(
            422,
            "form_param_invalid_time",
            &format!("{param_name} must be a time in the form of RFC 3339."),
            param_name,
        )),
    }
}

/// Refuses a field that the instance's settings have no place for.
///
/// # Errors
/// 422 `form_param_unknown` when the field is given.
pub(super) fn unsupported(param_name: &str, given: bool) -> Result<()> {
    if !given {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_unknown",
        &format!("{param_name} is not a valid parameter for this request."),
        param_name,
    ))
}
