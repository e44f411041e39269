//! A forgotten password: code, new password, session.

use crate::browser::{Browser, PASSWORD, World, other_code};

const EMAIL: &str = "ann@example.com";
const NEW: &str = "another long password";

/// A sign-in whose code was mailed: its path and the code.
async fn code_sent(world: &World, browser: &mut Browser) -> (String, String) {
    let fields = [
        ("strategy", "reset_password_email_code"),
        ("identifier", EMAIL),
    ];
    let made = browser.post("/v1/client/sign_ins", &fields).await;
    let made = made.response();
    assert_eq!(made["status"], "needs_first_factor");
    let strategy = &made["first_factor_verification"]["strategy"];
    assert_eq!(strategy, "reset_password_email_code");
    let path = format!("/v1/client/sign_ins/{}", made["id"].as_str().unwrap());
    (path, world.newest_code().await)
}

async fn answer(browser: &mut Browser, path: &str, strategy: &str, code: &str) -> (u16, String) {
    let fields = [("strategy", strategy), ("code", code)];
    let path = format!("{path}/attempt_first_factor");
    let answer = browser.post(&path, &fields).await;
    let text = match answer.status.is_success() {
        true => &answer.json["response"]["status"],
        false => &answer.json["errors"][0]["code"],
    };
    (answer.status.as_u16(), text.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn the_new_password_replaces_the_old_one_everywhere() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let mut elsewhere = world.signed_in(EMAIL).await;
    let (path, code) = code_sent(&world, &mut browser).await;
    let reset = format!("{path}/reset_password");
    let early = browser.post(&reset, &[("password", NEW)]).await;
    assert_eq!(early.error().1, "verification_already_verified");
    let strategy = "reset_password_email_code";
    let wrong = answer(&mut browser, &path, strategy, other_code(&code)).await;
    assert_eq!(wrong, (422, "form_code_incorrect".to_owned()));
    // A code for a new password is no code to sign in with.
    let other = answer(&mut browser, &path, "email_code", &code).await;
    assert_eq!(other, (400, "verification_not_sent".to_owned()));
    let right = answer(&mut browser, &path, strategy, &code).await;
    assert_eq!(right, (200, "needs_new_password".to_owned()));
    let short = browser.post(&reset, &[("password", "short")]).await;
    assert_eq!(
        short.error(),
        (422, "form_password_length_too_short", Some("password"))
    );
    let fields = [("password", NEW), ("sign_out_of_other_sessions", "true")];
    let done = browser.post(&reset, &fields).await;
    assert_eq!(done.response()["status"], "complete");
    let session = &done.json["client"]["sessions"][0];
    assert_eq!(session["id"], done.response()["created_session_id"]);
    let ended = elsewhere.get("/v1/client").await;
    assert_eq!(ended.response()["sessions"].as_array().unwrap().len(), 0);
    for (password, works) in [(PASSWORD, false), (NEW, true)] {
        let fields = [
            ("strategy", "password"),
            ("identifier", EMAIL),
            ("password", password),
        ];
        let mut other = world.browser().await;
        let tried = other.post("/v1/client/sign_ins", &fields).await;
        assert_eq!(tried.status.is_success(), works, "{}", tried.text);
    }
}

#[tokio::test]
async fn others_stay_signed_in_unless_asked() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let mut elsewhere = world.signed_in(EMAIL).await;
    let (path, code) = code_sent(&world, &mut browser).await;
    let fields = [
        ("strategy", "reset_password_email_code"),
        ("code", &code),
        ("password", NEW),
    ];
    let path = format!("{path}/attempt_first_factor");
    let done = browser.post(&path, &fields).await;
    assert_eq!(done.response()["status"], "complete");
    let still = elsewhere.get("/v1/client").await;
    assert_eq!(still.response()["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_code_to_sign_in_with_changes_no_password() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let fields = [("strategy", "email_code"), ("identifier", EMAIL)];
    let made = browser.post("/v1/client/sign_ins", &fields).await;
    let id = made.response()["id"].as_str().unwrap();
    let path = format!("/v1/client/sign_ins/{id}");
    let code = world.newest_code().await;
    let strategy = "reset_password_email_code";
    let refused = answer(&mut browser, &path, strategy, &code).await;
    assert_eq!(refused, (400, "verification_not_sent".to_owned()));
}
