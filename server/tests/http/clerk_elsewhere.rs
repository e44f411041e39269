//! An application whose Clerk instance is on the network, and the frontend API on its own origin.

use axum::{Router, body::Bytes, extract::DefaultBodyLimit, routing::post};
use http::HeaderMap;
use reqwest::{Method, StatusCode};
use tokio::net::TcpListener;

use crate::support::{TestServer, databases::Kind, elsewhere::RemoteServer};

/// A frontend API that answers with the size of what it got and who sent it.
async fn frontend_api() -> String {
    let answer = async |headers: HeaderMap, body: Bytes| {
        let from = headers
            .get("x-forwarded-for")
            .map(|ip| ip.to_str().unwrap());
        format!("{} bytes from {}", body.len(), from.unwrap_or("nobody"))
    };
    let router = Router::new()
        .route("/v1/me/profile_image", post(answer))
        .layer(DefaultBodyLimit::disable());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

#[tokio::test]
async fn a_person_of_an_instance_elsewhere_is_signed_in() {
    let clerk = TestServer::start(Kind::Sqlite).await;
    let ada = clerk
        .person("ada@acme.test", &[("acme", "org:admin")])
        .await;
    let upstream = format!("{}/__clerk", clerk.origin);
    let variables = [
        ("CLERK_PROXY_URL", "/__clerk"),
        ("CLERK_PROXY_UPSTREAM", upstream.as_str()),
    ];
    let server = RemoteServer::start(&clerk, &variables).await;
    let page = server
        .request(Method::GET, "/app/acme/projects")
        .header("cookie", ada.cookies())
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::OK);

    // Its browsers reach the instance through the server itself.
    let page = server
        .request(Method::GET, "/sign-in")
        .header("cookie", "__clerk_db_jwt=dvb_x");
    let page = page.send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains("\"/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js\""),
        "{page}"
    );
    let answer = server
        .request(Method::GET, "/__clerk/v1/environment")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get("x-request-id").is_some());
    let environment: serde_json::Value = answer.json().await.unwrap();
    assert!(environment["auth_config"].is_object(), "{environment}");
}

#[tokio::test]
async fn a_picture_larger_than_any_form_passes_the_proxy() {
    let clerk = TestServer::start(Kind::Sqlite).await;
    let upstream = frontend_api().await;
    let variables = [
        ("CLERK_PROXY_URL", "/__clerk"),
        ("CLERK_PROXY_UPSTREAM", upstream.as_str()),
        ("TENANTRY_TRUSTED_PROXIES", "1"),
    ];
    let server = RemoteServer::start(&clerk, &variables).await;
    let picture = vec![7; 10_000_000];
    let upload = |from: Option<&'static str>| {
        let request = server
            .request(Method::POST, "/__clerk/v1/me/profile_image")
            .body(picture.clone());
        match from {
            Some(from) => request.header("x-forwarded-for", from),
            None => request,
        }
    };
    let answer = upload(Some("6.6.6.6, 203.0.113.7")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get("content-security-policy").is_none());
    assert_eq!(
        answer.text().await.unwrap(),
        "10000000 bytes from 203.0.113.7"
    );
    // Nothing in front: the connection itself says who asks.
    let answer = upload(None).send().await.unwrap();
    assert_eq!(
        answer.text().await.unwrap(),
        "10000000 bytes from 127.0.0.1"
    );

    let form = server
        .request(Method::POST, "/api/projects/create")
        .body(picture.clone());
    assert_eq!(
        form.send().await.unwrap().status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_proxy_on_another_origin_is_not_ours() {
    let clerk = TestServer::start(Kind::Sqlite).await;
    let variables = [("CLERK_PROXY_URL", "https://clerk.example.com/__clerk")];
    let server = RemoteServer::start(&clerk, &variables).await;
    let answer = server
        .request(Method::GET, "/__clerk/v1/environment")
        .header("cookie", "__clerk_db_jwt=dvb_x; __client_uat=0")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_proxys_whole_address_on_the_own_origin_means_the_same() {
    let clerk = TestServer::start(Kind::Sqlite).await;
    let upstream = frontend_api().await;
    // The origin that the server has by default, whatever it listens on.
    let variables = [
        ("PUBLIC_URL", "http://localhost:3000"),
        ("CLERK_PROXY_URL", "http://localhost:3000/auth/clerk"),
        ("CLERK_PROXY_UPSTREAM", upstream.as_str()),
    ];
    let server = RemoteServer::start(&clerk, &variables).await;
    let answer = server
        .request(Method::POST, "/auth/clerk/v1/me/profile_image")
        .body("abc")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.text().await.unwrap(), "3 bytes from 127.0.0.1");
}
