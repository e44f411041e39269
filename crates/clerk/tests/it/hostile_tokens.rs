//! Tokens that somebody made up: each is refused, and none brings us down.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clerk::{keys::InstanceKind, test_util::TestInstance, verify::TokenError};
use serde_json::json;

use crate::{
    verify::{check, instance},
    world::{HOST, NOW},
};

const HEADER: &str = r#"{"alg":"RS256","kid":"ins_test","typ":"JWT"}"#;

#[tokio::test]
async fn the_algorithm_is_ours_to_choose() {
    let instance = instance();
    for alg in ["none", "HS256", "PS256", "ES256", "rs256", ""] {
        let header = json!({ "alg": alg, "kid": "ins_test", "typ": "JWT" });
        let token = instance.mint_with_header(&header, &instance.claims(NOW));
        assert_eq!(check(&token).await, Err(TokenError::Algorithm), "{alg}");
    }
    // HMAC over the public key, the classic trick.
    let key = jsonwebtoken::EncodingKey::from_secret(instance.public_key_pem().as_bytes());
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    let token = jsonwebtoken::encode(&header, &instance.claims(NOW), &key).unwrap();
    assert_eq!(check(&token).await, Err(TokenError::Algorithm));
}

#[tokio::test]
async fn keys_that_a_token_brings_along_are_ignored() {
    let foreign = TestInstance::foreign(InstanceKind::Development, HOST);
    let header = json!({
        "alg": "RS256", "kid": "ins_test", "typ": "JWT",
        "jwk": foreign.jwks().keys[0], "jku": "https://evil.com/jwks.json", "x5u": "https://evil.com",
    });
    let token = foreign.mint_with_header(&header, &foreign.claims(NOW));
    assert_eq!(check(&token).await, Err(TokenError::Signature));
}

#[tokio::test]
async fn nothing_may_be_changed() {
    let token = instance().mint(&instance().claims(NOW));
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims = instance().claims(NOW);
    claims["sub"] = json!("user_2");
    let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
    let forged = format!("{}.{payload}.{}", parts[0], parts[2]);
    assert_eq!(check(&forged).await, Err(TokenError::Signature));
    assert_eq!(
        check(&format!("{}.{}.", parts[0], parts[1])).await,
        Err(TokenError::Signature)
    );
    for odd in [
        format!("{token}AAAA"),
        format!("{token}="),
        format!("{token} "),
        format!("{token}.x"),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(100_000)),
        "A".repeat(100_000),
        String::new(),
    ] {
        let error = check(&odd).await.unwrap_err();
        assert!(
            matches!(error, TokenError::Signature | TokenError::Malformed(_)),
            "{error}"
        );
    }
}

/// What becomes of a payload that Clerk itself signed.
async fn check_payload(payload: impl AsRef<[u8]>) -> Result<(), TokenError> {
    let token = instance().sign("RS256", HEADER.as_bytes(), payload.as_ref());
    check(&token).await.map(drop)
}

/// A good payload with these members added.
fn payload_with(members: &str) -> String {
    let claims = instance().claims(NOW).to_string();
    format!("{},{members}}}", claims.strip_suffix('}').unwrap())
}

#[tokio::test]
async fn payloads_that_are_no_claims() {
    for payload in [
        "",
        "null",
        "[]",
        r#"["https://clerk.tests.lcl.dev","user_1"]"#,
        "7",
        "\"text\"",
        "{",
        "{}}",
        "{} {}",
        "{\"sub\"}",
        "\u{feff}{}",
    ] {
        let refused = check_payload(payload).await;
        assert!(
            matches!(refused, Err(TokenError::Malformed(_))),
            "{payload}"
        );
    }
    assert_eq!(check_payload("{}").await, Err(TokenError::Claim("sub")));
    // White space is JSON's own business.
    let spaced = format!(" \n{}\t ", instance().claims(NOW));
    assert_eq!(check_payload(spaced).await, Ok(()));
}

#[tokio::test]
async fn members_that_stand_twice() {
    for member in [
        r#""sub":"user_2""#,
        r#""exp":9999999999"#,
        r#""iss":"https://clerk.evil.com""#,
        r#""o":{},"o":{}"#,
    ] {
        let refused = check_payload(payload_with(member)).await;
        assert!(matches!(refused, Err(TokenError::Malformed(_))), "{member}");
    }
    let header = br#"{"alg":"RS256","alg":"none","kid":"ins_test"}"#;
    let token = instance().sign("RS256", header, payload_with("\"x\":1").as_bytes());
    assert_eq!(
        check(&token).await,
        Err(TokenError::Malformed("a JSON header"))
    );
}

#[tokio::test]
async fn text_that_is_no_text() {
    let mut payload = payload_with(r#""x":"?""#).into_bytes();
    let place = payload.iter().rposition(|byte| *byte == b'?').unwrap();
    payload[place] = 0xff;
    assert_eq!(
        check_payload(&payload).await,
        Err(TokenError::Malformed("UTF-8"))
    );
    let header = b"{\"alg\":\"RS256\",\"kid\":\"\xff\"}";
    let token = instance().sign("RS256", header, b"{}");
    assert_eq!(check(&token).await, Err(TokenError::Malformed("UTF-8")));
    for lone in [r#""x":"\ud800""#, r#""azp":"\ud800""#] {
        let refused = check_payload(payload_with(lone)).await;
        assert!(
            matches!(refused, Ok(()) | Err(TokenError::Malformed(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn numbers_at_the_edge() {
    for (exp, expected) in [
        ("1e999", Err("token-invalid")),
        ("-1e308", Err("token-expired")),
        ("-9223372036854775808", Err("token-expired")),
        ("0", Err("token-expired")),
        ("-0.0", Err("token-expired")),
        ("1e308", Ok(())),
        ("18446744073709551615", Ok(())),
        ("99999999999999999999999999", Ok(())),
        ("01", Err("token-invalid")),
        ("NaN", Err("token-invalid")),
        ("true", Err("token-verification-failed")),
        ("[1]", Err("token-verification-failed")),
    ] {
        let mut claims = instance().claims(NOW);
        claims.as_object_mut().unwrap().remove("exp");
        let claims = claims.to_string();
        let payload = format!("{},\"exp\":{exp}}}", claims.strip_suffix('}').unwrap());
        let outcome = check_payload(payload).await.map_err(|error| {
            // Its text is made of the numbers as well.
            assert!(!error.to_string().is_empty());
            error.reason()
        });
        assert_eq!(outcome, expected, "{exp}");
    }
}

#[tokio::test]
async fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(4_000), close.repeat(4_000));
        // Nothing reads a member without a name of ours, however deep it goes.
        assert_eq!(
            check_payload(payload_with(&format!("\"x\":{deep}"))).await,
            Ok(())
        );
        for member in ["aud", "act", "o", "org_slug", "fva"] {
            let refused = check_payload(payload_with(&format!("\"{member}\":{deep}"))).await;
            assert!(
                matches!(refused, Ok(()) | Err(TokenError::Malformed(_))),
                "{member}: {refused:?}"
            );
        }
        let header = format!("{{\"alg\":\"RS256\",\"kid\":{deep}}}");
        let token = instance().sign("RS256", header.as_bytes(), b"{}");
        assert!(check(&token).await.is_err());
    }
}

#[tokio::test]
async fn size_is_limited_before_anything_is_decoded() {
    let long = "x".repeat(40_000);
    let header = format!(r#"{{"alg":"RS256","kid":"ins_test","x":"{long}"}}"#);
    let claims = instance().claims(NOW).to_string();
    let token = instance().sign("RS256", header.as_bytes(), claims.as_bytes());
    assert!(token.len() < 64 * 1_024 && check(&token).await.is_ok());
    let token = instance().sign("RS256", header.repeat(2).as_bytes(), claims.as_bytes());
    let refused = Err(TokenError::Malformed("at most 64 KiB"));
    assert_eq!(check(&token).await, refused);
    let large = payload_with(&format!(r#""x":"{}""#, long.repeat(2)));
    assert_eq!(check_payload(large).await.map(drop), refused.map(drop));
}
