//! Signatures of deliveries (Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`).

use aws_lc_rs::{constant_time, hmac};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderMap;

use super::{Event, WebhookSecret, event};

/// How old, or how far in the future, a delivery may be, in milliseconds.
pub const TOLERANCE_MS: i64 = 5 * 60_000;
/// The largest body that is looked at, in bytes. Clerk's events are a few kilobytes.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Why a delivery is refused. Answer it with 400, never with 2xx.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// A header is missing or not text; names it.
    #[error("the delivery has no usable {0} header")]
    Header(&'static str),
    /// Older than the tolerance: possibly a replay.
    #[error("the delivery is too old")]
    TooOld,
    /// From further in the future than clocks differ.
    #[error("the delivery is from the future")]
    FromTheFuture,
    /// No signature fits: not from Clerk, or changed on the way.
    #[error("no signature of the delivery is valid")]
    Signature,
    /// Too large to be Clerk's.
    #[error("the delivery is larger than {MAX_BODY_BYTES} bytes")]
    TooLarge,
    /// Signed, but not an event as Clerk writes them.
    #[error("the delivery is not an event: {0}")]
    Event(serde_json::Error),
}

/// Verifies a delivery and reads it. `body` must be the bytes as they came.
///
/// Headers may be called `svix-…` or `webhook-…`. Any one valid `v1` signature will do, so
/// that a secret can be replaced without a gap.
///
/// # Errors
/// [`WebhookError`]; nothing of the body is parsed before its signature is found good.
pub fn verify(
    secret: &WebhookSecret,
    headers: &HeaderMap,
    body: &[u8],
    now_ms: i64,
) -> Result<Event, WebhookError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(WebhookError::TooLarge);
    }
    let id = header(headers, "svix-id", "webhook-id")?;
    let timestamp = header(headers, "svix-timestamp", "webhook-timestamp")?;
    let signatures = header(headers, "svix-signature", "webhook-signature")?;

    let seconds: i64 = timestamp
        .parse()
        .map_err(|_| WebhookError::Header("svix-timestamp"))?;
    let age_ms = now_ms.saturating_sub(seconds.saturating_mul(1_000));
    if age_ms > TOLERANCE_MS {
        return Err(WebhookError::TooOld);
    }
    if age_ms < -TOLERANCE_MS {
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
    event::parse(id, body).map_err(WebhookError::Event)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhooks::EventData;

    const NOW_MS: i64 = 1_700_000_000_000;
    const NOW: i64 = NOW_MS / 1_000;
    const BODY: &[u8] = br#"{"type":"user.deleted","object":"event","timestamp":5,
        "instance_id":"ins_1","data":{"id":"user_1","object":"user","deleted":true}}"#;

    fn secret() -> WebhookSecret {
        WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
    }

    fn headers(at: i64, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("svix-id", "msg_1".parse().unwrap());
        headers.insert("svix-timestamp", at.to_string().parse().unwrap());
        headers.insert("svix-signature", signature.parse().unwrap());
        headers
    }

    fn at(seconds: i64) -> Result<Event, WebhookError> {
        let signature = sign(&secret(), "msg_1", seconds, BODY);
        verify(&secret(), &headers(seconds, &signature), BODY, NOW_MS)
    }

    #[test]
    fn svix_own_vector() {
        let body = br#"{"test": 2432232314}"#;
        assert_eq!(
            sign(
                &secret(),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                body
            ),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_good_delivery_is_read() {
        let event = at(NOW).unwrap();
        assert_eq!(event.id, "msg_1");
        assert_eq!(event.instance_id.as_deref(), Some("ins_1"));
        assert!(matches!(event.data, EventData::UserDeleted(d) if d.id == "user_1" && d.deleted));
    }

    #[test]
    fn the_unbranded_names_are_as_good() {
        let signature = sign(&secret(), "msg_1", NOW, BODY);
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", "msg_1".parse().unwrap());
        headers.insert("webhook-timestamp", NOW.to_string().parse().unwrap());
        headers.insert("webhook-signature", signature.parse().unwrap());
        assert!(verify(&secret(), &headers, BODY, NOW_MS).is_ok());
    }

    #[test]
    fn five_minutes_both_ways() {
        assert!(at(NOW - 300).is_ok());
        assert!(matches!(at(NOW - 301), Err(WebhookError::TooOld)));
        assert!(at(NOW + 300).is_ok());
        assert!(matches!(at(NOW + 301), Err(WebhookError::FromTheFuture)));
        assert!(matches!(at(i64::MIN), Err(WebhookError::TooOld)));
        assert!(matches!(at(i64::MAX), Err(WebhookError::FromTheFuture)));
    }

    #[test]
    fn one_valid_signature_of_several_is_enough() {
        let good = sign(&secret(), "msg_1", NOW, BODY);
        let list = format!("v1,AAAA v1a,{} {good} v2,x", &good[3..]);
        assert!(verify(&secret(), &headers(NOW, &list), BODY, NOW_MS).is_ok());
        for bad in [
            "v1,AAAA",
            "v1,***",
            &good[3..],
            &format!("v2{}", &good[2..]),
            "x",
        ] {
            let refused = verify(&secret(), &headers(NOW, bad), BODY, NOW_MS);
            assert!(matches!(refused, Err(WebhookError::Signature)), "{bad}");
        }
    }

    #[test]
    fn nothing_may_be_changed() {
        let signature = sign(&secret(), "msg_1", NOW, BODY);
        let refused = |headers: &HeaderMap, body: &[u8], secret: &WebhookSecret| {
            matches!(
                verify(secret, headers, body, NOW_MS),
                Err(WebhookError::Signature)
            )
        };
        let good = headers(NOW, &signature);
        let mut body = BODY.to_vec();
        *body.last_mut().unwrap() = b' ';
        assert!(refused(&good, &body, &secret()));
        assert!(refused(&headers(NOW - 1, &signature), BODY, &secret()));
        assert!(refused(
            &good,
            BODY,
            &WebhookSecret::from_bytes(b"other").unwrap()
        ));
        let mut renamed = good.clone();
        renamed.insert("svix-id", "msg_2".parse().unwrap());
        assert!(refused(&renamed, BODY, &secret()));
    }

    #[test]
    fn incomplete_and_oversized_deliveries_are_refused() {
        let signature = sign(&secret(), "msg_1", NOW, BODY);
        for name in ["svix-id", "svix-timestamp", "svix-signature"] {
            let mut headers = headers(NOW, &signature);
            headers.remove(name);
            let refused = verify(&secret(), &headers, BODY, NOW_MS);
            assert!(matches!(refused, Err(WebhookError::Header(missing)) if missing == name));
        }
        let mut odd = headers(NOW, &signature);
        odd.insert("svix-timestamp", "soon".parse().unwrap());
        assert!(matches!(
            verify(&secret(), &odd, BODY, NOW_MS),
            Err(WebhookError::Header(_))
        ));
        let large = vec![b' '; MAX_BODY_BYTES + 1];
        let refused = verify(&secret(), &headers(NOW, &signature), &large, NOW_MS);
        assert!(matches!(refused, Err(WebhookError::TooLarge)));
    }

    #[test]
    fn a_signed_text_that_is_no_event_is_named() {
        let body = b"{}";
        let signature = sign(&secret(), "msg_1", NOW, body);
        let refused = verify(&secret(), &headers(NOW, &signature), body, NOW_MS);
        assert!(matches!(refused, Err(WebhookError::Event(_))));
    }

    #[test]
    fn secrets() {
        assert!(WebhookSecret::parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_err());
        assert!(WebhookSecret::parse("whsec_").is_err());
        assert!(WebhookSecret::parse("whsec_!").is_err());
        assert!(!format!("{:?}", secret()).contains("MfKQ"));
    }
}
