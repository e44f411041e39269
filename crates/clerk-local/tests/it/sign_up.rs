//! Signing up over the browser API.

use crate::browser::{Answer, Browser, PASSWORD, World, other_code};

const EMAIL: &str = "ann@example.com";

async fn begin(browser: &mut Browser, email: &str) -> String {
    let fields = [("email_address", email), ("password", PASSWORD)];
    let made = browser.post("/v1/client/sign_ups", &fields).await;
    let made = made.response();
    assert_eq!(made["status"], "missing_requirements");
    assert_eq!(made["unverified_fields"][0], "email_address");
    let path = format!("/v1/client/sign_ups/{}", made["id"].as_str().unwrap());
    let sent = browser
        .post(
            &format!("{path}/prepare_verification"),
            &[("strategy", "email_code")],
        )
        .await;
    let verification = &sent.response()["verifications"]["email_address"];
    assert_eq!(verification["next_action"], "needs_attempt");
    path
}

/// A sign-up whose code was mailed: its browser, its path and the code.
async fn code_sent() -> (World, Browser, String, String) {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let path = begin(&mut browser, EMAIL).await;
    let code = world.newest_code().await;
    (world, browser, path, code)
}

async fn attempt(browser: &mut Browser, path: &str, code: &str) -> Answer {
    let fields = [("strategy", "email_code"), ("code", code)];
    browser
        .post(&format!("{path}/attempt_verification"), &fields)
        .await
}

#[tokio::test]
async fn with_a_code_from_the_outbox() {
    let (_world, mut browser, path, code) = code_sent().await;
    let done = attempt(&mut browser, &path, &code).await;
    let sign_up = done.response();
    assert_eq!(sign_up["status"], "complete");
    let client = &done.json["client"];
    assert!(client["sign_up"].is_null() && client["sign_in"].is_null());
    assert_eq!(client["sessions"][0]["id"], sign_up["created_session_id"]);
    assert_eq!(
        client["last_active_session_id"],
        sign_up["created_session_id"]
    );
    assert_eq!(
        client["sessions"][0]["user"]["email_addresses"][0]["email_address"],
        EMAIL
    );
    let again = attempt(&mut browser, &path, &code).await;
    assert_eq!(again.error().1, "verification_already_verified");
}

#[tokio::test]
async fn test_addresses_get_no_mail() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let path = begin(&mut browser, "ann+clerk_test@example.com").await;
    assert!(world.clerk.state().mails(1).await.unwrap().is_empty());
    let done = attempt(&mut browser, &path, "424242").await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn five_wrong_codes_end_the_verification_and_a_new_code_revives_it() {
    let (world, mut browser, path, code) = code_sent().await;
    for _ in 0..5 {
        let wrong = attempt(&mut browser, &path, other_code(&code)).await;
        assert_eq!(wrong.error(), (422, "form_code_incorrect", Some("code")));
    }
    let late = attempt(&mut browser, &path, &code).await;
    assert_eq!(late.error(), (400, "verification_failed", None));
    browser
        .post(
            &format!("{path}/prepare_verification"),
            &[("strategy", "email_code")],
        )
        .await
        .response();
    let fresh = world.newest_code().await;
    let done = attempt(&mut browser, &path, &fresh).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn ten_codes_are_enough() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let path = format!("{}/prepare_verification", begin(&mut browser, EMAIL).await);
    for _ in 0..9 {
        let sent = browser.post(&path, &[("strategy", "email_code")]).await;
        sent.response();
    }
    let refused = browser.post(&path, &[("strategy", "email_code")]).await;
    assert_eq!(
        refused.error(),
        (429, "verification_code_too_many_requests", None)
    );
}

#[tokio::test]
async fn a_code_lives_ten_minutes() {
    let (world, mut browser, path, code) = code_sent().await;
    world.clock.advance(10 * 60 * 1000);
    let late = attempt(&mut browser, &path, &code).await;
    assert_eq!(late.error(), (400, "verification_expired", None));
}

#[tokio::test]
async fn bad_input_names_its_field() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.browser().await;
    let long = "x".repeat(300);
    for (email, password, name, expected) in [
        (
            "ANN@example.com",
            PASSWORD,
            "",
            ("form_identifier_exists", "email_address"),
        ),
        (
            "no address",
            PASSWORD,
            "",
            ("form_param_format_invalid", "email_address"),
        ),
        (
            "new@example.com",
            "short",
            "",
            ("form_password_length_too_short", "password"),
        ),
        (
            "new@example.com",
            long.as_str(),
            "",
            ("form_password_length_too_long", "password"),
        ),
        (
            "new@example.com",
            PASSWORD,
            long.as_str(),
            ("form_param_max_length_exceeded", "first_name"),
        ),
    ] {
        let fields = [
            ("email_address", email),
            ("password", password),
            ("first_name", name),
        ];
        let refused = browser.post("/v1/client/sign_ups", &fields).await;
        assert_eq!(refused.error(), (422, expected.0, Some(expected.1)));
    }
}

#[tokio::test]
async fn an_address_taken_meanwhile_is_refused_at_the_end() {
    let (world, mut browser, path, code) = code_sent().await;
    world.person(EMAIL).await;
    let refused = attempt(&mut browser, &path, &code).await;
    assert_eq!(
        refused.error(),
        (422, "form_identifier_exists", Some("email_address"))
    );
}

#[tokio::test]
async fn an_attempt_belongs_to_its_browser() {
    let (world, _browser, path, code) = code_sent().await;
    let mut other = world.browser().await;
    assert_eq!(other.get(&path).await.error().0, 404);
    let foreign = attempt(&mut other, &path, &code).await;
    assert_eq!(foreign.error(), (404, "resource_not_found", None));
}

#[tokio::test]
async fn what_was_missing_can_come_last() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let made = browser
        .post("/v1/client/sign_ups", &[("email_address", EMAIL)])
        .await;
    let made = made.response();
    assert_eq!(made["missing_fields"][0], "password");
    let path = format!("/v1/client/sign_ups/{}", made["id"].as_str().unwrap());
    let prepare = format!("{path}/prepare_verification");
    browser.post(&prepare, &[("strategy", "email_code")]).await;
    let code = world.newest_code().await;
    let verified = attempt(&mut browser, &path, &code).await;
    assert_eq!(verified.response()["status"], "missing_requirements");
    let patched = browser
        .post(&format!("{path}?_method=PATCH"), &[("password", PASSWORD)])
        .await;
    assert_eq!(patched.response()["status"], "complete");
}
