//! Signing in over the browser API.

use crate::browser::{Answer, Browser, PASSWORD, World, other_code};

const EMAIL: &str = "ann@example.com";
const WRONG: (&str, &str) = ("password", "not this one");

async fn begin(browser: &mut Browser) -> (String, String) {
    let made = browser
        .post("/v1/client/sign_ins", &[("identifier", EMAIL)])
        .await;
    let made = made.response();
    assert_eq!(made["status"], "needs_first_factor");
    let factors = made["supported_first_factors"].as_array().unwrap();
    assert!(
        factors
            .iter()
            .any(|factor| factor["strategy"] == "password")
    );
    let by_mail = factors
        .iter()
        .find(|factor| factor["strategy"] == "email_code")
        .unwrap();
    assert_eq!(by_mail["safe_identifier"], EMAIL);
    (
        format!("/v1/client/sign_ins/{}", made["id"].as_str().unwrap()),
        by_mail["email_address_id"].as_str().unwrap().to_owned(),
    )
}

async fn attempt(browser: &mut Browser, path: &str, strategy: &str, proof: (&str, &str)) -> Answer {
    let path = format!("{path}/attempt_first_factor");
    browser.post(&path, &[("strategy", strategy), proof]).await
}

async fn send_code(browser: &mut Browser, path: &str, address_id: &str) {
    let path = format!("{path}/prepare_first_factor");
    let fields = [("strategy", "email_code"), ("email_address_id", address_id)];
    let sent = browser.post(&path, &fields).await;
    assert_eq!(
        sent.response()["first_factor_verification"]["strategy"],
        "email_code"
    );
    assert!(!sent.text.contains("\"code\""));
}

/// A sign-in whose code was mailed: its browser, its path and the code.
async fn code_sent() -> (World, Browser, String, String) {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let (path, address_id) = begin(&mut browser).await;
    send_code(&mut browser, &path, &address_id).await;
    let code = world.newest_code().await;
    (world, browser, path, code)
}

fn assert_signed_in(done: &Answer) {
    let sign_in = done.response();
    assert_eq!(sign_in["status"], "complete");
    let client = &done.json["client"];
    assert!(client["sign_in"].is_null());
    assert_eq!(client["sessions"][0]["id"], sign_in["created_session_id"]);
    assert!(client["sessions"][0]["last_active_token"]["jwt"].is_string());
}

#[tokio::test]
async fn with_the_password() {
    let (_world, mut browser) = World::with_person(EMAIL).await;
    let (path, _) = begin(&mut browser).await;
    let wrong = attempt(&mut browser, &path, "password", WRONG).await;
    assert_eq!(
        wrong.error(),
        (422, "form_password_incorrect", Some("password"))
    );
    let done = attempt(&mut browser, &path, "password", ("password", PASSWORD)).await;
    assert_signed_in(&done);
}

#[tokio::test]
async fn with_identifier_and_password_at_once() {
    let (_world, mut browser) = World::with_person(EMAIL).await;
    let fields = [
        ("strategy", "password"),
        ("identifier", "Ann@Example.com"),
        ("password", PASSWORD),
    ];
    let done = browser.post("/v1/client/sign_ins", &fields).await;
    assert_signed_in(&done);
    let again = browser.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(again.error(), (400, "session_exists", None));
}

#[tokio::test]
async fn with_a_code() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let (path, address_id) = begin(&mut browser).await;
    let early = attempt(&mut browser, &path, "email_code", ("code", "123456")).await;
    assert_eq!(early.error(), (400, "verification_not_sent", None));
    send_code(&mut browser, &path, &address_id).await;
    let code = world.newest_code().await;
    let done = attempt(&mut browser, &path, "email_code", ("code", &code)).await;
    assert_signed_in(&done);
}

#[tokio::test]
async fn an_older_code_is_worth_nothing() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let (path, address_id) = begin(&mut browser).await;
    send_code(&mut browser, &path, &address_id).await;
    let older = world.newest_code().await;
    send_code(&mut browser, &path, &address_id).await;
    if world.newest_code().await != older {
        let refused = attempt(&mut browser, &path, "email_code", ("code", &older)).await;
        assert_eq!(refused.error(), (422, "form_code_incorrect", Some("code")));
    }
}

#[tokio::test]
async fn five_wrong_codes_then_no_more() {
    let (_world, mut browser, path, code) = code_sent().await;
    for _ in 0..5 {
        let answer = ("code", other_code(&code));
        let wrong = attempt(&mut browser, &path, "email_code", answer).await;
        assert_eq!(wrong.error().1, "form_code_incorrect");
    }
    let right = attempt(&mut browser, &path, "email_code", ("code", &code)).await;
    assert_eq!(right.error(), (400, "verification_failed", None));
    let password = attempt(&mut browser, &path, "password", ("password", PASSWORD)).await;
    assert_signed_in(&password);
}

#[tokio::test]
async fn a_code_expires() {
    let (world, mut browser, path, code) = code_sent().await;
    world.clock.advance(10 * 60 * 1000);
    let late = attempt(&mut browser, &path, "email_code", ("code", &code)).await;
    assert_eq!(late.error(), (400, "verification_expired", None));
}

#[tokio::test]
async fn wrong_passwords_end_the_attempt() {
    let (_world, mut browser) = World::with_person(EMAIL).await;
    let (path, _) = begin(&mut browser).await;
    for _ in 0..10 {
        let wrong = attempt(&mut browser, &path, "password", WRONG).await;
        assert_eq!(wrong.error().1, "form_password_incorrect");
    }
    let right = attempt(&mut browser, &path, "password", ("password", PASSWORD)).await;
    assert_eq!(right.error(), (400, "verification_failed", None));
}

#[tokio::test]
async fn odd_requests_are_refused_in_clerks_words() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let unknown = browser
        .post(
            "/v1/client/sign_ins",
            &[("identifier", "nobody@example.com")],
        )
        .await;
    assert_eq!(
        unknown.error(),
        (422, "form_identifier_not_found", Some("identifier"))
    );
    let empty = browser
        .post("/v1/client/sign_ins", &[("identifier", "")])
        .await;
    assert_eq!(empty.error().2, Some("identifier"));
    let oauth = browser
        .post("/v1/client/sign_ins", &[("strategy", "oauth_apple")])
        .await;
    assert_eq!(oauth.error().2, Some("strategy"));
    let (path, _) = begin(&mut browser).await;
    let foreign = browser
        .post(
            &format!("{path}/prepare_first_factor"),
            &[
                ("strategy", "email_code"),
                ("email_address_id", "idn_other"),
            ],
        )
        .await;
    assert_eq!(
        foreign.error(),
        (422, "form_resource_not_found", Some("email_address_id"))
    );
    let mut other = world.browser().await;
    assert_eq!(
        other.get(&path).await.error(),
        (404, "resource_not_found", None)
    );
    let mut stranger = world.stranger();
    let refused = stranger
        .post("/v1/client/sign_ins", &[("identifier", EMAIL)])
        .await;
    assert_eq!(refused.error(), (401, "dev_browser_unauthenticated", None));
}
