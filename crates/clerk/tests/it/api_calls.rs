//! How calls are sent: repeats, the budget, whose key, and what never shows.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{Json, response::IntoResponse};
use clerk::{
    api::{ApiError, CreateM2mToken, CreateOrganization, CreateUser, RateBudget},
    ids::UserId,
    jwks::JwksSource,
};
use http::StatusCode;
use serde_json::json;

use crate::api_stub::{serve, serve_with};

/// Answers in turn, the last one for ever.
fn in_turn(statuses: &'static [u16]) -> impl Fn(&str) -> axum::response::Response {
    let asked = AtomicUsize::new(0);
    move |_| {
        let turn = asked.fetch_add(1, Ordering::SeqCst).min(statuses.len() - 1);
        let status = StatusCode::from_u16(statuses[turn]).unwrap();
        let body = Json(json!({ "id": "user_1", "errors": [] }));
        (status, [("retry-after", "0")], body).into_response()
    }
}

#[tokio::test]
async fn a_read_is_repeated_until_clerk_is_back() {
    let (client, server) = serve(in_turn(&[503, 502, 200])).await;
    let user = client.users().get(&UserId::new("user_1")).await.unwrap();
    assert_eq!((user.id.as_str(), server.asked().len()), ("user_1", 3));
    // A verification changes nothing, though it is a POST.
    let (client, server) = serve(in_turn(&[503, 200])).await;
    client.api_keys().verify("ak_secret").await.unwrap();
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_write_is_repeated_only_after_429() {
    let (client, server) = serve(in_turn(&[429, 429, 200])).await;
    client.users().create(CreateUser::default()).await.unwrap();
    assert_eq!(server.asked().len(), 3);
    for status in [502, 503, 504] {
        let statuses: &[u16] = match status {
            502 => &[502, 200],
            503 => &[503, 200],
            _ => &[504, 200],
        };
        let (client, server) = serve(in_turn(statuses)).await;
        let error = client
            .users()
            .ban(&UserId::new("user_1"))
            .await
            .unwrap_err();
        assert_eq!((error.status(), server.asked().len()), (Some(status), 1));
    }
}

#[tokio::test]
async fn a_wait_that_the_call_has_no_time_for_is_not_begun() {
    let (client, server) = serve(|_| {
        let headers = [("retry-after", "3600")];
        (StatusCode::TOO_MANY_REQUESTS, headers).into_response()
    })
    .await;
    let error = client
        .users()
        .get(&UserId::new("user_1"))
        .await
        .unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_that_never_comes_is_given_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let change = move |options: &mut clerk::api::ApiOptions| {
        options.api_url = url.parse().unwrap();
        options.timeout = Duration::from_millis(50);
    };
    // The connection is taken by the system, but nobody reads from it.
    let (client, _) = serve_with(change, in_turn(&[200])).await;
    let error = client
        .users()
        .get(&UserId::new("user_1"))
        .await
        .unwrap_err();
    assert!(matches!(&error, ApiError::Transport(text) if text == "it took too long"));
    drop(listener);
}

#[tokio::test]
async fn the_budget_is_kept_but_keys_are_free() {
    let change = |options: &mut clerk::api::ApiOptions| {
        options.rate_budget = Some(RateBudget::new(2, Duration::from_secs(3600)));
    };
    let (client, server) = serve_with(change, |target| match target {
        t if t.ends_with("/jwks") => Json(json!({ "keys": [] })).into_response(),
        _ => Json(json!({ "id": "user_1" })).into_response(),
    })
    .await;
    let id = UserId::new("user_1");
    client.users().get(&id).await.unwrap();
    client.clone().users().get(&id).await.unwrap();
    let error = client.users().get(&id).await.unwrap_err();
    assert!(matches!(error, ApiError::RateBudget { wait } if wait.as_secs() > 3500));
    assert!(client.fetch().await.is_ok());
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn repeats_are_taken_from_the_budget_too() {
    let change = |options: &mut clerk::api::ApiOptions| {
        options.rate_budget = Some(RateBudget::new(2, Duration::from_secs(3600)));
    };
    let (client, server) = serve_with(change, in_turn(&[503])).await;
    let error = client
        .users()
        .get(&UserId::new("user_1"))
        .await
        .unwrap_err();
    assert!(matches!(error, ApiError::RateBudget { .. }), "{error}");
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_machine_calls_with_its_own_key_which_never_shows() {
    let (client, server) = serve(|target| match target {
        t if t.ends_with("/m2m_tokens") => {
            Json(json!({ "id": "mt_1", "token": "mt_very_secret" })).into_response()
        }
        _ => (StatusCode::NOT_FOUND, "ak_very_secret mt_very_secret").into_response(),
    })
    .await;
    let tokens = client.m2m_tokens().made_by("ak_very_secret");
    let token = tokens.create(&CreateM2mToken::default()).await.unwrap();
    let headers = server.headers.lock().unwrap().clone().unwrap();
    assert_eq!(headers["authorization"], "Bearer ak_very_secret");
    assert_eq!(headers["content-type"], "application/json");
    assert!(
        headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("clerk-for-rust/")
    );
    let error = tokens.verify("mt_very_secret").await.unwrap_err();
    for shown in [
        format!("{token:?}"),
        error.to_string(),
        format!("{error:?}"),
    ] {
        assert!(!shown.contains("very_secret"), "{shown}");
    }
    assert_eq!(token.token.unwrap().expose(), "mt_very_secret");
    // The override is for those calls only.
    client.api_keys().get("ak_1").await.unwrap_err();
    let headers = server.headers.lock().unwrap().clone().unwrap();
    assert_eq!(headers["authorization"], "Bearer sk_test_abc");
    assert_eq!(
        server.asked(),
        [
            r#"POST /m2m_tokens {"token_format":"opaque"}"#,
            r#"POST /m2m_tokens/verify {"token":"mt_very_secret"}"#,
            "GET /api_keys/ak_1",
        ]
    );
}

#[tokio::test]
async fn a_call_about_nothing_is_not_made() {
    let (client, server) = serve(in_turn(&[200])).await;
    for nothing in ["", ".", ".."] {
        let refused = client.users().delete(&UserId::new(nothing)).await;
        assert!(matches!(refused, Err(ApiError::Invalid(_))), "{nothing:?}");
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn answers_without_content_and_too_large_ones() {
    let change = |options: &mut clerk::api::ApiOptions| options.max_response_bytes = 100;
    let (client, server) = serve_with(change, |target| match target {
        t if t.ends_with("/mfa") => StatusCode::NO_CONTENT.into_response(),
        _ => Json(json!({ "id": "x".repeat(100) })).into_response(),
    })
    .await;
    client
        .users()
        .disable_mfa(&UserId::new("user_1"))
        .await
        .unwrap();
    let organizations = client.organizations();
    let created = organizations.create(CreateOrganization::default()).await;
    let error = created.unwrap_err();
    assert!(matches!(error, ApiError::Decode(_)), "{error}");
    // What was read in part is not asked again.
    client
        .users()
        .get(&UserId::new("user_1"))
        .await
        .unwrap_err();
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_password_is_right_wrong_or_cannot_be_told() {
    let (client, _) = serve(|target| {
        let refused = |code: &str| {
            let body = json!({ "errors": [{ "code": code, "message": "m" }] });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
        };
        match target {
            t if t.contains("/user_right/") => Json(json!({ "verified": true })).into_response(),
            t if t.contains("/user_wrong/") => refused("incorrect_password"),
            _ => refused("no_password_set"),
        }
    })
    .await;
    let users = client.users();
    let verify = |id: &'static str| async move {
        let verified = users.verify_password(&UserId::new(id), "p").await;
        verified.map_err(|error| error.code().map(str::to_owned))
    };
    assert_eq!(verify("user_right").await, Ok(true));
    assert_eq!(verify("user_wrong").await, Ok(false));
    assert_eq!(
        verify("user_none").await,
        Err(Some("no_password_set".to_owned()))
    );
}
