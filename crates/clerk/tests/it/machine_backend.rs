//! The API client as what machine tokens are verified with: which call it makes for which
//! token, and what Clerk's answers come to.

use std::{sync::Arc, time::Duration};

use axum::{Json, Router, extract::Request, response::IntoResponse};
use clerk::{
    api::{ApiClient, ApiOptions},
    authenticate::{AuthenticateOptions, Authenticator},
    keys::SecretKey,
    machine::{MachineToken, MachineTokenError, TokenType},
};
use http::StatusCode;
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::world::World;

async fn clerk(request: Request) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let error = |status: StatusCode, code: &str| {
        let errors = json!({ "errors": [{ "code": code, "message": "Said by Clerk" }] });
        (status, Json(errors))
    };
    match (parts.uri.path(), body) {
        ("/api_keys/verify", body) if body == json!({ "secret": "ak_1" }) => (
            StatusCode::OK,
            Json(json!({ "id": "ak_id", "subject": "user_1" })),
        ),
        ("/m2m_tokens/verify", body) if body == json!({ "token": "mt_1" }) => (
            StatusCode::OK,
            Json(json!({ "id": "mt_id", "subject": "mch_1" })),
        ),
        ("/oauth_applications/access_tokens/verify", body)
            if body == json!({ "access_token": "oat_1" }) =>
        {
            (
                StatusCode::OK,
                Json(json!({ "id": "oat_id", "subject": "user_2" })),
            )
        }
        (_, body) if body["token"] == "mt_401" => {
            error(StatusCode::UNAUTHORIZED, "machine_secret_key_invalid")
        }
        (_, body) if body["token"] == "mt_400" => {
            error(StatusCode::BAD_REQUEST, "request_body_invalid")
        }
        _ => error(StatusCode::NOT_FOUND, "resource_not_found"),
    }
}

fn authenticator(address: &str) -> Authenticator {
    let url = format!("http://{address}").parse().unwrap();
    let mut options = ApiOptions::at(url, SecretKey::parse("sk_test_abc").unwrap());
    options.timeout = Duration::from_secs(5);
    let client = ApiClient::new(options).unwrap();
    let key = World::production().instance.publishable_key().clone();
    Authenticator::new(AuthenticateOptions::new(key), Arc::new(client))
}

#[tokio::test]
async fn each_kind_has_its_call() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let router = Router::new().fallback(clerk);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let authenticator = authenticator(&address);
    let verify = |token: &'static str| authenticator.verify_machine_token(token);

    let key = verify("ak_1").await.unwrap();
    assert!(matches!(&key, MachineToken::ApiKey(key) if key.id == "ak_id"));
    assert_eq!(key.user_id().unwrap().as_str(), "user_1");
    assert_eq!(verify("mt_1").await.unwrap().machine_id(), Some("mch_1"));
    assert_eq!(verify("oat_1").await.unwrap().subject(), "user_2");
    for (token, kind) in [
        ("ak_2", TokenType::ApiKey),
        ("mt_2", TokenType::M2m),
        ("oat_2", TokenType::OAuth),
    ] {
        assert_eq!(
            verify(token).await,
            Err(MachineTokenError::TokenInvalid(kind))
        );
    }
    let message = "Said by Clerk".to_owned();
    assert_eq!(
        verify("mt_401").await,
        Err(MachineTokenError::SecretKeyInvalid { message })
    );
    let status = Some(400);
    assert_eq!(
        verify("mt_400").await,
        Err(MachineTokenError::Unexpected { status })
    );
}

#[tokio::test]
async fn when_clerk_does_not_answer_nobody_is_let_in() {
    // Bound and dropped: nothing listens there.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let refused = authenticator(&address).verify_machine_token("ak_1").await;
    assert_eq!(refused, Err(MachineTokenError::Unexpected { status: None }));
}
