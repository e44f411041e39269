//! The fault switches and the clock: for programs of this machine, when started so.

use std::net::SocketAddr;

use crate::support::{Answer, Local, ORIGIN, START_MS};
use axum::{body::Body, extract::ConnectInfo};
use clerk_local::LocalOptions;
use http::{Request, header};
use serde_json::{Value, json};

async fn with_faults() -> Local {
    Local::with(|options| LocalOptions {
        faults: true,
        ..options
    })
    .await
}

async fn ask(local: &Local, method: &str, path: &str, body: Value) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/__clerk/faults{path}"))
        .header(header::HOST, "localhost:3000")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let peer: SocketAddr = "127.0.0.1:50000".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    local.send(request).await
}

async fn environment(local: &Local) -> Answer {
    let request = Request::get("/__clerk/v1/environment")
        .header(header::ORIGIN, ORIGIN)
        .body(Body::empty());
    local.send(request.unwrap()).await
}

#[tokio::test]
async fn errors_and_rate_limits_are_counted_and_readable_by_the_page() {
    let local = with_faults().await;
    let set = json!({ "errors": 1, "rate_limits": 1, "retry_after": 7 });
    let set = ask(&local, "PATCH", "", set).await.ok();
    assert_eq!(set["switches"]["errors"], 1);
    let first = environment(&local).await;
    assert_eq!(first.error(500), "internal_clerk_error");
    assert_eq!(first.header("access-control-allow-origin"), Some(ORIGIN));
    let second = environment(&local).await;
    assert_eq!(second.error(429), "too_many_requests");
    assert_eq!(second.header("retry-after"), Some("7"));
    environment(&local).await.ok();

    ask(&local, "PATCH", "", json!({ "errors": 5 })).await.ok();
    let users = local.backend("GET", "/v1/users", None).await;
    assert_eq!(users.error(500), "internal_clerk_error");
    ask(&local, "DELETE", "", Value::Null).await.ok();
    local.backend("GET", "/v1/users", None).await.ok();
    ask(&local, "PATCH", "", json!({ "no_such_switch": 1 }))
        .await
        .error(422);
}

#[tokio::test]
async fn the_clock_stops_and_moves() {
    let local = with_faults().await;
    let stopped = ask(&local, "POST", "/clock", json!({ "stop_at": 1_000 })).await;
    assert_eq!(stopped.ok()["now_ms"], 1_000);
    local.clock.advance(5);
    let moved = ask(&local, "POST", "/clock", json!({ "advance_by": 60 })).await;
    assert_eq!(moved.ok()["now_ms"], 1_060);
    assert_eq!(local.clerk.state().now_ms(), 1_060);
    let back = ask(&local, "DELETE", "", Value::Null).await.ok();
    assert_eq!(back["now_ms"], START_MS + 5);
}

#[tokio::test]
async fn a_rotated_key_signs_with_a_new_name_and_outlives_the_process() {
    let local = with_faults().await;
    let jwks = |local: &Local| {
        local
            .clerk
            .state()
            .instance()
            .signing()
            .unwrap()
            .jwks
            .clone()
    };
    let before = jwks(&local);
    let rotated = ask(&local, "POST", "/rotate-signing-key", json!({}))
        .await
        .ok();
    let after = jwks(&local);
    assert_eq!(after["keys"][0]["kid"], rotated["kid"]);
    assert_ne!(after["keys"][0]["kid"], before["keys"][0]["kid"]);
    assert_ne!(after["keys"][0]["n"], before["keys"][0]["n"]);
    assert_eq!(after["keys"].as_array().unwrap().len(), 1);
    let again = local.again().await;
    assert_eq!(again.state().instance().signing().unwrap().jwks, after);
}

#[tokio::test]
async fn lost_events_are_in_the_log_and_can_be_replayed() {
    let local = with_faults().await;
    ask(&local, "PATCH", "", json!({ "drop_webhooks": true }))
        .await
        .ok();
    local.person("ada@example.com").await;
    let state = local.clerk.state();
    let deliverer = clerk_local::webhooks::Deliverer::new(state.clone()).unwrap();
    deliverer.deliver_due().await.unwrap();
    let lost = state.recent_deliveries(1).await.unwrap().remove(0);
    assert_eq!((lost.next_attempt_at, lost.delivered_at), (None, None));
    assert!(lost.last_error.unwrap().contains("lost"));
}

#[tokio::test]
async fn there_are_no_switches_unless_asked_for_nor_for_pages_and_strangers() {
    let local = Local::open().await;
    assert_eq!(ask(&local, "GET", "", Value::Null).await.status, 404);
    let local = with_faults().await;
    let request = || Request::get("/__clerk/faults").header(header::HOST, "localhost:3000");
    let nobody = request().body(Body::empty()).unwrap();
    assert_eq!(local.send(nobody).await.status, 404);
    let peer: SocketAddr = "127.0.0.1:50000".parse().unwrap();
    let page = request()
        .header(header::ORIGIN, ORIGIN)
        .extension(ConnectInfo(peer));
    assert_eq!(
        local.send(page.body(Body::empty()).unwrap()).await.status,
        404
    );
}
