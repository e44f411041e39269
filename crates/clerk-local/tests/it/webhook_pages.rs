//! The pages at `/webhooks`: for people at this machine, by forms of the instance's own pages.

use std::net::SocketAddr;

use crate::support::{Local, ORIGIN};
use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Status, `Location` and text.
struct Page(StatusCode, String, String);

async fn ask(local: &Local, peer: &str, request: http::request::Builder, body: &str) -> Page {
    let mut request = request
        .header(header::HOST, "localhost:3000")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    let answer = local.server().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = body.collect().await.unwrap().to_bytes();
    let location = parts.headers.get(header::LOCATION);
    let location = location.map_or("", |value| value.to_str().unwrap());
    Page(
        parts.status,
        location.to_owned(),
        String::from_utf8(text.to_vec()).unwrap(),
    )
}

async fn get(local: &Local, path: &str) -> Page {
    let request = Request::get(format!("/__clerk/webhooks{path}"));
    ask(local, "127.0.0.1:50000", request, "").await
}

async fn post(local: &Local, path: &str, body: &str) -> Page {
    let request = Request::post(format!("/__clerk/webhooks{path}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, ORIGIN);
    ask(local, "127.0.0.1:50000", request, body).await
}

#[tokio::test]
async fn an_endpoint_is_added_changed_and_removed() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let form = "url=http%3A%2F%2Flocalhost%3A4000%2Fhooks&description=Billing&event_types=user.created+user.deleted";
    let Page(status, location, _) = post(&local, "/endpoints", form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let path = location
        .strip_prefix("/__clerk/webhooks")
        .unwrap()
        .to_owned();
    let shown = get(&local, &path).await.2;
    let id = path.strip_prefix("/endpoints/").unwrap();
    let endpoint = state.webhook_endpoint(id).await.unwrap().unwrap();
    assert!(shown.contains(&endpoint.secret) && shown.contains("user.created user.deleted"));

    let Page(status, ..) = post(
        &local,
        &path,
        "url=http%3A%2F%2Flocalhost%3A4001%2F&disabled=true",
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let endpoint = state.webhook_endpoint(&endpoint.id).await.unwrap().unwrap();
    assert!(endpoint.disabled && endpoint.wanted().is_empty());
    assert_eq!(endpoint.url, "http://localhost:4001/");
    let Page(.., overview) = get(&local, "").await;
    assert!(overview.contains("http://localhost:4001/") && overview.contains("(disabled)"));

    post(&local, &format!("{path}/remove"), "").await;
    assert_eq!(get(&local, &path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_wrong_form_comes_back_with_what_was_typed() {
    let local = Local::open().await;
    let before = local.clerk.state().webhook_endpoints().await.unwrap().len();
    for (form, field, kept) in [
        ("url=nowhere&description=Mine", "url", "value=\"nowhere\""),
        (
            "url=http%3A%2F%2Fa.test&event_types=user.creatd",
            "event_types",
            "value=\"user.creatd\"",
        ),
    ] {
        let Page(status, _, text) = post(&local, "/endpoints", form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            text.contains(kept) && text.contains(&format!("id=\"{field}-error\"")),
            "{text}"
        );
    }
    let after = local.clerk.state().webhook_endpoints().await.unwrap().len();
    assert_eq!(before, after);
}

#[tokio::test]
async fn an_event_shows_its_payload_and_is_replayed() {
    let local = Local::open().await;
    local.person("ada@example.com").await;
    let state = local.clerk.state();
    let delivery = state.recent_deliveries(1).await.unwrap().remove(0);
    let Page(_, _, overview) = get(&local, "?event=user").await;
    assert!(overview.contains(&delivery.id));
    let nothing = get(&local, "?event=nothing").await;
    assert!(nothing.2.contains("No event of such a type"));
    let path = format!("/events/{}", delivery.id);
    let Page(status, _, text) = get(&local, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("ada@example.com") && text.contains("waiting"));
    let Page(status, location, _) =
        post(&local, &format!("{path}/replay/{}", delivery.sequence), "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(location, format!("/__clerk/webhooks{path}"));
    assert_eq!(
        get(&local, "/events/msg_none").await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nobody_else_may_look_or_make_the_instance_call_somewhere() {
    let local = Local::open().await;
    let form = "url=http%3A%2F%2F169.254.169.254%2F";
    let foreign =
        Request::post("/__clerk/webhooks/endpoints").header(header::ORIGIN, "http://evil.test");
    let Page(status, ..) = ask(&local, "127.0.0.1:50000", foreign, form).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let elsewhere = Request::post("/__clerk/webhooks/endpoints").header(header::ORIGIN, ORIGIN);
    let Page(status, ..) = ask(&local, "192.168.1.7:50000", elsewhere, form).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let look = Request::get("/__clerk/webhooks");
    let Page(status, ..) = ask(&local, "192.168.1.7:50000", look, "").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(
        local.clerk.state().webhook_endpoints().await.unwrap().len(),
        1
    );
}
