//! The backend API client against a server that writes down what it is asked.

use std::time::Duration;

use axum::{Json, response::IntoResponse};
use clerk::{
    api::{ApiClient, ApiError, ApiOptions, CreateOrganization, CreateUser, ListUsers},
    ids::{OrganizationId, SessionId, UserId},
    jwks::JwksSource,
    keys::SecretKey,
};
use serde_json::{Value, json};

use crate::api_stub::serve;

fn user(id: &str) -> Value {
    json!({ "id": id, "object": "user", "future": [1], "created_at": 1, "updated_at": 2 })
}

fn membership(n: usize) -> Value {
    json!({
        "id": format!("orgmem_{n}"), "role": "org:admin", "organization": { "id": "org_1" },
        "public_user_data": { "user_id": format!("user_{n}") },
    })
}

#[tokio::test]
async fn a_user_is_read_with_the_right_headers() {
    let (client, server) = serve(|_| Json(user("user_1")).into_response()).await;
    let read = client.users().get(&UserId::new("user_1")).await.unwrap();
    assert_eq!((read.id.as_str(), read.updated_at), ("user_1", 2));
    assert_eq!(
        *server.asked.lock().unwrap(),
        ["GET /__clerk/backend/v1/users/user_1"]
    );
    let headers = server.headers.lock().unwrap().clone().unwrap();
    assert_eq!(headers["authorization"], "Bearer sk_test_abc");
    assert_eq!(headers["clerk-api-version"], "2026-05-12");
}

#[tokio::test]
async fn an_id_cannot_change_the_path() {
    let (client, server) = serve(|_| Json(user("x")).into_response()).await;
    client
        .users()
        .get(&UserId::new("../organizations?x#"))
        .await
        .unwrap();
    let asked = server.asked.lock().unwrap().join("");
    assert_eq!(
        asked,
        "GET /__clerk/backend/v1/users/..%2Forganizations%3Fx%23"
    );
}

#[tokio::test]
async fn lists_filters_and_bodies() {
    let (client, server) = serve(|target| match target {
        t if t.contains("/users/count") => {
            Json(json!({ "object": "total_count", "total_count": 7 })).into_response()
        }
        t if t.contains("/users?") => Json(json!([user("user_1"), user("user_2")])).into_response(),
        t if t.ends_with("/users") => Json(user("user_3")).into_response(),
        t if t.ends_with("/memberships") => Json(membership(1)).into_response(),
        _ => Json(json!({ "id": "org_1", "name": "Acme", "slug": "acme" })).into_response(),
    })
    .await;
    let filter = ListUsers {
        email_addresses: vec!["a+b@x.com".to_owned()],
        ..ListUsers::default()
    };
    let page = client.users().list(&filter).await.unwrap();
    assert_eq!((page.len(), page.total_count), (2, 7));
    server.asked.lock().unwrap().sort();
    let new = CreateUser {
        email_addresses: vec!["a@x.com".to_owned()],
        first_name: Some("Ada".to_owned()),
        ..CreateUser::default()
    };
    assert_eq!(
        client.users().create(new).await.unwrap().id.as_str(),
        "user_3"
    );
    let new = CreateOrganization {
        name: "Acme".to_owned(),
        created_by: Some(UserId::new("user_3")),
        ..CreateOrganization::default()
    };
    let organization = client.organizations().create(new).await.unwrap();
    let user = UserId::new("user_1");
    client
        .organizations()
        .create_membership(&organization.id, &user, "org:member")
        .await
        .unwrap();
    assert_eq!(
        *server.asked.lock().unwrap(),
        [
            "GET /__clerk/backend/v1/users/count?email_address=a%2Bb%40x.com",
            "GET /__clerk/backend/v1/users?email_address=a%2Bb%40x.com",
            r#"POST /__clerk/backend/v1/users {"email_address":["a@x.com"],"first_name":"Ada"}"#,
            r#"POST /__clerk/backend/v1/organizations {"name":"Acme","created_by":"user_3"}"#,
            r#"POST /__clerk/backend/v1/organizations/org_1/memberships {"role":"org:member","user_id":"user_1"}"#,
        ]
    );
    assert_eq!(
        server.headers.lock().unwrap().clone().unwrap()["content-type"],
        "application/json"
    );
}

#[tokio::test]
async fn every_page_of_a_list_is_read() {
    let (client, server) = serve(|target| {
        let range = if target.contains("offset=500") {
            500..620
        } else {
            0..500
        };
        let data: Vec<Value> = range.map(membership).collect();
        Json(json!({ "data": data, "total_count": 620 })).into_response()
    })
    .await;
    let id = OrganizationId::new("org_1");
    let all = client.organizations().memberships(&id).await.unwrap();
    assert_eq!((all.data.len(), all.total_count), (620, 620));
    assert_eq!(all.data[619].public_user_data.user_id.as_str(), "user_619");
    assert_eq!(server.asked.lock().unwrap().len(), 2);
    let memberships = client
        .users()
        .organization_memberships(&UserId::new("user_1"))
        .await;
    assert_eq!(memberships.unwrap().data.len(), 620);
}

#[tokio::test]
async fn errors_keep_what_clerk_said() {
    let (client, _) = serve(|_| {
        let body = json!({
            "errors": [{ "code": "form_identifier_exists", "message": "is taken",
                "long_message": "That slug is taken.", "meta": { "param_name": "slug" } }],
            "clerk_trace_id": "trace_1",
        });
        let headers = [("retry-after", "7")];
        (http::StatusCode::UNPROCESSABLE_ENTITY, headers, Json(body)).into_response()
    })
    .await;
    let error = client
        .organizations()
        .get(&OrganizationId::new("org_1"))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(422));
    assert_eq!(error.code(), Some("form_identifier_exists"));
    assert_eq!(error.message(), Some("is taken"));
    assert_eq!(error.long_message(), Some("That slug is taken."));
    assert_eq!(error.param_name(), Some("slug"));
    assert_eq!(error.trace_id(), Some("trace_1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(!error.is_not_found());
    assert_eq!(
        error.to_string(),
        "Clerk answered 422: is taken (form_identifier_exists)"
    );
}

#[tokio::test]
async fn odd_answers_are_errors_too() {
    let (client, _) = serve(|target| match target {
        t if t.ends_with("user_gone") => {
            (http::StatusCode::NOT_FOUND, "<html>nothing</html>").into_response()
        }
        t if t.ends_with("user_moved") => {
            (http::StatusCode::FOUND, [("location", "http://evil.com/")]).into_response()
        }
        _ => "not json".into_response(),
    })
    .await;
    let get = |id: &'static str| {
        let client = client.clone();
        async move { client.users().get(&UserId::new(id)).await.unwrap_err() }
    };
    let gone = get("user_gone").await;
    assert!(gone.is_not_found() && gone.code().is_none());
    assert_eq!(get("user_moved").await.status(), Some(302));
    assert!(matches!(get("user_odd").await, ApiError::Decode(_)));
}

#[tokio::test]
async fn no_server_is_a_transport_error_without_secrets() {
    // Nobody listens at a port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(listener);
    let secret = SecretKey::parse("sk_test_abc").unwrap();
    let client = ApiClient::new(ApiOptions::at(url, secret)).unwrap();
    let error = client
        .clients()
        .handshake_payload("nonce_secret")
        .await
        .unwrap_err();
    assert!(matches!(error, ApiError::Transport(_)));
    assert!(!error.to_string().contains("nonce_secret"), "{error}");
    assert!(client.fetch().await.is_err());
}

#[tokio::test]
async fn sessions_and_handshakes() {
    let (client, server) = serve(|target| {
        let answer = match target {
            t if t.contains("handshake_payload") => json!({ "directives": ["a=1"] }),
            t if t.ends_with("/refresh") => json!({ "object": "cookies", "cookies": ["b=2"] }),
            t if t.ends_with("/jwks") => json!({ "keys": [] }),
            _ => json!({ "id": "sess_1", "user_id": "user_1", "status": "revoked" }),
        };
        Json(answer).into_response()
    })
    .await;
    assert_eq!(
        client.clients().handshake_payload("a b").await.unwrap(),
        ["a=1"]
    );
    let session = client
        .sessions()
        .revoke(&SessionId::new("sess_1"))
        .await
        .unwrap();
    assert_eq!(session.status, "revoked");
    assert!(client.jwks().await.unwrap().keys.is_empty());
    assert_eq!(
        *server.asked.lock().unwrap(),
        [
            "GET /__clerk/backend/v1/clients/handshake_payload?nonce=a+b",
            "POST /__clerk/backend/v1/sessions/sess_1/revoke",
            "GET /__clerk/backend/v1/jwks",
        ]
    );
}
