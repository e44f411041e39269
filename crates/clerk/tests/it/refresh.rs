//! Row 15: an expired token is exchanged without a redirect.

use clerk::authenticate::{BackendError, Status};
use serde_json::json;

use crate::world::{NOW, Page, World, set_cookies};

fn expired(world: &World) -> Page {
    let suffix = world.suffix().to_owned();
    Page::at("/x?a=1")
        .signed_in(&world.token(120), NOW - 200)
        .cookie(&format!("__refresh_{suffix}"), "rt_1")
}

fn answer(world: &World, answer: Result<Vec<String>, BackendError>) {
    *world.backend.refreshed.lock().unwrap() = Some(answer);
}

#[tokio::test]
async fn a_page_load_is_refreshed() {
    let world = World::development();
    let lines = vec![
        format!("__session={}; Path=/", world.token(0)),
        "__x=1".to_owned(),
    ];
    answer(&world, Ok(lines.clone()));
    let state = world
        .decide(expired(&world).header("user-agent", "Test"))
        .await;
    assert_eq!(state.status(), Status::SignedIn);
    assert_eq!(set_cookies(&state), lines);
    assert_eq!(state.location(), None);

    let asked = world.backend.refreshes.lock().unwrap();
    let (session, refresh) = &asked[0];
    assert_eq!(session.as_str(), "sess_1");
    let body = serde_json::to_value(refresh).unwrap();
    assert_eq!(body["expired_token"], world.token(120));
    assert_eq!(body["refresh_token"], "rt_1");
    assert_eq!(body["request_origin"], "http://localhost:3000");
    assert_eq!(body["format"], "cookie");
    assert_eq!(body["suffixed_cookies"], false);
    assert_eq!(body["request_headers"]["user-agent"], json!(["Test"]));
}

#[tokio::test]
async fn a_failure_falls_back_to_a_handshake_that_names_it() {
    let invalid = World::development().token(120);
    for (answered, why) in [
        (
            Err(BackendError::Refused {
                code: "session_ended".to_owned(),
            }),
            "session_ended",
        ),
        (
            Err(BackendError::Refused {
                code: "unexpected_error".to_owned(),
            }),
            "fetch-error",
        ),
        (
            Err(BackendError::Failed("down".to_owned())),
            "unexpected-bapi-error",
        ),
        (Ok(Vec::new()), "unexpected-sdk-error"),
        (Ok(vec!["other=1".to_owned()]), "invalid-session-token"),
        (
            Ok(vec![format!("__session={invalid}")]),
            "invalid-session-token",
        ),
    ] {
        let world = World::development();
        answer(&world, answered);
        let state = world.decide(expired(&world)).await;
        assert_eq!(state.status(), Status::Handshake);
        let reason = state.reason().unwrap().as_str().into_owned();
        assert_eq!(reason, format!("session-token-expired-refresh-{why}"));
    }
}

#[tokio::test]
async fn a_token_without_a_session_cannot_be_refreshed() {
    let world = World::development();
    let mut claims = world.instance.claims(NOW - 120);
    claims["sid"] = json!(null);
    let page = Page::at("/")
        .signed_in(&world.instance.mint(&claims), NOW - 200)
        .cookie(&format!("__refresh_{}", world.suffix()), "rt_1");
    let state = world.decide(page).await;
    let reason = state.reason().unwrap().as_str().into_owned();
    assert_eq!(
        reason,
        "session-token-expired-refresh-expired-session-token-missing-sid-claim"
    );
}

#[tokio::test]
async fn a_form_is_refreshed_only_if_asked_for() {
    let mut world = World::development();
    let form = expired(&world).method("POST");
    let state = world.decide(form.clone()).await;
    assert_eq!(state.status(), Status::SignedOut);
    let reason = state.reason().unwrap().as_str().into_owned();
    assert_eq!(reason, "session-token-expired-refresh-non-eligible-non-get");
    assert!(world.backend.refreshes.lock().unwrap().is_empty());

    world.options.refresh_any_method = true;
    answer(
        &world,
        Ok(vec![format!("__session={}; Path=/", world.token(0))]),
    );
    assert_eq!(world.decide(form).await.status(), Status::SignedIn);

    // Not for header tokens: their sender can make a new one.
    let bearer = format!("Bearer {}", world.token(120));
    let call = expired(&world)
        .method("POST")
        .header("authorization", &bearer);
    let state = world.decide(call).await;
    assert_eq!(
        state.reason().unwrap().as_str(),
        "session-token-expired-refresh-non-eligible-non-get"
    );
}

#[tokio::test]
async fn nothing_is_refreshed_for_a_token_with_another_fault() {
    let mut world = World::development();
    world.options.refresh_any_method = true;
    world.options.authorized_parties = vec!["https://mine.com".to_owned()];
    let state = world.decide(expired(&world)).await;
    assert_eq!(
        state.reason().unwrap().as_str(),
        "token-invalid-authorized-parties"
    );
    assert!(world.backend.refreshes.lock().unwrap().is_empty());
}
