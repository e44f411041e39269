//! Every rule of verification, one by one.

use std::sync::Arc;

use clerk::{
    authenticate::Backend,
    claims::SessionStatus,
    clock::ManualClock,
    jwks::{Jwks, JwksSource},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::{
        DEFAULT_CLOCK_SKEW_MS, KeySource, RsaPublicKey, TokenError, TokenVerifier, VerifierOptions,
    },
};
use serde_json::{Value, json};

use crate::world::{HOST, NOW};

pub fn instance() -> TestInstance {
    TestInstance::new(InstanceKind::Development, HOST)
}

fn options(instance: &TestInstance) -> VerifierOptions {
    VerifierOptions {
        publishable_key: instance.publishable_key().clone(),
        other_issuers: Vec::new(),
        accept_missing_issuer: false,
        keys: KeySource::Fixed(Arc::new(instance.public_key())),
        authorized_parties: Vec::new(),
        audience: Vec::new(),
        clock_skew_ms: DEFAULT_CLOCK_SKEW_MS,
        cached_sessions: 0,
        cached_machine_jwts: 0,
        clock: ManualClock::at(NOW * 1_000).shared(),
    }
}

pub async fn check(token: &str) -> Result<clerk::session::Session, TokenError> {
    TokenVerifier::new(options(&instance())).verify(token).await
}

async fn check_claims(change: impl FnOnce(&mut Value)) -> Result<(), TokenError> {
    let instance = instance();
    let mut claims = instance.claims(NOW);
    change(&mut claims);
    check(&instance.mint(&claims)).await.map(drop)
}

async fn reason(change: impl FnOnce(&mut Value)) -> &'static str {
    check_claims(change).await.unwrap_err().reason()
}

#[tokio::test]
async fn a_good_token_is_a_session() {
    let instance = instance();
    let mut claims = instance.claims(NOW);
    claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": "admin" });
    let session = check(&instance.mint(&claims)).await.unwrap();
    assert_eq!(session.user_id().as_str(), "user_1");
    assert_eq!(session.id().as_str(), "sess_1");
    assert_eq!(session.expires_at_ms(), (NOW + 60) * 1_000);
    let organization = session.organization().unwrap();
    assert_eq!(
        (organization.id.as_str(), organization.role.as_str()),
        ("org_1", "org:admin")
    );
}

#[tokio::test]
async fn rs384_and_rs512_are_as_good() {
    let instance = instance();
    for alg in ["RS256", "RS384", "RS512"] {
        let header = json!({ "alg": alg, "kid": "ins_test", "typ": "JWT" });
        let token = instance.mint_with_header(&header, &instance.claims(NOW));
        assert!(check(&token).await.is_ok(), "{alg}");
    }
}

#[tokio::test]
async fn tokens_of_another_implementation_verify() {
    let instance = instance();
    // Its encoding key takes PKCS#1; PKCS#8 wraps that in a fixed preamble of 26 bytes.
    let pkcs1 = &instance.private_key_der()[26..];
    let key = jsonwebtoken::EncodingKey::from_rsa_der(pkcs1);
    let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256);
    header.kid = Some("ins_test".to_owned());
    let token = jsonwebtoken::encode(&header, &instance.claims(NOW), &key).unwrap();
    assert!(check(&token).await.is_ok());
}

#[test]
fn a_key_may_be_written_in_several_ways() {
    let pem = instance().public_key_pem();
    let body: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    for pem in [
        pem.clone(),
        pem.replace('\n', "\\n"),
        pem.replace('\n', "\\r\\n"),
        pem.replace('\n', "\r\n"),
        pem.replace('\n', ""),
        pem.replace('\n', " "),
        format!("  {pem}  "),
        // PKCS#1, which is the same without the preamble of 24 bytes.
        format!(
            "-----BEGIN RSA PUBLIC KEY-----\n{}\n-----END RSA PUBLIC KEY-----",
            &body[32..]
        ),
        body.clone(),
        format!(" {body}\n"),
    ] {
        assert!(RsaPublicKey::from_pem(&pem).is_ok(), "{pem}");
    }
    for wrong in [
        String::new(),
        "AAAA".to_owned(),
        "-----BEGIN PUBLIC KEY-----".to_owned(),
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----".to_owned(),
        pem.replace("PUBLIC", "PRIVATE"),
        pem.replace("PUBLIC KEY", "CERTIFICATE"),
        pem[..pem.len() / 2].to_owned(),
        format!("{body}!"),
    ] {
        assert!(RsaPublicKey::from_pem(&wrong).is_err(), "{wrong}");
    }
    assert!(
        RsaPublicKey::from_components("AQAB", "AQAB").is_err(),
        "too small"
    );
}

#[tokio::test]
async fn only_session_tokens() {
    let instance = instance();
    for (category, good) in [
        ("cl_B7d4PD111AAA", true),
        ("cl_I7d4PD111III", true),
        ("cl_B7d4PD222AAA", false),
        ("cl_B7d4PD333AAA", false),
        ("cl_new", false),
    ] {
        let header = json!({ "alg": "RS256", "kid": "ins_test", "typ": "JWT", "cat": category });
        let result = check(&instance.mint_with_header(&header, &instance.claims(NOW))).await;
        assert_eq!(result.is_ok(), good, "{category}");
        assert!(good || result == Err(TokenError::Category), "{category}");
    }
    for (kind, good) in [
        (json!("JWT"), true),
        (json!("at+jwt"), false),
        (json!(7), false),
    ] {
        let header = json!({ "alg": "RS256", "kid": "ins_test", "typ": kind });
        let result = check(&instance.mint_with_header(&header, &instance.claims(NOW))).await;
        assert_eq!(result.is_ok(), good, "{kind}");
        assert!(good || result == Err(TokenError::HeaderType), "{kind}");
    }
    let header = json!({ "alg": "RS256" });
    assert!(
        check(&instance.mint_with_header(&header, &instance.claims(NOW)))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn times_have_five_seconds_of_grace() {
    assert_eq!(check_claims(|c| c["exp"] = json!(NOW - 4)).await, Ok(()));
    assert_eq!(reason(|c| c["exp"] = json!(NOW - 5)).await, "token-expired");
    assert_eq!(check_claims(|c| c["nbf"] = json!(NOW + 5)).await, Ok(()));
    assert_eq!(
        reason(|c| c["nbf"] = json!(NOW + 6)).await,
        "token-not-active-yet"
    );
    assert_eq!(check_claims(|c| c["iat"] = json!(NOW + 5)).await, Ok(()));
    assert_eq!(
        reason(|c| c["iat"] = json!(NOW + 6)).await,
        "token-iat-in-the-future"
    );
}

#[tokio::test]
async fn times_must_be_numbers() {
    for claim in ["exp", "nbf", "iat"] {
        let reason = reason(|claims| claims[claim] = json!("1700000000")).await;
        assert_eq!(reason, "token-verification-failed", "{claim}");
    }
    let error = check_claims(|claims| claims["exp"] = Value::Null).await;
    assert_eq!(error, Err(TokenError::Claim("exp")));
    for optional in ["nbf", "iat"] {
        let absent = |claims: &mut Value| drop(claims.as_object_mut().unwrap().remove(optional));
        assert_eq!(check_claims(absent).await, Ok(()));
        let null = check_claims(|claims| claims[optional] = Value::Null).await;
        assert_eq!(null, Err(TokenError::Claim(optional)));
    }
}

#[tokio::test]
async fn the_subject_must_be_text() {
    for wrong in [json!(7), Value::Null, json!({ "a": 1 })] {
        let error = check_claims(|claims| claims["sub"] = wrong).await;
        assert_eq!(error, Err(TokenError::Claim("sub")));
    }
}

#[tokio::test]
async fn the_issuer_must_be_this_instance() {
    for wrong in [
        json!("https://clerk.other.com"),
        json!("http://clerk.tests.lcl.dev"),
        json!(1),
    ] {
        let error = check_claims(|claims| claims["iss"] = wrong)
            .await
            .unwrap_err();
        assert!(matches!(error, TokenError::Issuer { .. }));
        assert_eq!(error.reason(), "token-verification-failed");
    }
}

#[tokio::test]
async fn authorized_parties_are_exact() {
    let instance = instance();
    let mut options = options(&instance);
    options.authorized_parties = vec!["https://a.com".to_owned(), "https://b.com".to_owned()];
    let verifier = TokenVerifier::new(options);
    for (party, good) in [
        (json!("https://b.com"), true),
        (json!("https://b.com/"), false),
        (json!("https://b.com.evil.com"), false),
        (json!("HTTPS://B.COM"), false),
        (json!(""), false),
        (json!(["https://b.com"]), false),
        (Value::Null, false),
    ] {
        let mut claims = instance.claims(NOW);
        claims["azp"] = party.clone();
        let result = verifier.verify(&instance.mint(&claims)).await;
        assert_eq!(result.is_ok(), good, "{party}");
        assert!(
            good || result == Err(TokenError::AuthorizedParty),
            "{party}"
        );
    }
    // Without any configured, none is asked for.
    assert_eq!(
        check_claims(|claims| claims["azp"] = Value::Null).await,
        Ok(())
    );
}

#[tokio::test]
async fn audiences_are_looked_at_when_expected() {
    let instance = instance();
    let mut options = options(&instance);
    options.audience = vec!["mine".to_owned()];
    let verifier = TokenVerifier::new(options);
    for (audience, good) in [
        (Value::Null, true),
        (json!("mine"), true),
        (json!(["other", "mine"]), true),
        (json!("other"), false),
        (json!(["other"]), false),
    ] {
        let mut claims = instance.claims(NOW);
        claims["aud"] = audience.clone();
        let result = verifier.verify(&instance.mint(&claims)).await;
        assert_eq!(result.is_ok(), good, "{audience}");
    }
    assert_eq!(
        check_claims(|claims| claims["aud"] = json!("anything")).await,
        Ok(())
    );
}

#[tokio::test]
async fn the_signature_comes_before_the_claims() {
    let foreign = TestInstance::foreign(InstanceKind::Development, HOST);
    let mut claims = foreign.claims(NOW);
    claims["exp"] = json!(0);
    assert_eq!(
        check(&foreign.mint(&claims)).await,
        Err(TokenError::Signature)
    );
}

#[tokio::test]
async fn a_pending_session_is_told_apart() {
    let instance = instance();
    let mut claims = instance.claims(NOW);
    claims["sts"] = json!("pending");
    let session = check(&instance.mint(&claims)).await.unwrap();
    assert_eq!(session.claims().status, SessionStatus::Pending);
}

#[tokio::test]
async fn a_kid_must_be_known_to_the_published_keys() {
    struct Published(crate::world::World);
    impl JwksSource for Published {
        fn fetch(
            &self,
        ) -> clerk::BoxFuture<'_, Result<clerk::jwks::JsonWebKeySet, clerk::jwks::JwksError>>
        {
            self.0.backend.jwks()
        }
    }
    let instance = instance();
    let mut options = options(&instance);
    let clock = Arc::clone(&options.clock);
    options.keys = KeySource::Jwks(Jwks::new(
        Published(crate::world::World::development()),
        clock,
    ));
    let verifier = TokenVerifier::new(options);
    assert!(
        verifier
            .verify(&instance.mint(&instance.claims(NOW)))
            .await
            .is_ok()
    );
    for header in [
        json!({ "alg": "RS256", "kid": "ins_other" }),
        json!({ "alg": "RS256" }),
    ] {
        let token = instance.mint_with_header(&header, &instance.claims(NOW));
        assert_eq!(verifier.verify(&token).await, Err(TokenError::UnknownKey));
    }
}
