//! Authenticator apps and backup codes: setting up, signing in, taking away.

use crate::browser::{Answer, Browser, PASSWORD, World, app::App, other_code};
use axum::http::StatusCode;
use serde_json::json;

const EMAIL: &str = "ann@example.com";
const CONFIRM: &str = "/v1/me/totp/attempt_verification";

/// A person with an authenticator app, and a browser in which it was set up.
async fn with_app() -> (World, Browser, App) {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let app = App::set_up(&world, &mut browser).await;
    (world, browser, app)
}

/// The way to a sign-in in which the password was right.
async fn password_shown(browser: &mut Browser) -> String {
    let fields = [("identifier", EMAIL), ("password", PASSWORD)];
    let begun = browser.post("/v1/client/sign_ins", &fields).await;
    let sign_in = begun.response();
    assert_eq!(sign_in["status"], "needs_second_factor");
    assert!(sign_in["created_session_id"].is_null());
    assert!(
        begun.json["client"]["sessions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    format!("/v1/client/sign_ins/{}", sign_in["id"].as_str().unwrap())
}

async fn attempt(browser: &mut Browser, path: &str, strategy: &str, code: &str) -> Answer {
    let path = format!("{path}/attempt_second_factor");
    let fields = [("strategy", strategy), ("code", code)];
    browser.post(&path, &fields).await
}

#[tokio::test]
async fn set_up_and_sign_in() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let made = browser.post("/v1/me/totp", &[]).await;
    let totp = made.response();
    assert_eq!(totp["verified"], false);
    let secret = totp["secret"].as_str().unwrap();
    let uri = totp["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/") && uri.contains(&format!("secret={secret}")));
    let wrong = browser.post(CONFIRM, &[("code", "000000")]).await;
    assert_eq!(wrong.error(), (422, "form_code_incorrect", Some("code")));
    let me = browser.get("/v1/me").await;
    assert_eq!(me.response()["two_factor_enabled"], false);

    let app = App::set_up(&world, &mut browser).await;
    assert_eq!(app.backup_codes.len(), 10);
    let me = browser.get("/v1/me").await;
    let me = me.response();
    for flag in ["two_factor_enabled", "totp_enabled", "backup_code_enabled"] {
        assert_eq!(me[flag], true, "{flag}");
    }
    assert!(me["mfa_enabled_at"].is_i64() && me["mfa_disabled_at"].is_null());
    let events = world.clerk.state().recent_deliveries(1).await.unwrap();
    assert_eq!(events[0].event_type, "user.updated");
    assert!(events[0].payload.contains(r#""totp_enabled":true"#));
    assert!(!events[0].payload.contains(secret));

    let mut other = world.browser().await;
    let path = password_shown(&mut other).await;
    let asked = other.get(&path).await;
    let second = json!([{ "strategy": "totp" }, { "strategy": "backup_code" }]);
    assert_eq!(asked.response()["supported_second_factors"], second);
    let code = app.code(&world);
    let wrong = attempt(&mut other, &path, "totp", other_code(&code)).await;
    assert_eq!(wrong.error(), (422, "form_code_incorrect", Some("code")));
    let done = attempt(&mut other, &path, "totp", &code).await;
    assert_eq!(done.response()["status"], "complete");
    let session = &done.json["client"]["sessions"][0];
    assert_eq!(session["id"], done.response()["created_session_id"]);
    assert_eq!(session["factor_verification_age"], json!([0, 0]));
    assert_eq!(
        done.json["client"]["last_authentication_strategy"],
        "password"
    );
}

#[tokio::test]
async fn a_code_of_the_app_is_good_for_one_sign_in() {
    let (world, _browser, app) = with_app().await;
    let (mut one, mut other) = (world.browser().await, world.browser().await);
    let first = password_shown(&mut one).await;
    let second = password_shown(&mut other).await;
    let code = app.code(&world);
    // Together: only one of two that are sent at once may pass.
    let (first, again) = tokio::join!(
        attempt(&mut one, &first, "totp", &code),
        attempt(&mut other, &second, "totp", &code),
    );
    let passed = [&first, &again].map(|answer| answer.status == StatusCode::OK);
    assert_ne!(passed[0], passed[1]);
    let refused = if passed[0] { again } else { first };
    assert_eq!(refused.error().1, "form_code_incorrect");
    // Nor may a code from before it.
    world.clock.advance(-30_000);
    let mut third = world.browser().await;
    let path = password_shown(&mut third).await;
    let older = app.code(&world);
    let refused = attempt(&mut third, &path, "totp", &older).await;
    assert_eq!(refused.error().1, "form_code_incorrect");
}

#[tokio::test]
async fn a_backup_code_is_good_for_one_sign_in() {
    let (world, mut browser, app) = with_app().await;
    let mut other = world.browser().await;
    let path = password_shown(&mut other).await;
    // As people copy it from paper.
    let code = &app.backup_codes[3];
    let typed = format!(" {}-{} ", &code[..4].to_uppercase(), &code[4..]);
    let done = attempt(&mut other, &path, "backup_code", &typed).await;
    assert_eq!(done.response()["status"], "complete");
    let mut third = world.browser().await;
    let path = password_shown(&mut third).await;
    let again = attempt(&mut third, &path, "backup_code", code).await;
    assert_eq!(again.error(), (422, "form_code_incorrect", Some("code")));

    let renewed = browser.post("/v1/me/backup_codes/", &[]).await;
    let renewed = renewed.response()["codes"].clone();
    let former = attempt(&mut third, &path, "backup_code", &app.backup_codes[4]).await;
    assert_eq!(former.error().1, "form_code_incorrect");
    let newest = renewed[9].as_str().unwrap();
    let done = attempt(&mut third, &path, "backup_code", newest).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn another_persons_codes_are_worth_nothing() {
    let (world, _browser, app) = with_app().await;
    world.person("bob@example.com").await;
    let mut bobs = world.signed_in("bob@example.com").await;
    let of_bob = App::set_up(&world, &mut bobs).await;
    let mut other = world.browser().await;
    let path = password_shown(&mut other).await;
    let by_code = attempt(&mut other, &path, "backup_code", &of_bob.backup_codes[0]).await;
    assert_eq!(by_code.error().1, "form_code_incorrect");
    let by_app = attempt(&mut other, &path, "totp", &of_bob.code(&world)).await;
    assert_eq!(by_app.error().1, "form_code_incorrect");
    let foreign = attempt(&mut bobs, &path, "totp", &app.code(&world)).await;
    assert_eq!(foreign.error(), (404, "resource_not_found", None));
    let right = attempt(&mut other, &path, "totp", &app.code(&world)).await;
    assert_eq!(right.response()["status"], "complete");
}

#[tokio::test]
async fn ten_wrong_codes_end_the_attempt() {
    let (world, _browser, app) = with_app().await;
    let mut other = world.browser().await;
    let path = password_shown(&mut other).await;
    let code = app.code(&world);
    for number in 0..10 {
        // Changing the strategy does not help.
        let strategy = if number % 2 == 0 {
            "totp"
        } else {
            "backup_code"
        };
        let wrong = attempt(&mut other, &path, strategy, other_code(&code)).await;
        assert_eq!(wrong.error().1, "form_code_incorrect");
    }
    let right = attempt(&mut other, &path, "totp", &code).await;
    assert_eq!(right.error(), (400, "verification_failed", None));
}

#[tokio::test]
async fn the_second_factor_can_t_come_first() {
    let (world, _browser, app) = with_app().await;
    let mut other = world.browser().await;
    let begun = other
        .post("/v1/client/sign_ins", &[("identifier", EMAIL)])
        .await;
    let sign_in = begun.response();
    assert!(sign_in["supported_second_factors"].is_null());
    let path = format!("/v1/client/sign_ins/{}", sign_in["id"].as_str().unwrap());
    let early = attempt(&mut other, &path, "totp", &app.code(&world)).await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    let odd = attempt(&mut other, &path, "phone_code", "123456").await;
    assert!(odd.status.is_client_error());
}

#[tokio::test]
async fn setting_up_twice_and_taking_away() {
    let (world, mut browser, app) = with_app().await;
    let twice = browser.post("/v1/me/totp", &[]).await;
    assert_eq!(twice.error(), (400, "totp_already_enabled", None));
    let again = browser.post(CONFIRM, &[("code", &app.code(&world))]).await;
    assert_eq!(again.error(), (400, "totp_already_enabled", None));
    let gone = browser.post("/v1/me/totp?_method=DELETE", &[]).await;
    assert_eq!(gone.response()["deleted"], true);
    let me = browser.get("/v1/me").await;
    let me = me.response();
    for flag in ["two_factor_enabled", "totp_enabled", "backup_code_enabled"] {
        assert_eq!(me[flag], false, "{flag}");
    }
    // Both times stay.
    assert!(me["mfa_enabled_at"].is_i64() && me["mfa_disabled_at"].is_i64());
    let none = browser.post("/v1/me/backup_codes/", &[]).await;
    assert_eq!(none.error(), (400, "backup_codes_not_available", None));
    let missing = browser.post("/v1/me/totp?_method=DELETE", &[]).await;
    assert_eq!(missing.error(), (404, "resource_not_found", None));
    // The password is enough again.
    world.signed_in(EMAIL).await;
    let mut nobody = world.browser().await;
    let refused = nobody.post("/v1/me/totp", &[]).await;
    assert_eq!(refused.error(), (401, "signed_out", None));
}

#[tokio::test]
async fn the_portal_asks_for_either_code() {
    let (world, _browser, app) = with_app().await;
    for code in [app.code(&world), app.backup_codes[0].clone()] {
        let mut other = world.browser().await;
        let named = other
            .post("/portal/sign-in", &[("identifier", EMAIL)])
            .await;
        named.location();
        let shown = other
            .post("/portal/sign-in/password", &[("password", PASSWORD)])
            .await;
        let page = shown.location().to_owned();
        assert_eq!(page, "/__clerk/portal/sign-in/second-factor");
        assert!(other.get("/v1/client").await.response()["sessions"][0].is_null());
        let asked = other.get(&page).await;
        assert!(asked.text.contains(r#"name="code""#), "{}", asked.text);
        let wrong = other.post(&page, &[("code", "<000000>")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("Incorrect code") && wrong.text.contains("&lt;000000&gt;"));
        let done = other.post(&page, &[("code", &code)]).await;
        assert!(done.location().starts_with("http://localhost:3000/"));
        let me = other.get("/v1/me").await;
        assert!(me.response()["primary_email_address_id"].is_string());
    }
    let mut early = world.browser().await;
    let sent_back = early.get("/portal/sign-in/second-factor").await;
    assert_eq!(sent_back.location(), "/__clerk/portal/sign-in");
}
