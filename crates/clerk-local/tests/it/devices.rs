//! Two browsers of one person see each other's sessions, and end them.

use serde_json::{Value, json};

use crate::browser::{Browser, World};

const ACTIVE: &str = "/v1/me/sessions/active";
const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 \
                   (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) \
                     AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 \
                     Safari/604.1";

/// A browser on a machine, behind a proxy of this one.
async fn on(world: &World, agent: &'static str, ip: &'static str) -> Browser {
    let mut browser = world.browser().await;
    browser.headers = vec![("user-agent", agent), ("x-forwarded-for", ip)];
    let fields = [
        ("strategy", "password"),
        ("identifier", "ada@example.com"),
        ("password", crate::browser::PASSWORD),
    ];
    browser
        .post("/v1/client/sign_ins", &fields)
        .await
        .response();
    browser
}

async fn own_session(browser: &mut Browser) -> String {
    let client = browser.get("/v1/client").await;
    let id = &client.response()["last_active_session_id"];
    id.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_list_shows_machines_and_a_revoked_browser_is_out_at_its_next_request() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut mac = on(&world, MAC, "192.0.2.1").await;
    world.clock.advance(1000);
    let mut phone = on(&world, PHONE, "198.51.100.2").await;
    let list = mac.get(ACTIVE).await.json;
    let activity = |at: usize| list[at]["latest_activity"].clone();
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    assert_eq!(activity(0)["browser_name"], "Safari");
    assert_eq!(activity(0)["is_mobile"], true);
    assert_eq!(activity(0)["ip_address"], "198.51.100.2");
    assert_eq!(activity(1)["browser_name"], "Chrome");
    assert_eq!(activity(1)["device_type"], "Macintosh");
    assert_eq!(activity(1)["ip_address"], "192.0.2.1");

    let theirs = own_session(&mut phone).await;
    let revoke = format!("/v1/me/sessions/{theirs}/revoke");
    let revoked = mac.post(&revoke, &[]).await;
    assert_eq!(revoked.response()["status"], "revoked");
    assert_eq!(
        revoked.response()["latest_activity"]["device_type"],
        "iPhone"
    );
    assert_eq!(mac.get(ACTIVE).await.json.as_array().map(Vec::len), Some(1));
    assert_eq!(
        mac.get("/v1/me/sessions")
            .await
            .json
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert_eq!(world.events("session.revoked").await, 1);

    let tokens = format!("/v1/client/sessions/{theirs}/tokens");
    assert_eq!(
        phone.post(&tokens, &[]).await.error(),
        (401, "signed_out", None)
    );
    let client = phone.get("/v1/client").await;
    assert_eq!(client.response()["sessions"], json!([]));
    assert_eq!(client.response()["last_active_session_id"], Value::Null);
    // Revoked once is revoked.
    let again = mac.post(&revoke, &[]).await;
    assert_eq!(again.error(), (404, "resource_not_found", None));
}

#[tokio::test]
async fn another_persons_sessions_are_neither_seen_nor_ended() {
    let (world, _) = World::with_person("ada@example.com").await;
    world.person("bob@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let mut bob = world.signed_in("bob@example.com").await;
    let id = own_session(&mut bob).await;
    for id in [id.as_str(), "sess_none"] {
        let refused = ada.post(&format!("/v1/me/sessions/{id}/revoke"), &[]).await;
        assert_eq!(refused.error(), (404, "resource_not_found", None));
    }
    let list = ada.get("/v1/me/sessions").await.json;
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    bob.get("/v1/me").await.response();
    let mut nobody = world.browser().await;
    assert_eq!(nobody.get(ACTIVE).await.error(), (401, "signed_out", None));
}
