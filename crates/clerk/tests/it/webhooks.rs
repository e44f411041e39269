//! Which deliveries are believed.

use clerk::webhooks::{
    DEFAULT_MAX_BODY_BYTES, Event, EventData, WebhookError, WebhookSecret, sign, verify,
    verify_up_to,
};
use http::HeaderMap;

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
    // The sender counts whole seconds: what is left of ours does not count.
    let signature = sign(&secret(), "msg_1", NOW - 300, BODY);
    let late = NOW_MS + 999;
    assert!(verify(&secret(), &headers(NOW - 300, &signature), BODY, late).is_ok());
    assert!(verify(&secret(), &headers(NOW - 300, &signature), BODY, late + 1).is_err());
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
}

#[test]
fn size_is_looked_at_before_anything_else() {
    let none = HeaderMap::new();
    let large = vec![b' '; DEFAULT_MAX_BODY_BYTES + 1];
    assert!(matches!(
        verify(&secret(), &none, &large, NOW_MS),
        Err(WebhookError::TooLarge { limit }) if limit == DEFAULT_MAX_BODY_BYTES
    ));
    let good = headers(NOW, &sign(&secret(), "msg_1", NOW, BODY));
    let within = |limit| verify_up_to(limit, &secret(), &good, BODY, NOW_MS);
    assert!(within(BODY.len()).is_ok());
    assert!(matches!(
        within(BODY.len() - 1),
        Err(WebhookError::TooLarge { .. })
    ));
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
