//! How long sessions live, and several of them in one browser.

use std::time::Duration;

use clerk_local::state::SessionSettings;
use serde_json::{Value, json};

use crate::browser::{Browser, PASSWORD, World};

async fn several() -> (World, Browser) {
    let world = World::with_sessions(SessionSettings {
        single: false,
        ..SessionSettings::default()
    })
    .await;
    world.person("ada@example.com").await;
    world.person("bob@example.com").await;
    let browser = world.browser().await;
    (world, browser)
}

async fn sign_in(browser: &mut Browser, email: &str) -> String {
    let fields = [("identifier", email), ("password", PASSWORD)];
    let done = browser.post("/v1/client/sign_ins", &fields).await;
    let id = &done.response()["created_session_id"];
    id.as_str().unwrap().to_owned()
}

async fn shown(browser: &mut Browser) -> (Value, usize) {
    let client = browser.get("/v1/client").await;
    let client = client.response();
    let count = client["sessions"].as_array().unwrap().len();
    (client["last_active_session_id"].clone(), count)
}

#[tokio::test]
async fn several_people_share_a_browser_and_it_switches_between_them() {
    let (world, mut browser) = several().await;
    let environment = browser.get("/v1/environment").await.json;
    assert_eq!(environment["auth_config"]["single_session_mode"], false);
    let ada = sign_in(&mut browser, "ada@example.com").await;
    world.clock.advance(1000);
    let bob = sign_in(&mut browser, "bob@example.com").await;
    assert_eq!(shown(&mut browser).await, (json!(bob), 2));

    let email = |me: &Value| me["email_addresses"][0]["email_address"].clone();
    let me = browser
        .get(&format!("/v1/me?_clerk_session_id={ada}"))
        .await;
    assert_eq!(email(me.response()), "ada@example.com");
    world.clock.advance(1000);
    let touch = format!("/v1/client/sessions/{ada}/touch");
    browser.post(&touch, &[]).await.response();
    assert_eq!(shown(&mut browser).await, (json!(ada), 2));
    let me = browser.get("/v1/me").await;
    assert_eq!(email(me.response()), "ada@example.com");

    // The same person again takes her former session's place, and only that.
    let again = sign_in(&mut browser, "ada@example.com").await;
    assert_eq!(shown(&mut browser).await, (json!(again), 2));

    // Without her session, his is shown; without his, nobody is signed in.
    let remove = format!("/v1/client/sessions/{again}/remove");
    browser.post(&remove, &[]).await.response();
    assert_eq!(shown(&mut browser).await, (json!(bob), 1));
    let end = format!("/v1/client/sessions/{bob}/end");
    let end = browser.post(&end, &[]).await;
    assert_eq!(end.response()["status"], "ended");
    assert_eq!(shown(&mut browser).await, (Value::Null, 0));
    assert_eq!(browser.get("/v1/me").await.error().1, "signed_out");
}

#[tokio::test]
async fn all_sessions_of_a_browser_end_together() {
    let (world, mut browser) = several().await;
    for path in [
        "/v1/client/sessions?_method=DELETE",
        "/v1/client?_method=DELETE",
    ] {
        sign_in(&mut browser, "ada@example.com").await;
        sign_in(&mut browser, "bob@example.com").await;
        let emptied = browser.post(path, &[]).await;
        assert_eq!(emptied.response()["sessions"], json!([]));
        assert_eq!(shown(&mut browser).await, (Value::Null, 0));
    }
    assert_eq!(world.events("session.removed").await, 4);
}

#[tokio::test]
async fn use_keeps_a_session_alive_until_its_lifetime_ends() {
    let world = World::with_sessions(SessionSettings {
        lifetime: Duration::from_secs(600),
        inactivity_timeout: Some(Duration::from_secs(100)),
        ..SessionSettings::default()
    })
    .await;
    world.person("ada@example.com").await;
    let mut used = world.signed_in("ada@example.com").await;
    let mut idle = world.signed_in("ada@example.com").await;
    let (id, _) = shown(&mut used).await;
    let tokens = format!("/v1/client/sessions/{}/tokens", id.as_str().unwrap());
    for _ in 0..6 {
        world.clock.advance(99_000);
        assert!(used.post(&tokens, &[]).await.status.is_success());
    }
    assert_eq!(idle.get("/v1/me").await.error().1, "signed_out");
    world.clock.advance(6_000);
    assert_eq!(used.post(&tokens, &[]).await.error().1, "signed_out");
}

#[tokio::test]
async fn health_and_forgetting() {
    let world = World::new().await;
    let mut nobody = world.stranger();
    assert_eq!(nobody.get("/v1/health").await.json["status"], "healthy");
    let forget = nobody.get("/v1/clear-site-data").await;
    let header = forget.headers["clear-site-data"].to_str().unwrap();
    assert!(header.contains("\"cookies\""), "{header}");
}

#[tokio::test]
async fn what_is_over_is_not_touched() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut browser = world.signed_in("ada@example.com").await;
    let client = browser.get("/v1/client").await;
    let id = client.response()["last_active_session_id"].clone();
    let path = format!("/v1/client/sessions/{}/touch", id.as_str().unwrap());
    browser.post(&path, &[]).await.response();
    world.clock.advance(8 * 24 * 60 * 60 * 1000);
    let late = browser.post(&path, &[]).await;
    assert_eq!(late.error(), (401, "signed_out", None));
}
