//! Sessions of this browser and of others, and showing again who one is.

use serde_json::json;

use super::{BOB, PASSWORD, World};
use crate::{
    browser::{Browser, app::App},
    support::Local,
};

const MINUTE_MS: i64 = 60 * 1000;

/// The way to the browser's session.
async fn session(browser: &mut Browser) -> String {
    let client = browser.get("/v1/client").await;
    let id = client.response()["last_active_session_id"].clone();
    format!("/v1/client/sessions/{}", id.as_str().unwrap())
}

pub async fn journey() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let local = Local {
        clerk: world.clerk.clone(),
        clock: world.clock.clone(),
        folder: tempfile::tempdir().unwrap(),
    };
    let template = json!({ "name": "other", "claims": { "a": 1 } });
    let made = local.backend("POST", "/v1/jwt_templates", Some(template));
    made.await.ok();

    let mut other = world.signed_in(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    browser.headers = vec![(
        "user-agent",
        "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
    )];
    let path = session(&mut browser).await;
    browser.get(&path).await.response();
    for step in ["touch", "tokens", "tokens/other"] {
        let answer = browser.post(&format!("{path}/{step}"), &[]).await;
        assert_eq!(answer.status, 200, "{step}");
    }
    for path in ["/v1/me/sessions", "/v1/me/sessions/active"] {
        assert_eq!(browser.get(path).await.json.as_array().unwrap().len(), 2);
    }
    let foreign = session(&mut other).await.replace("/client/", "/me/");
    browser
        .post(&format!("{foreign}/revoke"), &[])
        .await
        .response();
    browser.get("/v1/me/sessions").await;
    browser.post(&format!("{path}/end"), &[]).await.response();

    world.clock.advance(20_000);
    let mut browser = world.signed_in(BOB).await;
    let path = session(&mut browser).await;
    browser
        .post(&format!("{path}/remove"), &[])
        .await
        .response();
    let mut browser = world.signed_in(BOB).await;
    let all = browser
        .post("/v1/client/sessions?_method=DELETE", &[])
        .await;
    all.response();
    world
}

pub async fn reverification() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    let verify = format!("{}/verify", session(&mut browser).await);
    world.clock.advance(11 * MINUTE_MS);
    let refused = browser.post("/v1/me/totp", &[]).await;
    assert_eq!(refused.error().1, "session_reverification_required");
    let level = [("level", "first_factor")];
    browser.post(&verify, &level).await.response();
    browser.get(&verify).await.response();
    let prepare = format!("{verify}/prepare_first_factor");
    let strategy = [("strategy", "email_code")];
    browser.post(&prepare, &strategy).await.response();
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    let attempt = format!("{verify}/attempt_first_factor");
    browser.post(&attempt, &fields).await.response();

    let app = App::set_up(&world, &mut browser).await;
    world.clock.advance(11 * MINUTE_MS);
    let level = [("level", "second_factor")];
    browser.post(&verify, &level).await.response();
    let prepare = format!("{verify}/prepare_second_factor");
    let refused = browser.post(&prepare, &[("strategy", "phone_code")]).await;
    assert_eq!(refused.error().0, 422);
    let code = app.code(&world);
    let fields = [("strategy", "totp"), ("code", &code)];
    let attempt = format!("{verify}/attempt_second_factor");
    let done = browser.post(&attempt, &fields).await;
    assert_eq!(done.response()["status"], "complete");
    world
}
