//! Machine tokens that are JWTs: checked without asking Clerk.

use clerk::{
    authenticate::{RequestState, Status},
    keys::InstanceKind,
    machine::{AcceptsToken, MachineToken, TokenType},
    test_util::TestInstance,
};
use serde_json::{Value, json};

use crate::world::{HOST, NOW, Page, World};

fn world() -> World {
    let mut world = World::production();
    world.options.accepts = AcceptsToken::Any;
    world
}

async fn present(world: &World, token: &str) -> RequestState {
    let state = world.decide(Page::at("/").bearer(token)).await;
    let asked = world.backend.asked_machines.lock().unwrap();
    assert!(asked.is_empty(), "Clerk was asked");
    state
}

/// Asserts a refusal with this code.
fn assert_refused(state: &RequestState, code: &str, kind: TokenType, message: &str) {
    assert_eq!(state.status(), Status::SignedOut, "{message}");
    assert!(state.machine().is_none());
    assert_eq!(state.reason().unwrap().to_string(), code, "{message}");
    assert_eq!(state.token_type(), Some(kind));
    let end = format!("(code={code}, status=n/a)");
    assert!(
        state.message().contains(message) && state.message().ends_with(&end),
        "{:?} instead of {message:?}",
        state.message()
    );
}

#[tokio::test]
async fn an_m2m_jwt_says_who_calls() {
    let world = world();
    let state = present(&world, &world.m2m_jwt(&world.instance, |_, _| {})).await;
    assert_eq!(state.status(), Status::SignedIn);
    let Some(MachineToken::M2m(token)) = state.machine().map(AsRef::as_ref) else {
        panic!("{state:?}");
    };
    assert_eq!(
        (token.id.as_str(), token.subject.as_str()),
        ("mt_jwt", "mch_1")
    );
    assert_eq!(token.scopes, ["mch_2", "mch_3"]);
    assert_eq!(token.expiration, Some((NOW + 3_600) * 1_000));
    assert_eq!(
        (token.created_at, token.updated_at),
        (NOW * 1_000, NOW * 1_000)
    );
    let claims = json!({ "aud": ["mch_2"], "scopes": "mch_2 mch_3", "permissions": ["read"] });
    assert_eq!(token.claims, Some(claims));
    assert!(!token.revoked && !token.expired);
}

#[tokio::test]
async fn an_m2m_jwt_without_scopes_may_call_its_audience() {
    let world = world();
    for (aud, scopes) in [
        (json!(["mch_9"]), vec!["mch_9"]),
        (json!("mch_8"), vec!["mch_8"]),
        (Value::Null, vec![]),
    ] {
        let token = world.m2m_jwt(&world.instance, |_, claims| {
            claims["aud"] = aud;
            claims.as_object_mut().unwrap().remove("scopes");
        });
        let state = present(&world, &token).await;
        assert_eq!(state.machine().unwrap().scopes(), scopes);
    }
}

#[tokio::test]
async fn an_oauth_jwt_says_for_whom_it_acts() {
    let world = world();
    for typ in ["at+jwt", "application/at+jwt"] {
        let token = world.oauth_jwt(&world.instance, |header, claims| {
            header["typ"] = typ.into();
            claims["act"] = json!({ "sub": "a", "act": { "sub": "b", "act": { "sub": "c" } } });
            claims["aud"] = "https://api.example.com".into();
        });
        let state = present(&world, &token).await;
        let Some(MachineToken::OAuth(token)) = state.machine().map(AsRef::as_ref) else {
            panic!("{state:?}");
        };
        assert_eq!(
            (token.id.as_str(), token.subject.as_str()),
            ("oat_jwt", "user_2")
        );
        assert_eq!(
            (token.client_id.as_str(), token.kind.as_str()),
            ("client_1", "oauth_token")
        );
        assert_eq!(token.scopes, ["openid", "profile"]);
        assert_eq!(
            token.aud.as_deref(),
            Some(&["https://api.example.com".to_owned()][..])
        );
        let actor = token.act.clone().unwrap();
        assert_eq!(
            (actor.sub.as_str(), actor.act.clone().unwrap().sub.as_str()),
            ("a", "b")
        );
        assert_eq!(actor.act.unwrap().act, None);
    }
    let listed = world.oauth_jwt(&world.instance, |_, claims| {
        claims["scp"] = json!(["email"])
    });
    assert_eq!(
        present(&world, &listed).await.machine().unwrap().scopes(),
        ["email"]
    );
}

#[tokio::test]
async fn a_fixed_key_is_enough() {
    let mut world = world();
    world.options.jwt_key = Some(world.instance.public_key().into());
    *world.backend.jwks.lock().unwrap() = clerk::jwks::JsonWebKeySet::default();
    for token in [
        world.m2m_jwt(&world.instance, |_, _| {}),
        world.oauth_jwt(&world.instance, |_, _| {}),
    ] {
        assert_eq!(present(&world, &token).await.status(), Status::SignedIn);
    }
}

#[tokio::test]
async fn tokens_that_do_not_verify_are_refused() {
    type Change = fn(&mut Value, &mut Value);
    let failed = "token-verification-failed";
    let changes: [(Change, &str); 12] = [
        (|_, c| c["exp"] = (NOW - 5).into(), "JWT is expired."),
        (|_, c| c["exp"] = Value::Null, ""),
        (|_, c| c["exp"] = "soon".into(), ""),
        (
            |_, c| c["nbf"] = (NOW + 6).into(),
            "JWT cannot be used prior to not before",
        ),
        (|_, c| c["nbf"] = "x".into(), ""),
        (|_, c| c["iat"] = (NOW + 6).into(), "is in the future."),
        (|_, c| c["iat"] = json!([1]), ""),
        (|h, _| h["alg"] = "none".into(), "Invalid JWT algorithm"),
        (|h, _| h["alg"] = "HS256".into(), "Invalid JWT algorithm"),
        (|h, _| h["alg"] = "ES256".into(), "Invalid JWT algorithm"),
        (|h, _| h["kid"] = "ins_other".into(), ""),
        (|h, _| drop(h.as_object_mut().unwrap().remove("kid")), ""),
    ];
    let world = world();
    for (n, (change, message)) in changes.into_iter().enumerate() {
        let m2m = present(&world, &world.m2m_jwt(&world.instance, change)).await;
        assert_refused(&m2m, failed, TokenType::M2m, message);
        let oauth = present(&world, &world.oauth_jwt(&world.instance, change)).await;
        assert_refused(&oauth, failed, TokenType::OAuth, message);
        assert!(!m2m.message().is_empty(), "{n}");
    }
}

#[tokio::test]
async fn a_token_without_a_subject_is_refused() {
    let world = world();
    for sub in [Value::Null, json!(5), json!(["mch_1"])] {
        let token = world.oauth_jwt(&world.instance, |_, claims| claims["sub"] = sub);
        let message = "(sub)";
        let state = present(&world, &token).await;
        assert_refused(
            &state,
            "token-verification-failed",
            TokenType::OAuth,
            message,
        );
    }
}

#[tokio::test]
async fn clocks_may_be_five_seconds_apart() {
    let world = world();
    let token = world.m2m_jwt(&world.instance, |_, claims| {
        claims["exp"] = (NOW - 4).into();
        claims["nbf"] = (NOW + 5).into();
        claims["iat"] = (NOW + 5).into();
    });
    assert_eq!(present(&world, &token).await.status(), Status::SignedIn);
}

#[tokio::test]
async fn what_a_stranger_signed_is_refused() {
    let world = world();
    let stranger = TestInstance::foreign(InstanceKind::Production, HOST);
    let failed = "token-verification-failed";
    let m2m = present(&world, &world.m2m_jwt(&stranger, |_, _| {})).await;
    assert_refused(&m2m, failed, TokenType::M2m, "JWT signature is invalid.");
    let oauth = present(&world, &world.oauth_jwt(&stranger, |_, _| {})).await;
    assert_refused(
        &oauth,
        failed,
        TokenType::OAuth,
        "JWT signature is invalid.",
    );
    // Claims that were exchanged under a good signature.
    let good = world.m2m_jwt(&world.instance, |_, _| {});
    let other = world.m2m_jwt(&world.instance, |_, claims| claims["sub"] = "mch_9".into());
    let (head, _) = good.split_once('.').unwrap();
    let payload = other.split('.').nth(1).unwrap();
    let signature = good.rsplit('.').next().unwrap();
    let state = present(&world, &format!("{head}.{payload}.{signature}")).await;
    assert_refused(&state, failed, TokenType::M2m, "JWT signature is invalid.");
}

#[tokio::test]
async fn a_token_without_a_signature_is_no_machines() {
    let mut world = world();
    let token = world.m2m_jwt(&world.instance, |header, _| header["alg"] = "none".into());
    let unsigned = format!("{}.", token.rsplit_once('.').unwrap().0);
    let state = present(&world, &unsigned).await;
    assert_eq!(
        (state.status(), state.machine().is_none()),
        (Status::SignedOut, true)
    );
    world.options.accepts = TokenType::M2m.into();
    let state = present(&world, &unsigned).await;
    assert_eq!(state.reason().unwrap().to_string(), "token-type-mismatch");
}

#[tokio::test]
async fn a_machines_jwt_has_its_category_or_none() {
    let world = world();
    for (category, is_good) in [
        (Some("cl_B7d4PD333AAA"), true),
        (None, true),
        (Some("cl_B7d4PD111AAA"), false),
        (Some("cl_B7d4PD222AAA"), false),
        (Some("cl_I7d4PD111III"), false),
        (Some("cl_other"), false),
    ] {
        let token = world.m2m_jwt(&world.instance, |header, _| match category {
            Some(category) => header["cat"] = category.into(),
            None => drop(header.as_object_mut().unwrap().remove("cat")),
        });
        let state = present(&world, &token).await;
        if is_good {
            assert_eq!(state.status(), Status::SignedIn, "{category:?}");
        } else {
            let message = "Invalid M2M JWT category.";
            assert_refused(&state, "token-invalid", TokenType::M2m, message);
        }
    }
}

#[tokio::test]
async fn a_machines_jwt_is_of_the_common_type() {
    let world = world();
    for typ in ["at+jwt", "jwt", ""] {
        let token = world.m2m_jwt(&world.instance, |header, _| header["typ"] = typ.into());
        let state = present(&world, &token).await;
        assert_refused(
            &state,
            "token-verification-failed",
            TokenType::M2m,
            "Invalid JWT type",
        );
    }
    let untyped = world.m2m_jwt(&world.instance, |header, _| {
        header.as_object_mut().unwrap().remove("typ");
    });
    assert_eq!(present(&world, &untyped).await.status(), Status::SignedIn);
}

#[tokio::test]
async fn audiences_are_held_to() {
    let mut world = world();
    world.options.audience = vec!["https://api.example.com".to_owned()];
    let failed = "token-verification-failed";
    for (aud, m2m_is_good, oauth_is_good) in [
        (json!("https://api.example.com"), true, true),
        (json!(["x", "https://api.example.com"]), true, true),
        (json!("https://other.example.com"), false, false),
        (json!(["x"]), false, false),
        // Without one, only an OAuth token is refused.
        (json!([]), true, false),
        (Value::Null, true, false),
    ] {
        let set = |_: &mut Value, claims: &mut Value| claims["aud"] = aud.clone();
        let m2m = present(&world, &world.m2m_jwt(&world.instance, set)).await;
        assert_eq!(m2m.status() == Status::SignedIn, m2m_is_good, "{aud}");
        let oauth = present(&world, &world.oauth_jwt(&world.instance, set)).await;
        assert_eq!(oauth.status() == Status::SignedIn, oauth_is_good, "{aud}");
        if !oauth_is_good {
            assert_refused(&oauth, failed, TokenType::OAuth, "OAuth audience");
        }
    }
}

#[tokio::test]
async fn authorized_parties_are_for_browsers() {
    let mut world = world();
    world.options.authorized_parties = vec!["https://app.example.com".to_owned()];
    let token = world.m2m_jwt(&world.instance, |_, _| {});
    assert_eq!(present(&world, &token).await.status(), Status::SignedIn);
}

#[tokio::test]
async fn without_keys_nobody_is_let_in() {
    let world = world();
    *world.backend.jwks.lock().unwrap() = clerk::jwks::JsonWebKeySet::default();
    let state = present(&world, &world.m2m_jwt(&world.instance, |_, _| {})).await;
    assert_refused(&state, "token-verification-failed", TokenType::M2m, "");
}
