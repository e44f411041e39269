//! Webhooks as Clerk sends them.

use clerk::webhooks::{WebhookSecret, sign};
use reqwest::{Method, RequestBuilder};

use super::visits::Visits;

/// One delivery to `/webhooks/clerk`, signed with `secret` at `now_ms` unless it brings a
/// `signature` of its own.
pub fn delivery(
    to: &Visits,
    secret: &WebhookSecret,
    now_ms: i64,
    (id, body): (&str, &str),
    signature: Option<&str>,
) -> RequestBuilder {
    let timestamp = now_ms / 1000;
    let good = sign(secret, id, timestamp, body.as_bytes());
    to.request(Method::POST, "/webhooks/clerk")
        .header("content-type", "application/json")
        .header("svix-id", id)
        .header("svix-timestamp", timestamp)
        .header("svix-signature", signature.unwrap_or(&good))
        .body(body.to_owned())
}
