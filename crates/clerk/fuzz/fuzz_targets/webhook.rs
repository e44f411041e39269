//! Deliveries of any shape. The first byte says who signed: `r` nobody (four lines: id, time,
//! signatures, body), `s` the instance (two lines: id, body), `t` the instance, but something was
//! changed since (two bytes where, one byte what, then the body).
#![no_main]

use std::sync::LazyLock;

use clerk::webhooks::{Event, EventData, WebhookError, WebhookSecret, sign, verify};
use clerk_fuzz::NOW;
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static SECRET: LazyLock<WebhookSecret> =
    LazyLock::new(|| WebhookSecret::from_bytes(b"of the fuzz target").expect("a secret"));

fuzz_target!(|data: &[u8]| {
    if let Some((kind, rest)) = data.split_first() {
        match kind % 3 {
            0 => unsigned(rest),
            1 => signed(rest),
            _ => tampered(rest),
        }
    }
});

fn deliver(id: &[u8], at: &[u8], signature: &[u8], body: &[u8]) -> Result<Event, WebhookError> {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("svix-id", id),
        ("svix-timestamp", at),
        ("svix-signature", signature),
    ] {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.insert(name, value);
        }
    }
    verify(&SECRET, &headers, body, NOW * 1_000)
}

fn unsigned(data: &[u8]) {
    let mut lines = data.splitn(4, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let outcome = deliver(line(), line(), line(), line());
    assert!(
        !matches!(
            outcome,
            Ok(_) | Err(WebhookError::Event(_) | WebhookError::Data { .. })
        ),
        "nobody signed it"
    );
}

fn signed(data: &[u8]) {
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let id = lines.next().and_then(|id| std::str::from_utf8(id).ok());
    let body = lines.next().unwrap_or_default();
    let Some(id) = id.filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic()))
    else {
        return;
    };
    let signature = sign(&SECRET, id, NOW, body);
    match deliver(
        id.as_bytes(),
        NOW.to_string().as_bytes(),
        signature.as_bytes(),
        body,
    ) {
        Ok(event) => says(&event, id, body),
        // A known event whose data are not what we know is refused, and kept whole.
        Err(WebhookError::Data { event, .. }) => {
            assert!(matches!(event.data, EventData::Unknown { .. }));
            says(&event, id, body);
        }
        Err(WebhookError::Event(_)) => {}
        Err(other) => panic!("a good signature was refused: {other}"),
    }
}

/// Checks an event against the body it was read from.
fn says(event: &Event, id: &str, body: &[u8]) {
    assert_eq!(event.id, id);
    // Text that is no UTF-8 passes only in members that nobody reads.
    let Ok(json) = serde_json::from_slice::<Value>(body) else {
        return;
    };
    assert_eq!(event.data.kind(), json["type"]);
    if let EventData::Unknown { data, .. } = &event.data {
        assert_eq!(*data, json["data"], "nothing is lost");
    }
}

fn tampered(data: &[u8]) {
    let Some((change, body)) = data.split_at_checked(3) else {
        return;
    };
    if body.is_empty() {
        return;
    }
    let signature = sign(&SECRET, "msg_1", NOW, body);
    let mut changed = body.to_vec();
    let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % changed.len();
    changed[at] = change[2];
    let outcome = deliver(
        b"msg_1",
        NOW.to_string().as_bytes(),
        signature.as_bytes(),
        &changed,
    );
    if changed != body {
        assert!(matches!(outcome, Err(WebhookError::Signature)));
    }
}
