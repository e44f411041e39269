//! Reverification: showing again who one is, and what asks for it.

use crate::browser::{Browser, PASSWORD, World, app::App, authenticator};
use serde_json::{Value, json};

const EMAIL: &str = "ann@example.com";
const MINUTE_MS: i64 = 60 * 1000;

/// A person who signed in eleven minutes ago: the browser and the session's path.
async fn long_ago() -> (World, Browser, String) {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let path = session_path(&mut browser).await;
    world.clock.advance(11 * MINUTE_MS);
    (world, browser, path)
}

async fn session_path(browser: &mut Browser) -> String {
    let client = browser.get("/v1/client").await;
    let id = client.response()["last_active_session_id"].clone();
    format!("/v1/client/sessions/{}", id.as_str().unwrap())
}

async fn start(browser: &mut Browser, path: &str, level: &str) -> Value {
    let path = format!("{path}/verify");
    let begun = browser.post(&path, &[("level", level)]).await;
    begun.response().clone()
}

/// The strategies that an attempt offers for a factor.
fn strategies(attempt: &Value, factor: &str) -> Vec<String> {
    let offered = attempt[factor].as_array().unwrap();
    let strategies = offered.iter().map(|it| it["strategy"].as_str().unwrap());
    strategies.map(str::to_owned).collect()
}

#[tokio::test]
async fn what_matters_asks_for_it_after_ten_minutes() {
    let (_world, mut browser, path) = long_ago().await;
    let required = (403, "session_reverification_required", None);
    for path in [
        "/v1/me/totp",
        "/v1/me/totp?_method=DELETE",
        "/v1/me/backup_codes",
        "/v1/me/passkeys",
        "/v1/me/passkeys/idn_1?_method=DELETE",
        "/v1/me/email_addresses",
        "/v1/me/email_addresses/idn_1?_method=DELETE",
        "/v1/me/external_accounts",
        "/v1/me/external_accounts/eac_1?_method=DELETE",
        "/v1/me/sessions/sess_1/revoke",
        "/v1/me/change_password",
        "/v1/me/remove_password",
        "/v1/me?_method=DELETE",
    ] {
        assert_eq!(browser.post(path, &[]).await.error(), required, "{path}");
    }
    let primary = [("primary_email_address_id", "idn_1")];
    let primary = browser.post("/v1/me?_method=PATCH", &primary).await;
    assert_eq!(primary.error(), required);
    // Names do not matter so much.
    let named = browser.post("/v1/me?_method=PATCH", &[("first_name", "Ann")]);
    assert_eq!(named.await.response()["first_name"], "Ann");
    let attempt = start(&mut browser, &path, "second_factor").await;
    // There is no second factor to ask for.
    assert_eq!(attempt["status"], "needs_first_factor");
    assert_eq!(
        strategies(&attempt, "supported_first_factors"),
        ["password", "email_code"]
    );
    let prove = format!("{path}/verify/attempt_first_factor");
    let fields = [("strategy", "password"), ("password", "not this one")];
    let wrong = browser.post(&prove, &fields).await;
    assert_eq!(
        wrong.error(),
        (422, "form_password_incorrect", Some("password"))
    );
    assert_eq!(browser.post("/v1/me/totp", &[]).await.error(), required);
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    let done = browser.post(&prove, &fields).await;
    let done = done.response();
    assert_eq!(done["status"], "complete");
    assert_eq!(done["session"]["factor_verification_age"], json!([0, -1]));
    browser.post("/v1/me/totp", &[]).await.response();
    let again = browser.post(&prove, &fields).await;
    assert_eq!(again.error(), (400, "verification_already_verified", None));
}

#[tokio::test]
async fn with_a_mailed_code_and_with_a_passkey() {
    let (world, mut browser, path) = long_ago().await;
    start(&mut browser, &path, "first_factor").await;
    let prepare = format!("{path}/verify/prepare_first_factor");
    let prove = format!("{path}/verify/attempt_first_factor");
    let foreign = [("strategy", "email_code"), ("email_address_id", "idn_1")];
    let foreign = browser.post(&prepare, &foreign).await;
    assert_eq!(
        foreign.error(),
        (422, "form_resource_not_found", Some("email_address_id"))
    );
    let sent = browser.post(&prepare, &[("strategy", "email_code")]).await;
    sent.response();
    let code = world.newest_code().await;
    let fields = [("strategy", "email_code"), ("code", &code)];
    let done = browser.post(&prove, &fields).await;
    assert_eq!(done.response()["status"], "complete");

    let (mut authenticator, _) = authenticator::Authenticator::registered(&mut browser).await;
    start(&mut browser, &path, "first_factor").await;
    let asked = browser.post(&prepare, &[("strategy", "passkey")]).await;
    let options = authenticator::options(&asked.response()["first_factor_verification"]);
    let signed = authenticator.get(&options);
    let fields = [("strategy", "passkey"), ("public_key_credential", &signed)];
    let done = browser.post(&prove, &fields).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn the_second_factor_counts_where_there_is_one() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let path = session_path(&mut browser).await;
    let app = App::set_up(&world, &mut browser).await;
    world.clock.advance(11 * MINUTE_MS);

    let attempt = start(&mut browser, &path, "multi_factor").await;
    assert_eq!(attempt["status"], "needs_first_factor");
    let first = format!("{path}/verify/attempt_first_factor");
    let second = format!("{path}/verify/attempt_second_factor");
    let code = app.code(&world);
    let early = [("strategy", "totp"), ("code", &code)];
    let early = browser.post(&second, &early).await;
    assert_eq!(early.error(), (400, "verification_already_verified", None));
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    let shown = browser.post(&first, &fields).await;
    let shown = shown.response();
    assert_eq!(shown["status"], "needs_second_factor");
    assert_eq!(
        strategies(shown, "supported_second_factors"),
        ["totp", "backup_code"]
    );
    assert_eq!(shown["session"]["factor_verification_age"], json!([0, 11]));
    // The first factor alone is not enough.
    let required = browser.post("/v1/me/backup_codes", &[]).await;
    assert_eq!(required.error().1, "session_reverification_required");
    let fields = [("strategy", "totp"), ("code", &code)];
    let done = browser.post(&second, &fields).await;
    let done = done.response();
    assert_eq!(done["status"], "complete");
    assert_eq!(done["session"]["factor_verification_age"], json!([0, 0]));
    browser.post("/v1/me/backup_codes", &[]).await.response();

    let attempt = start(&mut browser, &path, "second_factor").await;
    assert_eq!(attempt["status"], "needs_second_factor");
    let replayed = browser.post(&second, &fields).await;
    assert_eq!(replayed.error().1, "form_code_incorrect");
}

#[tokio::test]
async fn who_is_locked_out_shows_nothing() {
    let (world, mut browser, path) = long_ago().await;
    start(&mut browser, &path, "first_factor").await;
    let prepare = format!("{path}/verify/prepare_first_factor");
    let sent = browser.post(&prepare, &[("strategy", "email_code")]).await;
    sent.response();
    let code = world.newest_code().await;
    let state = world.clerk.state();
    let ann = state.user_by_email(EMAIL).await.unwrap().unwrap();
    state.lock_user(&ann.id).await.unwrap();
    let prove = format!("{path}/verify/attempt_first_factor");
    for fields in [
        [("strategy", "email_code"), ("code", code.as_str())],
        [("strategy", "password"), ("password", PASSWORD)],
    ] {
        let refused = browser.post(&prove, &fields).await;
        assert_eq!(refused.error(), (403, "user_locked", None));
    }
}

#[tokio::test]
async fn only_in_one_s_own_session() {
    let (world, mut browser, path) = long_ago().await;
    let none = browser.get(&format!("{path}/verify")).await;
    assert_eq!(none.error(), (400, "session_reverification_missing", None));
    let odd = browser
        .post(&format!("{path}/verify"), &[("level", "third_factor")])
        .await;
    assert_eq!(
        odd.error(),
        (422, "form_param_value_invalid", Some("level"))
    );
    start(&mut browser, &path, "first_factor").await;
    let read = browser.get(&format!("{path}/verify")).await;
    assert_eq!(read.response()["level"], "first_factor");

    // The same person in another browser.
    let mut other = world.signed_in(EMAIL).await;
    let password = [("strategy", "password"), ("password", PASSWORD)];
    for (step, fields) in [
        ("verify", &[][..]),
        ("verify/prepare_first_factor", &[("strategy", "email_code")]),
        ("verify/attempt_first_factor", &password),
        ("verify/attempt_second_factor", &[("strategy", "totp")]),
    ] {
        let refused = other.post(&format!("{path}/{step}"), fields).await;
        assert_eq!(refused.error(), (404, "resource_not_found", None), "{step}");
    }
    world.clock.advance(10 * MINUTE_MS);
    let stale = browser.get(&format!("{path}/verify")).await;
    assert_eq!(stale.error(), (400, "session_reverification_missing", None));
}
