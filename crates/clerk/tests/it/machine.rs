//! Which machine tokens are accepted where, and what a refusal says: opaque tokens, and the
//! choice between kinds.

use clerk::{
    authenticate::{RequestState, Status},
    machine::{AcceptsToken, MachineToken, MachineTokenError, TokenType},
    models::{ApiKey, OAuthAccessToken},
};

use crate::world::{NOW, Page, World};

const MACHINES: [TokenType; 3] = [TokenType::ApiKey, TokenType::M2m, TokenType::OAuth];

fn world(accepts: impl Into<AcceptsToken>) -> World {
    let mut world = World::production();
    world.options.accepts = accepts.into();
    world.knows_opaque_tokens();
    world
}

fn any() -> AcceptsToken {
    AcceptsToken::Any
}

async fn present(world: &World, token: &str) -> RequestState {
    world.decide(Page::at("/").bearer(token)).await
}

/// A refusal as its reason and its type.
fn refusal(state: &RequestState) -> (String, Option<TokenType>) {
    assert_eq!(state.status(), Status::SignedOut);
    assert!(state.session().is_none() && state.machine().is_none());
    assert!(state.location().is_none());
    let reason = state.reason().unwrap().to_string();
    let header = |name| {
        state
            .headers()
            .get(name)
            .map(|v| v.to_str().unwrap().to_owned())
    };
    assert_eq!(header("x-clerk-auth-status").as_deref(), Some("signed-out"));
    assert_eq!(header("x-clerk-auth-reason").as_ref(), Some(&reason));
    let message = Some(state.message()).filter(|m| !m.is_empty());
    assert_eq!(header("x-clerk-auth-message").as_deref(), message);
    (reason, state.token_type())
}

fn mismatch(kind: impl Into<Option<TokenType>>) -> (String, Option<TokenType>) {
    ("token-type-mismatch".to_owned(), kind.into())
}

#[tokio::test]
async fn each_opaque_token_is_good_where_its_kind_is_accepted() {
    for (token, kind) in [
        ("ak_good", TokenType::ApiKey),
        ("mt_good", TokenType::M2m),
        ("oat_good", TokenType::OAuth),
    ] {
        for accepts in [
            kind.into(),
            [kind].into(),
            [TokenType::Session, kind].into(),
            any(),
        ] {
            let world = world(accepts);
            let state = present(&world, token).await;
            assert_eq!(state.status(), Status::SignedIn, "{token}");
            assert_eq!((state.reason(), state.message()), (None, ""));
            assert_eq!(state.token_type(), Some(kind));
            assert_eq!(state.machine().unwrap().token_type(), kind);
            assert!(state.session().is_none());
            assert!(state.headers().is_empty());
            let asked = world.backend.asked_machines.lock().unwrap().clone();
            assert_eq!(asked, [(kind, token.to_owned())]);
        }
    }
}

#[tokio::test]
async fn who_calls_is_told() {
    let world = world(any());
    let key = present(&world, "ak_good").await.machine().unwrap().clone();
    assert_eq!((key.id(), key.subject()), ("ak_id", "org_1"));
    assert_eq!(key.organization_id().unwrap().as_str(), "org_1");
    assert_eq!(key.user_id(), None);
    assert!(key.has_scope("read:widgets") && !key.has_scope("read"));
    let machine = present(&world, "mt_good").await.machine().unwrap().clone();
    assert_eq!(machine.machine_id(), Some("mch_1"));
    assert_eq!((machine.user_id(), machine.organization_id()), (None, None));
    let oauth = present(&world, "oat_good").await.machine().unwrap().clone();
    assert_eq!(oauth.user_id().unwrap().as_str(), "user_2");
    assert_eq!(oauth.client_id(), Some("client_1"));
    assert_eq!(oauth.machine_id(), None);
}

#[tokio::test]
async fn a_kind_that_is_not_the_one_accepted_is_refused_unasked() {
    for wanted in MACHINES {
        let world = world(wanted);
        for (token, kind) in [
            ("ak_good", TokenType::ApiKey),
            ("mt_good", TokenType::M2m),
            ("oat_good", TokenType::OAuth),
            (&world.token(0), TokenType::Session),
            ("nonsense", TokenType::Session),
        ] {
            if kind != wanted {
                assert_eq!(
                    refusal(&present(&world, token).await),
                    mismatch(wanted),
                    "{token}"
                );
            }
        }
        assert!(world.backend.asked_machines.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_kind_that_is_not_listed_is_refused_without_a_type() {
    let world = world([TokenType::ApiKey, TokenType::M2m]);
    let m2m = world.m2m_jwt(&world.instance, |_, _| {});
    let oauth = world.oauth_jwt(&world.instance, |_, _| {});
    for token in ["oat_good", &world.token(0), &oauth, "nonsense"] {
        assert_eq!(
            refusal(&present(&world, token).await),
            mismatch(None),
            "{token}"
        );
    }
    assert_eq!(present(&world, &m2m).await.status(), Status::SignedIn);
}

#[tokio::test]
async fn machine_tokens_are_no_sessions() {
    let world = world(TokenType::Session);
    for token in ["ak_good", "mt_good", "oat_good"] {
        let state = present(&world, token).await;
        assert_eq!(
            refusal(&state),
            ("token-invalid".to_owned(), Some(TokenType::Session))
        );
    }
    for token in [
        world.m2m_jwt(&world.instance, |_, _| {}),
        world.oauth_jwt(&world.instance, |_, _| {}),
    ] {
        assert_eq!(
            refusal(&present(&world, &token).await),
            mismatch(TokenType::Session)
        );
    }
    assert!(world.backend.asked_machines.lock().unwrap().is_empty());
}

#[tokio::test]
async fn sessions_are_good_beside_machines() {
    for accepts in [any(), [TokenType::M2m, TokenType::Session].into()] {
        let world = world(accepts);
        let state = present(&world, &world.token(0)).await;
        assert_eq!(state.token_type(), Some(TokenType::Session));
        assert_eq!(state.session().unwrap().user_id().as_str(), "user_1");
        let cookies = Page::at("/").signed_in(&world.token(0), NOW);
        assert!(world.decide(cookies).await.session().is_some());
        // The header goes before the cookies, also when it is not good.
        let both = Page::at("/")
            .signed_in(&world.token(0), NOW)
            .bearer("mt_unknown");
        let state = world.decide(both).await;
        assert_eq!(
            refusal(&state),
            ("token-invalid".to_owned(), Some(TokenType::M2m))
        );
    }
}

#[tokio::test]
async fn cookies_do_not_count_where_only_machines_are_accepted() {
    for kind in MACHINES {
        let world = world(kind);
        let state = world
            .decide(Page::at("/").signed_in(&world.token(0), NOW))
            .await;
        assert_eq!(
            refusal(&state),
            ("No token in header".to_owned(), Some(kind))
        );
    }
    // Nothing counts as a session, which is not on this list.
    let world = world([TokenType::OAuth, TokenType::ApiKey]);
    let state = world
        .decide(Page::at("/").signed_in(&world.token(0), NOW))
        .await;
    assert_eq!(refusal(&state), mismatch(None));
}

#[tokio::test]
async fn a_browser_without_a_token_may_still_be_sent_through_clerk() {
    let mut world = World::development();
    for accepts in [any(), [TokenType::Session, TokenType::ApiKey].into()] {
        world.options.accepts = accepts;
        let state = world.decide(Page::at("/")).await;
        assert_eq!(state.status(), Status::Handshake);
        assert_eq!(state.token_type(), Some(TokenType::Session));
    }
}

#[tokio::test]
async fn what_clerk_does_not_vouch_for_is_refused_with_its_code() {
    let world = world(any());
    let invalid_key = MachineTokenError::SecretKeyInvalid {
        message: "The key is no good".to_owned(),
    };
    world.clerk_says("mt_key", Err(invalid_key));
    world.clerk_says(
        "mt_down",
        Err(MachineTokenError::Unexpected { status: None }),
    );
    world.clerk_says(
        "ak_500",
        Err(MachineTokenError::Unexpected { status: Some(500) }),
    );
    for (token, reason, message, kind) in [
        (
            "mt_gone",
            "token-invalid",
            "Machine token not found (code=token-invalid, status=404)",
            TokenType::M2m,
        ),
        (
            "oat_gone",
            "token-invalid",
            "OAuth token not found (code=token-invalid, status=404)",
            TokenType::OAuth,
        ),
        (
            "ak_gone",
            "token-invalid",
            "API key not found (code=token-invalid, status=404)",
            TokenType::ApiKey,
        ),
        (
            "mt_key",
            "secret-key-invalid",
            "The key is no good (code=secret-key-invalid, status=401)",
            TokenType::M2m,
        ),
        (
            "mt_down",
            "unexpected-error",
            "Unexpected error (code=unexpected-error, status=n/a)",
            TokenType::M2m,
        ),
        (
            "ak_500",
            "unexpected-error",
            "Unexpected error (code=unexpected-error, status=500)",
            TokenType::ApiKey,
        ),
        // Opaque by its prefix, a JWT by its shape.
        (
            "ak_a.bc.de",
            "token-invalid",
            "Invalid JWT form. The header, payload, or signature could not be decoded. \
             (code=token-invalid, status=n/a)",
            TokenType::M2m,
        ),
    ] {
        let state = present(&world, token).await;
        assert_eq!(refusal(&state), (reason.to_owned(), Some(kind)), "{token}");
        assert_eq!(state.message(), message);
    }
}

#[tokio::test]
async fn a_token_that_clerk_calls_over_is_refused() {
    let world = world(any());
    let revoked = ApiKey {
        revoked: true,
        ..ApiKey::default()
    };
    let expired = OAuthAccessToken {
        expired: true,
        ..OAuthAccessToken::default()
    };
    world.clerk_says("ak_revoked", Ok(MachineToken::ApiKey(revoked)));
    world.clerk_says("oat_expired", Ok(MachineToken::OAuth(expired)));
    for (token, kind) in [
        ("ak_revoked", TokenType::ApiKey),
        ("oat_expired", TokenType::OAuth),
    ] {
        let state = present(&world, token).await;
        assert_eq!(refusal(&state), ("token-invalid".to_owned(), Some(kind)));
    }
}

#[tokio::test]
async fn an_answer_about_another_kind_is_not_believed() {
    let world = world(any());
    let key = MachineToken::ApiKey(ApiKey::default());
    world.clerk_says("mt_odd", Ok(key));
    let state = present(&world, "mt_odd").await;
    assert_eq!(
        refusal(&state),
        ("unexpected-error".to_owned(), Some(TokenType::M2m))
    );
}

#[tokio::test]
async fn an_oauth_token_must_be_for_us_once_that_is_configured() {
    let mut world = world(TokenType::OAuth);
    world.options.audience = vec!["https://api.example.com".to_owned()];
    let token = |aud: Option<&str>| {
        MachineToken::OAuth(OAuthAccessToken {
            aud: aud.map(|aud| vec!["x".to_owned(), aud.to_owned()]),
            ..OAuthAccessToken::default()
        })
    };
    world.clerk_says("oat_ours", Ok(token(Some("https://api.example.com"))));
    world.clerk_says("oat_theirs", Ok(token(Some("https://other.example.com"))));
    world.clerk_says("oat_nobodys", Ok(token(None)));
    assert_eq!(present(&world, "oat_ours").await.status(), Status::SignedIn);
    for token in ["oat_theirs", "oat_nobodys"] {
        let state = present(&world, token).await;
        let expected = (
            "token-verification-failed".to_owned(),
            Some(TokenType::OAuth),
        );
        assert_eq!(refusal(&state), expected, "{token}");
    }
}

#[tokio::test]
async fn only_bearer_tokens_are_read() {
    let world = world(TokenType::ApiKey);
    for (value, is_read) in [
        ("Bearer ak_good", true),
        ("ak_good", true),
        ("Basic ak_good", false),
        ("Bearer ", false),
    ] {
        let state = world
            .decide(Page::at("/").header("authorization", value))
            .await;
        assert_eq!(state.status() == Status::SignedIn, is_read, "{value}");
    }
}

#[tokio::test]
async fn a_token_is_verified_without_a_request() {
    let world = world(TokenType::Session);
    let authenticator = world.authenticator();
    let good = authenticator.verify_machine_token("ak_good").await.unwrap();
    assert_eq!(good.id(), "ak_id");
    let jwt = world.m2m_jwt(&world.instance, |_, _| {});
    assert!(authenticator.verify_machine_token(&jwt).await.is_ok());
    let session = authenticator.verify_machine_token(&world.token(0)).await;
    assert_eq!(session, Err(MachineTokenError::UnknownType));
}
