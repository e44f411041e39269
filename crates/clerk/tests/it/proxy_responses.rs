//! What of the frontend API's answer reaches the browser.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::header;

use crate::proxy_world::{Proxied, empty};

fn rich() -> Response {
    let mut response = (
        [
            (header::CONTENT_ENCODING, "br"),
            (header::ETAG, "\"1\""),
            (header::VARY, "origin"),
            (header::CONNECTION, "x-inner"),
            (header::STRICT_TRANSPORT_SECURITY, "max-age=1"),
        ],
        // Not brotli at all: nobody on the way may look.
        "compressed",
    )
        .into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-inner", "1"),
        ("keep-alive", "timeout=5"),
        ("alt-svc", "h3=\":443\""),
        ("clerk-db-jwt", "dvb_1"),
    ] {
        headers.insert(name, value.parse().unwrap());
    }
    for cookie in [
        "__client=a; Path=/; HttpOnly",
        "__session=b; Expires=Thu, 01 Jan 2026",
    ] {
        headers.append(header::SET_COOKIE, cookie.parse().unwrap());
    }
    response
}

#[tokio::test]
async fn an_answer_comes_back_as_it_was() {
    let proxied = Proxied::answering(rich).await;
    let response = proxied.get("/__clerk/v1/client").send().await.unwrap();
    let headers = response.headers();
    let cookies: Vec<_> = headers.get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(
        cookies,
        [
            "__client=a; Path=/; HttpOnly",
            "__session=b; Expires=Thu, 01 Jan 2026"
        ]
    );
    assert_eq!(headers[header::CONTENT_ENCODING], "br");
    assert_eq!(headers[header::CONTENT_LENGTH], "10");
    assert_eq!(headers[header::ETAG], "\"1\"");
    assert_eq!(headers["clerk-db-jwt"], "dvb_1");
    for dropped in [
        "connection",
        "x-inner",
        "keep-alive",
        "alt-svc",
        "strict-transport-security",
        "transfer-encoding",
    ] {
        assert!(!headers.contains_key(dropped), "{dropped}");
    }
    assert_eq!(response.text().await.unwrap(), "compressed");
}

#[tokio::test]
async fn statuses_and_errors_are_clerks_own() {
    let proxied = Proxied::answering(|| {
        let body = r#"{"errors":[{"code":"authentication_invalid"}]}"#;
        (http::StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
    })
    .await;
    let response = proxied.get("/__clerk/v1/me").send().await.unwrap();
    assert_eq!(response.status(), 422);
    assert!(
        response
            .text()
            .await
            .unwrap()
            .contains("authentication_invalid")
    );

    let proxied = Proxied::answering(|| {
        let mut response = empty();
        *response.status_mut() = http::StatusCode::NOT_MODIFIED;
        response
    })
    .await;
    let response = proxied.get("/__clerk/npm/x.js").send().await.unwrap();
    assert_eq!(response.status(), 304);
}

#[tokio::test]
async fn redirects_are_the_browsers_to_follow() {
    let proxied = Proxied::answering(|| {
        let headers = [
            (header::LOCATION, "/v1/oauth_callback?code=1"),
            (header::SET_COOKIE, "__client=a"),
        ];
        (http::StatusCode::SEE_OTHER, headers).into_response()
    })
    .await;
    let response = proxied
        .get("/__clerk/v1/client/handshake")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(
        response.headers()[header::LOCATION],
        "https://app.test/__clerk/v1/oauth_callback?code=1"
    );
    assert_eq!(response.headers()[header::SET_COOKIE], "__client=a");
    // It was asked once, so the redirect was not followed on the way.
    proxied.seen();
    assert!(proxied.seen_nothing());
}

#[tokio::test]
async fn a_head_request_keeps_the_length() {
    let proxied = Proxied::answering(|| Response::new(Body::from("12345"))).await;
    let request = "HEAD /__clerk/npm/x.js HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    let answer = proxied.raw(request.to_owned()).await;
    assert!(answer.contains("content-length: 5\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn the_rest_of_the_application_is_not_the_proxys() {
    let proxied = Proxied::answering(empty).await;
    let response = proxied.get("/__clerky").send().await.unwrap();
    assert_eq!(response.text().await.unwrap(), "the application");
}
