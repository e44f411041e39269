//! Services that browsers do not open: only the header counts.

use clerk::{
    authenticate::{RequestState, Status},
    machine::{AcceptsToken, TokenType},
};

use crate::world::{NOW, Page, World};

fn world(accepts: impl Into<AcceptsToken>) -> World {
    let mut world = World::development();
    world.options.bearer_only = true;
    world.options.accepts = accepts.into();
    world.knows_opaque_tokens();
    world
}

fn reason(state: &RequestState) -> String {
    assert_eq!(state.status(), Status::SignedOut);
    assert!(state.location().is_none() && state.session().is_none());
    state.reason().unwrap().to_string()
}

#[tokio::test]
async fn a_session_token_in_the_header_is_enough() {
    for accepts in [TokenType::Session.into(), AcceptsToken::Any] {
        let world = world(accepts);
        let state = world.decide(Page::at("/").bearer(&world.token(0))).await;
        assert_eq!(state.session().unwrap().user_id().as_str(), "user_1");
        assert!(state.headers().is_empty());
    }
}

#[tokio::test]
async fn cookies_and_handshakes_do_not_count() {
    for accepts in [TokenType::Session.into(), AcceptsToken::Any] {
        let world = world(accepts);
        for page in [
            Page::at("/"),
            Page::at("/?__clerk_db_jwt=dvb_1"),
            Page::at("/?__clerk_handshake_nonce=n"),
            Page::at("/").signed_in(&world.token(0), NOW),
        ] {
            let state = world.decide(page).await;
            assert_eq!(reason(&state), "No token in header");
            assert_eq!(state.token_type(), Some(TokenType::Session));
        }
        assert!(world.backend.nonces.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_expired_token_is_neither_refreshed_nor_renewed() {
    let world = world(TokenType::Session);
    let page = Page::at("/")
        .bearer(&world.token(120))
        .cookie(&format!("__refresh_{}", world.suffix()), "rt_1");
    let state = world.decide(page).await;
    assert_eq!(reason(&state), "token-expired");
    assert!(world.backend.refreshes.lock().unwrap().is_empty());
}

#[tokio::test]
async fn machines_are_no_sessions_here_either() {
    let only_sessions = world(TokenType::Session);
    for token in [
        "ak_good".to_owned(),
        only_sessions.m2m_jwt(&only_sessions.instance, |_, _| {}),
        only_sessions.oauth_jwt(&only_sessions.instance, |_, _| {}),
    ] {
        let state = only_sessions.decide(Page::at("/").bearer(&token)).await;
        assert_eq!(reason(&state), "token-type-mismatch");
    }
    let claims = only_sessions.instance.claims(NOW);
    let header = serde_json::json!({
        "alg": "RS256", "kid": only_sessions.instance.kid(), "cat": "cl_B7d4PD222AAA",
    });
    let template = only_sessions.instance.mint_with_header(&header, &claims);
    let state = only_sessions.decide(Page::at("/").bearer(&template)).await;
    assert_eq!(reason(&state), "token-type-mismatch");
    let state = only_sessions.decide(Page::at("/").bearer("nonsense")).await;
    assert_eq!(reason(&state), "token-invalid");

    let any = world(AcceptsToken::Any);
    let state = any.decide(Page::at("/").bearer("ak_good")).await;
    assert_eq!(state.token_type(), Some(TokenType::ApiKey));
}
