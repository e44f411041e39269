//! One delivery.

use clerk::webhooks::{self, WebhookSecret};
use divan::{Bencher, black_box};
use http::HeaderMap;
use serde_json::json;

const NOW: i64 = 1_700_000_000;

#[divan::bench]
fn verify_delivery(bencher: Bencher<'_, '_>) {
    let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let body = json!({
        "type": "user.updated", "object": "event", "timestamp": NOW * 1_000, "instance_id": "ins_1",
        "data": {
            "id": "user_1", "object": "user", "first_name": "Ada", "last_name": "Lovelace",
            "image_url": "https://img.clerk.com/x", "primary_email_address_id": "idn_1",
            "email_addresses": [{ "id": "idn_1", "email_address": "ada@example.com",
                "verification": { "status": "verified", "strategy": "email_code" } }],
            "public_metadata": { "plan": "gold" }, "created_at": 1, "updated_at": 2,
        },
    })
    .to_string();
    let mut headers = HeaderMap::new();
    let signature = webhooks::sign(&secret, "msg_1", NOW, body.as_bytes());
    for (name, value) in [
        ("svix-id", "msg_1"),
        ("svix-timestamp", &NOW.to_string()),
        ("svix-signature", &signature),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
    bencher.bench_local(|| {
        webhooks::verify(&secret, &headers, black_box(body.as_bytes()), NOW * 1_000).unwrap()
    });
}
