//! Signing in and up, and showing again who one is.

use clerk_local::state::{NewInvitation, OrganizationTarget};
use serde_json::Value;

use super::{Request, whole_or_not_at_all};
use crate::{
    browser::{Browser, PASSWORD, World, app::App, authenticator},
    oauth,
};

const EMAIL: &str = "ann@example.com";

/// A sign-in of Ann, and its path.
async fn begun(world: &World) -> (Browser, String) {
    let mut browser = world.browser().await;
    let fields = [("identifier", EMAIL)];
    let made = browser.post("/v1/client/sign_ins", &fields).await;
    let id = made.response()["id"].as_str().unwrap().to_owned();
    (browser, format!("/v1/client/sign_ins/{id}"))
}

/// A sign-in of Ann that waits for an answer to what was prepared.
async fn prepared(world: &World, strategy: &str) -> (Browser, String, Value) {
    let (mut browser, path) = begun(world).await;
    let fields = [("strategy", strategy), ("redirect_url", "/verify")];
    let prepare = format!("{path}/prepare_first_factor");
    let sent = browser.post(&prepare, &fields).await;
    let shown = sent.response()["first_factor_verification"].clone();
    (browser, path, shown)
}

/// An answer of the first factor that completes the sign-in.
async fn completes(world: &World, browser: Browser, path: &str, fields: &[(&str, &str)]) {
    let request = Request::post(browser, &format!("{path}/attempt_first_factor"), fields);
    let done = whole_or_not_at_all(world, request).await;
    assert_eq!(done.response()["status"], "complete");
    let client = &done.json["client"];
    assert_eq!(client["sign_in"], Value::Null);
    assert_eq!(client["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn signing_in_with_a_password() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let (browser, path) = begun(&world).await;
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    completes(&world, browser, &path, &fields).await;
    assert_eq!(world.events("session.created").await, 1);
}

#[tokio::test]
async fn a_wrong_password_is_counted_in_both_places() {
    let world = World::new().await;
    let ann = world.person(EMAIL).await;
    let (mut browser, path) = begun(&world).await;
    let file = super::File::of(&world).await;
    let fields = [("strategy", "password"), ("password", "not this one")];
    let path = format!("{path}/attempt_first_factor");
    // The attempt counts first, the account second.
    file.fail_at(2).await;
    let failed = browser.post(&path, &fields).await;
    assert_eq!(failed.status, 500);
    let state = world.clerk.state();
    let client = browser.get("/v1/client").await;
    let shown = &client.response()["sign_in"]["first_factor_verification"];
    assert!(shown.is_null(), "{shown}");
    file.fail_at(0).await;
    let wrong = browser.post(&path, &fields).await;
    assert_eq!(wrong.error().1, "form_password_incorrect");
    let ann = state.user(&ann).await.unwrap().unwrap();
    assert_eq!(ann.lockout.failed_attempts, 1);
}

#[tokio::test]
async fn signing_in_with_a_code() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let (browser, path) = begun(&world).await;
    let prepare = format!("{path}/prepare_first_factor");
    let request = Request::post(browser, &prepare, &[("strategy", "email_code")]);
    whole_or_not_at_all(&world, request).await;
    assert_eq!(world.clerk.state().mails(10).await.unwrap().len(), 1);
    let (browser, path, _) = prepared(&world, "email_code").await;
    let code = world.newest_code().await;
    let fields = [("strategy", "email_code"), ("code", code.as_str())];
    completes(&world, browser, &path, &fields).await;
}

#[tokio::test]
async fn signing_in_with_a_link() {
    let world = World::with(|options| options.email_links = true).await;
    world.person(EMAIL).await;
    let (mut waiting, path, _) = prepared(&world, "email_link").await;
    let link = world.newest_link().await;
    let opened = Request::get(world.browser().await, &link);
    let told = whole_or_not_at_all(&world, opened).await;
    assert!(told.location().contains("__clerk_status=verified"));
    assert_eq!(waiting.get(&path).await.response()["status"], "complete");
}

#[tokio::test]
async fn signing_in_with_a_passkey() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut other = world.signed_in(EMAIL).await;
    let (mut authenticator, _) = authenticator::Authenticator::registered(&mut other).await;
    let (browser, path, shown) = prepared(&world, "passkey").await;
    let signed = authenticator.get(&authenticator::options(&shown));
    let fields = [("strategy", "passkey"), ("public_key_credential", &*signed)];
    completes(&world, browser, &path, &fields).await;
}

#[tokio::test]
async fn signing_in_with_a_second_factor() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut other = world.signed_in(EMAIL).await;
    let app = App::set_up(&world, &mut other).await;
    for (strategy, code) in [
        ("backup_code", app.backup_codes[0].clone()),
        ("totp", app.code(&world)),
    ] {
        let (mut browser, path) = begun(&world).await;
        let first = [("strategy", "password"), ("password", PASSWORD)];
        let to = format!("{path}/attempt_first_factor");
        let first = browser.post(&to, &first);
        first.await.response();
        let fields = [("strategy", strategy), ("code", &*code)];
        let path = format!("{path}/attempt_second_factor");
        let done = whole_or_not_at_all(&world, Request::post(browser, &path, &fields)).await;
        assert_eq!(done.response()["status"], "complete");
        let session = &done.json["client"]["sessions"][0];
        assert_eq!(
            session["factor_verification_age"],
            serde_json::json!([0, 0])
        );
    }
}

#[tokio::test]
async fn choosing_a_new_password_and_signing_out_elsewhere() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut elsewhere = world.signed_in(EMAIL).await;
    let (mut browser, path, _) = prepared(&world, "reset_password_email_code").await;
    let code = world.newest_code().await;
    let strategy = "reset_password_email_code";
    let fields = [("strategy", strategy), ("code", &*code)];
    let to = format!("{path}/attempt_first_factor");
    let shown = browser.post(&to, &fields);
    assert_eq!(shown.await.response()["status"], "needs_new_password");
    let fields = [
        ("password", "another good password"),
        ("sign_out_of_other_sessions", "true"),
    ];
    let request = Request::post(browser, &format!("{path}/reset_password"), &fields);
    let done = whole_or_not_at_all(&world, request).await;
    assert_eq!(done.response()["status"], "complete");
    assert_eq!(elsewhere.get("/v1/me").await.error().1, "signed_out");
}

/// An invitation of Ann into an organization, as its ticket.
async fn invited(world: &World) -> String {
    let state = world.clerk.state();
    let boss = world.person("boss@example.com").await;
    let acme = state.create_organization("Acme", None, &boss).await;
    let new = NewInvitation {
        email_address: EMAIL.to_owned(),
        organization: Some(OrganizationTarget {
            organization_id: acme.unwrap().id.clone(),
            role: "org:member".to_owned(),
            inviter_id: Some(boss),
        }),
        ..NewInvitation::default()
    };
    let made = state.create_invitation(new).await.unwrap();
    let url = state.invitation_url(&made).unwrap();
    oauth::parameter(&url, "ticket").unwrap()
}

#[tokio::test]
async fn with_an_invitation_to_an_organization() {
    for has_account in [true, false] {
        let world = World::new().await;
        let ticket = invited(&world).await;
        let mut fields = vec![("strategy", "ticket"), ("ticket", &*ticket)];
        let path = if has_account {
            world.person(EMAIL).await;
            "/v1/client/sign_ins"
        } else {
            fields.push(("password", PASSWORD));
            "/v1/client/sign_ups"
        };
        let request = Request::post(world.browser().await, path, &fields);
        let done = whole_or_not_at_all(&world, request).await;
        assert_eq!(done.response()["status"], "complete");
        let session = &done.json["client"]["sessions"][0];
        let membership = &session["user"]["organization_memberships"][0];
        assert_eq!(
            session["last_active_organization_id"],
            membership["organization"]["id"]
        );
    }
}

#[tokio::test]
async fn with_a_sign_in_token() {
    let world = World::new().await;
    let ann = world.person(EMAIL).await;
    let state = world.clerk.state();
    let token = state.create_sign_in_token(&ann, 60).await.unwrap();
    let ticket = state.ticket_of(&token).unwrap();
    let fields = [("strategy", "ticket"), ("ticket", &*ticket)];
    let request = Request::post(world.browser().await, "/v1/client/sign_ins", &fields);
    let done = whole_or_not_at_all(&world, request).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn signing_up() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let fields = [("email_address", EMAIL), ("password", PASSWORD)];
    let begun = browser.post("/v1/client/sign_ups", &fields).await;
    let id = begun.response()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/client/sign_ups/{id}");
    let code = [("strategy", "email_code")];
    let prepare = Request::post(browser, &format!("{path}/prepare_verification"), &code);
    let cookies = prepare.browser.cookies.clone();
    whole_or_not_at_all(&world, prepare).await;
    let mut browser = world.stranger();
    browser.cookies = cookies;
    let code = world.newest_code().await;
    let fields = [("strategy", "email_code"), ("code", &*code)];
    let request = Request::post(browser, &format!("{path}/attempt_verification"), &fields);
    let done = whole_or_not_at_all(&world, request).await;
    assert_eq!(done.response()["status"], "complete");
    assert_eq!(world.events("user.created").await, 1);
}

#[tokio::test]
async fn coming_back_from_a_provider() {
    let world = World::new().await;
    for begin in ["/v1/client/sign_ups", "/v1/client/sign_ins"] {
        let fields = [("strategy", "oauth_google"), ("redirect_url", "/app")];
        let request = Request::post(world.browser().await, begin, &fields);
        let mut browser = world.stranger();
        browser.cookies = request.browser.cookies.clone();
        let begun = whole_or_not_at_all(&world, request).await;
        let begun = begun.response();
        let proof = match begun["object"].as_str() {
            Some("sign_up_attempt") => &begun["verifications"]["external_account"],
            _ => &begun["first_factor_verification"],
        };
        let way_out = oauth::way_out(proof);
        let callback = oauth::decide(&mut browser, &way_out, &oauth::ADA).await;
        let cookies = browser.cookies.clone();
        whole_or_not_at_all(&world, Request::get(browser, &callback)).await;
        let mut browser = world.stranger();
        browser.cookies = cookies;
        let client = browser.get("/v1/client").await;
        let sessions = client.response()["sessions"].as_array().unwrap().len();
        assert_eq!(sessions, 1, "{begin}");
    }
}

#[tokio::test]
async fn showing_again_who_one_is() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let client = browser.get("/v1/client").await;
    let id = client.response()["last_active_session_id"].clone();
    let path = format!("/v1/client/sessions/{}/verify", id.as_str().unwrap());
    browser.post(&path, &[]).await.response();
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    let request = Request::post(browser, &format!("{path}/attempt_first_factor"), &fields);
    let done = whole_or_not_at_all(&world, request).await;
    assert_eq!(done.response()["status"], "complete");
}
