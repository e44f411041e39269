//! What people and the application's server change in accounts and organizations.

use serde_json::json;

use super::{Request, whole_or_not_at_all};
use crate::{
    browser::{PASSWORD, World, app, authenticator},
    oauth,
};

const EMAIL: &str = "ann@example.com";

/// An instance in which Ann runs Acme (its id).
async fn acme() -> (World, String, String) {
    let world = World::new().await;
    let ann = world.person(EMAIL).await;
    let state = world.clerk.state();
    let acme = state.create_organization("Acme", None, &ann).await.unwrap();
    let id = acme.id.clone();
    (world, ann, id)
}

#[tokio::test]
async fn invitations_and_their_mails() {
    let (world, _, acme) = acme().await;
    let path = format!("/v1/organizations/{acme}/invitations");
    let fields = [("email_address", "bob@example.com"), ("role", "org:member")];
    let request = Request::post(world.signed_in(EMAIL).await, &path, &fields);
    whole_or_not_at_all(&world, request).await;
    let state = world.clerk.state();
    assert_eq!(state.mails(10).await.unwrap().len(), 1);
    let path = format!("{path}/bulk");
    let fields = [
        ("email_address", "cyd@example.com"),
        ("email_address", "dan@example.com"),
        ("role", "org:member"),
    ];
    let request = Request::post(world.signed_in(EMAIL).await, &path, &fields);
    whole_or_not_at_all(&world, request).await;
    assert_eq!(state.mails(10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn factors_and_accounts() {
    let (world, _, _) = acme().await;
    let mut browser = world.signed_in(EMAIL).await;
    let made = browser.post("/v1/me/passkeys", &[]).await;
    let id = made.response()["id"].as_str().unwrap().to_owned();
    let options = authenticator::options(&made.response()["verification"]);
    let (_, answer) = authenticator::Authenticator::create(&options);
    let path = format!("/v1/me/passkeys/{id}/attempt_verification");
    let fields = [("strategy", "passkey"), ("public_key_credential", &*answer)];
    whole_or_not_at_all(&world, Request::post(browser, &path, &fields)).await;

    let mut browser = world.signed_in(EMAIL).await;
    let app = app::App::begun(&mut browser).await;
    let code = app.code(&world);
    let path = "/v1/me/totp/attempt_verification";
    let request = Request::post(browser, path, &[("code", &*code)]);
    whole_or_not_at_all(&world, request).await;
}

#[tokio::test]
async fn connecting_an_account_of_a_provider() {
    let (world, _, _) = acme().await;
    let browser = world.signed_in(EMAIL).await;
    let cookies = browser.cookies.clone();
    let fields = [("strategy", "oauth_google"), ("redirect_url", "/app")];
    let request = Request::post(browser, "/v1/me/external_accounts", &fields);
    let begun = whole_or_not_at_all(&world, request).await;
    let mut browser = world.stranger();
    browser.cookies = cookies;
    let way_out = oauth::way_out(&begun.response()["verification"]);
    let callback = oauth::decide(&mut browser, &way_out, &oauth::ADA).await;
    whole_or_not_at_all(&world, Request::get(browser, &callback)).await;
}

#[tokio::test]
async fn addresses_and_passwords() {
    let (world, _, _) = acme().await;
    let mut browser = world.signed_in(EMAIL).await;
    let new = [("email_address", "ann@work.example")];
    let added = browser.post("/v1/me/email_addresses", &new).await;
    let id = added.response()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/me/email_addresses/{id}");
    let cookies = browser.cookies.clone();
    let code = [("strategy", "email_code")];
    let request = Request::post(browser, &format!("{path}/prepare_verification"), &code);
    whole_or_not_at_all(&world, request).await;
    let mut browser = world.stranger();
    browser.cookies = cookies;
    let code = world.newest_code().await;
    let request = Request::post(
        browser,
        &format!("{path}/attempt_verification"),
        &[("code", &*code)],
    );
    whole_or_not_at_all(&world, request).await;

    let here = world.signed_in(EMAIL).await;
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", "another good password"),
        ("sign_out_of_other_sessions", "true"),
    ];
    let request = Request::post(here, "/v1/me/change_password", &fields);
    whole_or_not_at_all(&world, request).await;
}

#[tokio::test]
async fn organizations_and_people() {
    let (world, ann, acme) = acme().await;
    let browser = world.signed_in(EMAIL).await;
    let fields = [("name", "Globex")];
    let request = Request::post(browser, "/portal/create-organization", &fields);
    whole_or_not_at_all(&world, request).await;
    let browser = world.signed_in(EMAIL).await;
    let path = format!("/v1/organizations/{acme}?_method=DELETE");
    whole_or_not_at_all(&world, Request::post(browser, &path, &[])).await;

    let session = json!({ "user_id": ann });
    let request = Request::backend(&world, "/v1/sessions", session);
    whole_or_not_at_all(&world, request).await;
    let path = format!("/v1/users/{ann}/ban");
    whole_or_not_at_all(&world, Request::backend(&world, &path, json!({}))).await;
    let state = world.clerk.state();
    assert!(state.sessions_of_user(&ann).await.unwrap().is_empty());

    let new = json!({
        "email_address": ["bob@example.com"], "password": PASSWORD, "first_name": "Bob",
    });
    whole_or_not_at_all(&world, Request::backend(&world, "/v1/users", new)).await;
    let bob = state.user_by_email("bob@example.com").await.unwrap();
    let mut browser = world.signed_in("bob@example.com").await;
    browser
        .post("/v1/organizations", &[("name", "Initech")])
        .await;
    let request = Request::post(browser, "/v1/me?_method=DELETE", &[]);
    whole_or_not_at_all(&world, request).await;
    assert!(state.user(&bob.unwrap().id).await.unwrap().is_none());
}
