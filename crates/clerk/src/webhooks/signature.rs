//! Signatures of deliveries (Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`).

use aws_lc_rs::{constant_time, hmac};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderMap;

use super::{Event, WebhookError, WebhookSecret, event};

/// How old, or how far in the future, a delivery may be, in milliseconds.
pub const TOLERANCE_MS: i64 = 5 * 60_000;
/// The largest body that [`verify`] looks at, in bytes. Clerk's events are a few kilobytes.
pub const DEFAULT_MAX_BODY_BYTES: usize = 1024 * 1024;

/// Verifies a delivery and reads it. `body` must be the bytes as they came.
///
/// Headers may be called `svix-…` or `webhook-…`. Any one valid `v1` signature will do, so
/// that a secret can be replaced without a gap.
///
/// # Errors
/// [`WebhookError`]; nothing of the body is hashed before its size is known to be small, and
/// nothing is parsed before its signature is found good.
pub fn verify(
    secret: &WebhookSecret,
    headers: &HeaderMap,
    body: &[u8],
    now_ms: i64,
) -> Result<Event, WebhookError> {
    verify_up_to(DEFAULT_MAX_BODY_BYTES, secret, headers, body, now_ms)
}

/// The same with another limit to the size of the body, in bytes.
///
/// # Errors
/// As [`verify`].
pub fn verify_up_to(
    limit: usize,
    secret: &WebhookSecret,
    headers: &HeaderMap,
    body: &[u8],
    now_ms: i64,
) -> Result<Event, WebhookError> {
    if body.len() > limit {
        return Err(WebhookError::TooLarge { limit });
    }
    let id = header(headers, "svix-id", "webhook-id")?;
    let timestamp = header(headers, "svix-timestamp", "webhook-timestamp")?;
    let signatures = header(headers, "svix-signature", "webhook-signature")?;

    let seconds: i64 = timestamp
        .parse()
        .map_err(|_| WebhookError::Header("svix-timestamp"))?;
    // Whole seconds, as senders count.
    let age = now_ms.div_euclid(1_000).saturating_sub(seconds);
    if age > TOLERANCE_MS / 1_000 {
        return Err(WebhookError::TooOld);
    }
    if age < -TOLERANCE_MS / 1_000 {
        return Err(WebhookError::FromTheFuture);
    }

    let expected = tag(secret, id, timestamp, body);
    let fits = signatures
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|encoded| STANDARD.decode(encoded).ok())
        .any(|given| constant_time::verify_slices_are_equal(expected.as_ref(), &given).is_ok());
    if !fits {
        return Err(WebhookError::Signature);
    }
    event::parse(id, body)
}

/// Signs a delivery: what belongs into the `svix-signature` header. `timestamp_seconds` is
/// unix seconds, as in `svix-timestamp`.
pub fn sign(secret: &WebhookSecret, id: &str, timestamp_seconds: i64, body: &[u8]) -> String {
    let tag = tag(secret, id, &timestamp_seconds.to_string(), body);
    format!("v1,{}", STANDARD.encode(tag))
}

fn tag(secret: &WebhookSecret, id: &str, timestamp: &str, body: &[u8]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(secret.key());
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        context.update(part);
    }
    context.sign()
}

fn header<'h>(
    headers: &'h HeaderMap,
    svix: &'static str,
    standard: &'static str,
) -> Result<&'h str, WebhookError> {
    let value = headers.get(svix).or_else(|| headers.get(standard));
    let value = value
        .and_then(|value| value.to_str().ok())
        .filter(|value| !value.is_empty());
    value.ok_or(WebhookError::Header(svix))
}
