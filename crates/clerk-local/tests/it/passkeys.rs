//! Passkeys: registering, signing in, and what must not pass for one.

use crate::browser::{
    Answer, Browser, World,
    app::App,
    authenticator::{Authenticator, options, register},
};
use axum::http::StatusCode;
use serde_json::{Value, json};

const EMAIL: &str = "ann@example.com";
const SIGN_INS: &str = "/v1/client/sign_ins";

/// A person with a passkey, and the browser in which it was registered.
async fn with_passkey() -> (World, Browser, Authenticator, String) {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let (authenticator, id) = Authenticator::registered(&mut browser).await;
    (world, browser, authenticator, id)
}

/// A sign-in with whatever passkey there is: its path and the options for the browser.
async fn asked(browser: &mut Browser) -> (String, Value) {
    let begun = browser.post(SIGN_INS, &[("strategy", "passkey")]).await;
    let sign_in = begun.response();
    let verification = &sign_in["first_factor_verification"];
    assert_eq!(verification["strategy"], "passkey");
    let path = format!("{SIGN_INS}/{}", sign_in["id"].as_str().unwrap());
    (path, options(verification))
}

async fn attempt(browser: &mut Browser, path: &str, signed: &str) -> Answer {
    let path = format!("{path}/attempt_first_factor");
    let fields = [("strategy", "passkey"), ("public_key_credential", signed)];
    browser.post(&path, &fields).await
}

#[tokio::test]
async fn register_and_sign_in_without_a_name() {
    let (world, mut browser, mut authenticator, id) = with_passkey().await;
    let me = browser.get("/v1/me").await;
    let passkey = &me.response()["passkeys"][0];
    assert_eq!(passkey["id"], json!(id));
    assert_eq!(passkey["name"], "Passkey");
    assert!(passkey["last_used_at"].is_null() && passkey["verification"]["nonce"].is_null());
    let events = world.clerk.state().recent_deliveries(1).await.unwrap();
    assert_eq!(events[0].event_type, "user.updated");
    assert!(events[0].payload.contains(&id));

    let mut other = world.browser().await;
    let (path, options) = asked(&mut other).await;
    assert_eq!(options["allowCredentials"], json!([]));
    let done = attempt(&mut other, &path, &authenticator.get(&options)).await;
    let sign_in = done.response();
    assert_eq!(sign_in["status"], "complete");
    assert_eq!(sign_in["identifier"], EMAIL);
    let used = other.get(&format!("/v1/me/passkeys/{id}")).await;
    assert!(used.response()["last_used_at"].is_i64());
}

#[tokio::test]
async fn sign_in_with_a_name() {
    let (world, _browser, mut authenticator, _) = with_passkey().await;
    let mut other = world.browser().await;
    let begun = other.post(SIGN_INS, &[("identifier", EMAIL)]).await;
    let sign_in = begun.response();
    let factors = sign_in["supported_first_factors"].as_array().unwrap();
    assert!(factors.contains(&json!({ "strategy": "passkey" })));
    let path = format!("{SIGN_INS}/{}", sign_in["id"].as_str().unwrap());
    let prepare = format!("{path}/prepare_first_factor");
    let prepared = other.post(&prepare, &[("strategy", "passkey")]).await;
    let options = options(&prepared.response()["first_factor_verification"]);
    assert_eq!(
        options["allowCredentials"][0]["id"],
        json!(authenticator.id())
    );
    let done = attempt(&mut other, &path, &authenticator.get(&options)).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn an_answer_counts_once_and_for_its_own_challenge() {
    let (world, _browser, mut authenticator, _) = with_passkey().await;
    let mut other = world.browser().await;
    let (path, options) = asked(&mut other).await;
    let signed = authenticator.get(&options);
    let (next, _) = asked(&mut other).await;
    let for_another = attempt(&mut other, &next, &signed).await;
    assert_eq!(
        for_another.error(),
        (400, "passkey_authentication_failure", None)
    );
    // A challenge is spent by a wrong answer.
    let again = attempt(&mut other, &next, &signed).await;
    assert_eq!(again.error(), (400, "verification_not_sent", None));
    let done = attempt(&mut other, &path, &signed).await;
    assert_eq!(done.response()["status"], "complete");
    let replayed = attempt(&mut other, &path, &signed).await;
    assert_eq!(replayed.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn challenges_expire() {
    let (world, mut browser, mut authenticator, _) = with_passkey().await;
    let mut other = world.browser().await;
    let (path, asked_for) = asked(&mut other).await;
    let begun = browser.post("/v1/me/passkeys", &[]).await;
    let id = begun.response()["id"].as_str().unwrap().to_owned();
    let (_, made) = Authenticator::create(&options(&begun.response()["verification"]));
    world.clock.advance(5 * 60 * 1000);
    let late = attempt(&mut other, &path, &authenticator.get(&asked_for)).await;
    assert_eq!(late.error(), (400, "verification_expired", None));
    let late = register(&mut browser, &id, &made).await;
    assert_eq!(late.error(), (400, "verification_expired", None));
    let me = browser.get("/v1/me").await;
    assert_eq!(me.response()["passkeys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_copied_or_foreign_authenticator_does_not_pass() {
    let (world, mut browser, mut authenticator, id) = with_passkey().await;
    let mut other = world.browser().await;
    let (path, options) = asked(&mut other).await;
    let done = attempt(&mut other, &path, &authenticator.get(&options)).await;
    done.response();

    // A copy whose counter stood still.
    authenticator.counter -= 1;
    let mut third = world.browser().await;
    let (path, options) = asked(&mut third).await;
    let copy = attempt(&mut third, &path, &authenticator.get(&options)).await;
    assert_eq!(copy.error().1, "passkey_authentication_failure");

    // A page that only looks like the application's.
    let (path, options) = asked(&mut third).await;
    authenticator.origin = "http://localhost:3001".to_owned();
    let phished = attempt(&mut third, &path, &authenticator.get(&options)).await;
    assert_eq!(phished.error().1, "passkey_authentication_failure");
    authenticator.origin = crate::browser::ORIGIN.to_owned();

    // Another person's passkey where a name was given.
    world.person("bob@example.com").await;
    let mut bobs = world.signed_in("bob@example.com").await;
    let (_, _) = Authenticator::registered(&mut bobs).await;
    let fields = [("strategy", "passkey"), ("identifier", "bob@example.com")];
    let begun = third.post(SIGN_INS, &fields).await;
    let sign_in = begun.response();
    let path = format!("{SIGN_INS}/{}", sign_in["id"].as_str().unwrap());
    let for_bob = crate::browser::authenticator::options(&sign_in["first_factor_verification"]);
    let foreign = attempt(&mut third, &path, &authenticator.get(&for_bob)).await;
    assert_eq!(foreign.error(), (404, "passkey_not_registered", None));

    // Another person's passkey by its id: as if it were not there.
    let own = format!("/v1/me/passkeys/{id}");
    for method in ["", "?_method=PATCH", "?_method=DELETE"] {
        let path = format!("{own}{method}");
        let answer = match method {
            "" => bobs.get(&path).await,
            _ => bobs.post(&path, &[("name", "mine")]).await,
        };
        assert_eq!(answer.error(), (404, "resource_not_found", None));
    }

    // One that was removed.
    let gone = browser.post(&format!("{own}?_method=DELETE"), &[]).await;
    assert_eq!(gone.response()["deleted"], true);
    let (path, options) = asked(&mut third).await;
    let removed = attempt(&mut third, &path, &authenticator.get(&options)).await;
    assert_eq!(removed.error(), (404, "passkey_not_registered", None));
}

#[tokio::test]
async fn names_and_limits() {
    let (world, mut browser, _, id) = with_passkey().await;
    let path = format!("/v1/me/passkeys/{id}?_method=PATCH");
    let renamed = browser.post(&path, &[("name", " My laptop ")]).await;
    assert_eq!(renamed.response()["name"], "My laptop");
    let nameless = browser.post(&path, &[("name", "")]).await;
    assert_eq!(nameless.error(), (422, "form_param_missing", Some("name")));
    let long = browser.post(&path, &[("name", &"x".repeat(257))]).await;
    assert_eq!(long.error().2, Some("name"));
    for _ in 1..10 {
        Authenticator::registered(&mut browser).await;
    }
    let eleventh = browser.post("/v1/me/passkeys", &[]).await;
    assert_eq!(eleventh.error(), (403, "passkey_quota_exceeded", None));
    let mut other = world.browser().await;
    let nobodys = other
        .post(SIGN_INS, &[("strategy", "passkey"), ("identifier", EMAIL)])
        .await;
    let options = options(&nobodys.response()["first_factor_verification"]);
    assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn odd_answers_are_refused() {
    let (world, mut browser, _, id) = with_passkey().await;
    let begun = browser.post("/v1/me/passkeys", &[]).await;
    let open = begun.response()["id"].as_str().unwrap().to_owned();
    for junk in [
        "x",
        "{}",
        "[]",
        r#"{"id":"a","rawId":"a","type":"public-key"}"#,
    ] {
        let refused = register(&mut browser, &open, junk).await;
        assert_eq!(
            refused.error(),
            (
                422,
                "passkey_invalid_public_key_credential",
                Some("public_key_credential")
            )
        );
    }
    // An answer to another challenge.
    let twice = browser.post("/v1/me/passkeys", &[]).await;
    let (_, made) = Authenticator::create(&options(&begun.response()["verification"]));
    let newest = twice.response()["id"].as_str().unwrap();
    let wrong = register(&mut browser, newest, &made).await;
    assert_eq!(wrong.error(), (400, "passkey_invalid_verification", None));
    let forgotten = register(&mut browser, &open, &made).await;
    assert_eq!(forgotten.error(), (404, "resource_not_found", None));
    let registered = register(&mut browser, &id, &made).await;
    assert_eq!(
        registered.error(),
        (400, "verification_already_verified", None)
    );
    // A page without a host name can't have passkeys.
    let mut other = world.browser().await;
    other.origin = Some("http://127.0.0.1:3000".to_owned());
    let refused = other.post(SIGN_INS, &[("strategy", "passkey")]).await;
    assert_eq!(refused.error(), (400, "origin_invalid", None));
    world.person("bob@example.com").await;
    other.origin = Some(crate::browser::ORIGIN.to_owned());
    let none = [("strategy", "passkey"), ("identifier", "bob@example.com")];
    let none = other.post(SIGN_INS, &none).await;
    assert_eq!(none.error(), (400, "no_passkeys_found_for_user", None));
}

#[tokio::test]
async fn a_passkey_is_a_first_factor_only() {
    let (world, mut browser, mut authenticator, _) = with_passkey().await;
    let app = App::set_up(&world, &mut browser).await;
    let mut other = world.browser().await;
    let (path, options) = asked(&mut other).await;
    let shown = attempt(&mut other, &path, &authenticator.get(&options)).await;
    assert_eq!(shown.response()["status"], "needs_second_factor");
    let path = format!("{path}/attempt_second_factor");
    let fields = [("strategy", "totp"), ("code", &app.code(&world))];
    let done = other.post(&path, &fields).await;
    assert_eq!(done.response()["status"], "complete");
}
