//! Handshakes that come back, by nonce and by token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clerk::{
    authenticate::{AuthenticateError, Status},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::TokenError,
};
use serde_json::json;

use crate::world::{HOST, NOW, Page, World, set_cookies};

fn directives(token: &str) -> Vec<String> {
    vec![
        "__clerk_db_jwt=dvb_1; Path=/".to_owned(),
        "__client_uat=1699999990; Path=/; SameSite=Lax".to_owned(),
        format!("__session={token}; Path=/; Secure"),
        format!("__session_sfx={token}; Path=/"),
    ]
}

#[tokio::test]
async fn a_nonce_in_development_ends_on_a_clean_address() {
    let world = World::development();
    let lines = directives(&world.token(0));
    *world.backend.payload.lock().unwrap() = Some(lines.clone());
    let page = Page::at("/dash?tab=1&__clerk_handshake_nonce=n1&__clerk_help=1");
    let state = world.decide(page).await;
    assert_eq!(state.status(), Status::SignedIn);
    assert_eq!(state.location(), Some("http://localhost:3000/dash?tab=1"));
    assert_eq!(set_cookies(&state), lines);
    assert_eq!(state.headers()["access-control-allow-origin"], "null");
    assert_eq!(state.headers()["access-control-allow-credentials"], "true");
    assert_eq!(state.headers()["cache-control"], "no-store");
    assert_eq!(*world.backend.nonces.lock().unwrap(), ["n1"]);
}

#[tokio::test]
async fn a_nonce_in_production_comes_as_a_cookie_and_stays() {
    let world = World::production();
    *world.backend.payload.lock().unwrap() = Some(directives(&world.token(0)));
    let state = world
        .decide(Page::at("/dash").cookie("__clerk_handshake_nonce", "n2"))
        .await;
    assert_eq!(state.status(), Status::SignedIn);
    assert_eq!(state.location(), None);
    assert_eq!(set_cookies(&state).len(), 4);
}

#[tokio::test]
async fn a_handshake_without_a_session_is_signed_out() {
    let world = World::development();
    let lines = vec![
        "__clerk_db_jwt=dvb_1; Path=/".to_owned(),
        "__client_uat=0; Path=/".to_owned(),
        "__session=; Path=/; Max-Age=0".to_owned(),
    ];
    *world.backend.payload.lock().unwrap() = Some(lines.clone());
    let state = world.decide(Page::at("/?__clerk_handshake_nonce=n")).await;
    assert_eq!(state.status(), Status::SignedOut);
    assert_eq!(state.reason().unwrap().as_str(), "session-token-missing");
    assert_eq!(state.location(), Some("http://localhost:3000/"));
    assert_eq!(set_cookies(&state), lines);
}

#[tokio::test]
async fn a_used_nonce_leads_to_the_clean_address() {
    let world = World::development();
    let page = Page::at("/x?__clerk_handshake_nonce=used").signed_in(&world.token(0), NOW);
    let state = world.decide(page).await;
    assert_eq!(state.reason().unwrap().as_str(), "session-token-missing");
    assert_eq!(state.location(), Some("http://localhost:3000/x"));
    assert!(set_cookies(&state).is_empty());
}

#[tokio::test]
async fn a_token_brings_its_own_directives() {
    let world = World::development();
    let lines = directives(&world.token(0));
    let token = world.instance.mint(&json!({ "handshake": lines }));
    let state = world
        .decide(Page::at(&format!("/?__clerk_handshake={token}&a=1")))
        .await;
    assert_eq!(state.status(), Status::SignedIn);
    assert_eq!(state.location(), Some("http://localhost:3000/?a=1"));
    assert_eq!(set_cookies(&state), lines);
    assert!(world.backend.nonces.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_forged_token_stops_development_and_changes_nothing_in_production() {
    let forged = |kind| {
        let foreign = TestInstance::foreign(kind, HOST);
        foreign.mint(&json!({ "handshake": ["__session=evil; Path=/"] }))
    };
    let world = World::development();
    let token = forged(InstanceKind::Development);
    let parts = Page::at(&format!("/?__clerk_handshake={token}")).parts();
    let error = world
        .authenticator()
        .authenticate(&parts)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        AuthenticateError::HandshakeToken(TokenError::Signature)
    );
    assert!(error.to_string().contains("switched Clerk keys"), "{error}");

    let world = World::production();
    let token = forged(InstanceKind::Production);
    let page = Page::at("/")
        .cookie("__clerk_handshake", &token)
        .signed_in(&world.token(0), NOW);
    let state = world.decide(page).await;
    assert_eq!(state.status(), Status::SignedIn);
    assert!(set_cookies(&state).is_empty());
}

#[tokio::test]
async fn a_token_that_cannot_be_read_is_malformed_whoever_signed_it() {
    let world = World::development();
    let token = world.instance.mint(&json!({ "handshake": [] }));
    let parts: Vec<&str> = token.split('.').collect();
    // JSON allows no line break within a text.
    let payload = URL_SAFE_NO_PAD.encode("{\"handshake\":[\"a=b\r\"]}");
    let token = format!("{}.{payload}.{}", parts[0], parts[2]);
    let page = Page::at(&format!("/?__clerk_handshake={token}")).parts();
    let outcome = world.authenticator().authenticate(&page).await;
    assert!(matches!(
        outcome,
        Err(AuthenticateError::HandshakeToken(TokenError::Malformed(_)))
    ));
}

#[tokio::test]
async fn a_template_token_is_no_handshake() {
    let world = World::production();
    let header =
        json!({ "alg": "RS256", "kid": "ins_test", "typ": "JWT", "cat": "cl_B7d4PD222AAA" });
    let claims = json!({ "handshake": [format!("__session={}", world.token(0))] });
    let token = world.instance.mint_with_header(&header, &claims);
    let state = world
        .decide(Page::at("/").cookie("__clerk_handshake", &token))
        .await;
    assert_eq!(state.status(), Status::SignedOut);
    assert!(set_cookies(&state).is_empty());
}

#[tokio::test]
async fn a_wrong_clock_is_forgiven_in_development_only() {
    for (world, status) in [
        (World::development(), Status::SignedIn),
        (World::production(), Status::SignedOut),
    ] {
        *world.backend.payload.lock().unwrap() = Some(directives(&world.token(3_600)));
        let page = Page::at("/").cookie("__clerk_handshake_nonce", "n");
        assert_eq!(world.decide(page).await.status(), status);
    }
}

#[tokio::test]
async fn lines_that_are_no_header_are_left_out() {
    let world = World::production();
    let mut lines = directives(&world.token(0));
    lines.push("a=b\r\nLocation: https://evil.com".to_owned());
    *world.backend.payload.lock().unwrap() = Some(lines);
    let state = world
        .decide(Page::at("/").cookie("__clerk_handshake_nonce", "n"))
        .await;
    assert_eq!(set_cookies(&state).len(), 4);
    assert_eq!(state.location(), None);
}
