//! The portal's second factors, passkeys and reverification, without JavaScript.

use crate::browser::{Browser, PASSWORD, World, app::App, authenticator::Authenticator};

const EMAIL: &str = "ada@example.com";
const PAGE: &str = "/portal/user/two-step";
/// As long as a shown factor counts.
const TEN_MINUTES: i64 = 10 * 60 * 1000;

async fn ada() -> (World, Browser) {
    let (world, _) = World::with_person(EMAIL).await;
    let ada = world.signed_in(EMAIL).await;
    (world, ada)
}

/// What the page shows between these two texts.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("{page}"));
    rest.split_once(end).unwrap().0
}

/// Sets an app up; gives it and the page with the backup codes.
async fn set_up(world: &World, ada: &mut Browser) -> (App, String) {
    ada.post("/portal/user/two-step/app", &[]).await.location();
    let page = ada.get(PAGE).await.text;
    let app = App::holding(between(&page, r#"data-testid="secret">"#, "<"));
    assert!(page.contains("otpauth://totp/"));
    let right = app.code(world);
    let fields = [("code", right.as_str())];
    let done = ada.post("/portal/user/two-step/confirm", &fields).await;
    assert_eq!(done.status, 200, "{}", done.text);
    world.clock.advance(30_000);
    (app, done.text)
}

fn backup_codes(page: &str) -> Vec<String> {
    let list = between(page, "Backup codes\">", "</ul>");
    let codes = list.split("<code>").skip(1);
    codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_app_is_set_up_and_removed() {
    let (world, mut ada) = ada().await;
    let none = ada.get(PAGE).await.text;
    assert!(none.contains("Set up an authenticator app"));
    ada.post("/portal/user/two-step/app", &[]).await.location();
    let wrong = [("code", "1234567")];
    let wrong = ada.post("/portal/user/two-step/confirm", &wrong).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains(r#"id="code-error""#) && wrong.text.contains("1234567"));
    let (_, page) = set_up(&world, &mut ada).await;
    let codes = backup_codes(&page);
    assert_eq!(codes.len(), 10);
    let me = ada.get("/v1/me").await;
    assert_eq!(me.response()["totp_enabled"], true);
    let on = ada.get(PAGE).await.text;
    assert!(on.contains("is on") && !on.contains(&codes[0]) && !on.contains("otpauth:"));
    let renewed = ada.post("/portal/user/two-step/backup-codes", &[]).await;
    let renewed = backup_codes(&renewed.text);
    assert!(renewed.len() == 10 && renewed != codes);
    ada.post("/portal/user/two-step/remove", &[])
        .await
        .location();
    let me = ada.get("/v1/me").await;
    assert_eq!(me.response()["two_factor_enabled"], false);
}

#[tokio::test]
async fn a_backup_code_signs_in_once() {
    let (world, mut ada) = ada().await;
    let (_, page) = set_up(&world, &mut ada).await;
    let code = backup_codes(&page).remove(0);
    for right in [true, false] {
        let mut browser = world.stranger();
        browser
            .post("/portal/sign-in", &[("identifier", EMAIL)])
            .await;
        let password = [("password", PASSWORD)];
        let asked = browser.post("/portal/sign-in/password", &password).await;
        assert!(asked.location().ends_with("/sign-in/second-factor"));
        let fields = [("code", code.as_str())];
        let done = browser.post("/portal/sign-in/second-factor", &fields).await;
        assert_eq!(done.status.as_u16(), if right { 303 } else { 422 });
    }
}

#[tokio::test]
async fn what_matters_asks_for_the_password_again() {
    let (world, mut ada) = ada().await;
    world.clock.advance(TEN_MINUTES);
    let verify = "/portal/user/verify/two-step";
    for form in ["app", "confirm", "remove", "backup-codes"] {
        let sent = ada.post(&format!("{PAGE}/{form}"), &[]).await;
        assert_eq!(sent.location(), format!("/__clerk{verify}"), "{form}");
    }
    let asked = ada.get(PAGE).await;
    assert_eq!(asked.location(), format!("/__clerk{verify}"));
    let page = ada.get(verify).await;
    assert!(page.text.contains(r#"type="password""#));
    let wrong = ada.post(verify, &[("password", "not this one")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains(r#"id="password-error""#) && !wrong.text.contains("not this one"));
    let right = ada.post(verify, &[("password", PASSWORD)]).await;
    assert_eq!(right.location(), "/__clerk/portal/user/two-step");
    assert_eq!(ada.get(PAGE).await.status, 200);
    let missing = ada.get("/portal/user/verify/elsewhere").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn so_does_every_form_of_the_account_that_the_browser_api_asks_for() {
    let (world, mut ada) = ada().await;
    world.clock.advance(TEN_MINUTES);
    for form in [
        "addresses",
        "addresses/idn_1/primary",
        "addresses/idn_1/remove",
        "accounts",
        "accounts/eac_1/remove",
        "passkeys/idn_1/remove",
        "devices/sess_1/sign-out",
        "delete",
    ] {
        let fields = [("provider", "google"), ("confirmation", "Delete account")];
        let sent = ada.post(&format!("/portal/user/{form}"), &fields).await;
        let expected = "/__clerk/portal/user/verify/account";
        assert_eq!(sent.location(), expected, "{form}");
    }
    let names = ada
        .post("/portal/user/names", &[("first_name", "Ada")])
        .await;
    assert_ne!(names.location(), "/__clerk/portal/user/verify/account");
}

#[tokio::test]
async fn by_a_mailed_code_and_by_the_second_factor() {
    let (world, mut ada) = ada().await;
    world.clock.advance(TEN_MINUTES);
    let verify = "/portal/user/verify/account";
    ada.get(verify).await;
    let sent = ada.post(&format!("{verify}/send-code"), &[]).await;
    assert_eq!(sent.location(), format!("/__clerk{verify}/code"));
    let page = ada.get(sent.location()).await;
    assert!(page.text.contains(r#"name="code""#));
    let mailed = world.newest_code().await;
    let done = ada.post(verify, &[("code", &mailed)]).await;
    assert_eq!(done.location(), "/__clerk/portal/user");

    let (app, _) = set_up(&world, &mut ada).await;
    world.clock.advance(TEN_MINUTES);
    ada.get(verify).await;
    // The password alone is not enough any more.
    let first = ada.post(verify, &[("password", PASSWORD)]).await;
    assert_eq!(first.status, 422);
    let right = app.code(&world);
    let done = ada.post(verify, &[("code", &right)]).await;
    assert_eq!(done.location(), "/__clerk/portal/user");
    assert_eq!(ada.get(PAGE).await.status, 200);
}

#[tokio::test]
async fn a_first_password_needs_another_factor() {
    let (world, mut ada) = ada().await;
    let fields = [("current_password", PASSWORD)];
    ada.post("/v1/me/remove_password", &fields).await.response();
    world.clock.advance(TEN_MINUTES);
    let new = [("new_password", "another long password")];
    let asked = ada.post("/portal/user/password", &new).await;
    assert_eq!(asked.location(), "/__clerk/portal/user/verify/account");
    let page = ada.get(asked.location()).await;
    assert!(page.text.contains("Email me a code") && !page.text.contains("password\""));
    ada.post("/portal/user/verify/account/send-code", &[])
        .await
        .location();
    let mailed = world.newest_code().await;
    let verify = "/portal/user/verify/account";
    ada.post(verify, &[("code", &mailed)]).await.location();
    let done = ada.post("/portal/user/password", &new).await;
    assert_eq!(done.location(), "/__clerk/portal/user?saved=password");
}

#[tokio::test]
async fn a_passkey_is_renamed_and_removed() {
    let (world, mut ada) = ada().await;
    let (_, id) = Authenticator::registered(&mut ada).await;
    let page = ada.get("/portal/user").await.text;
    assert!(page.contains("Remove Passkey") && page.contains("JavaScript"));
    let rename = format!("/portal/user/passkeys/{id}/rename");
    for bad in ["", "  ", &"x".repeat(257)] {
        let refused = ada.post(&rename, &[("name", bad)]).await;
        assert_eq!(refused.status, 422, "{bad}");
        assert!(refused.text.contains(&format!("name-{id}-error")));
    }
    ada.post(&rename, &[("name", "My laptop")]).await.location();
    assert!(
        ada.get("/portal/user")
            .await
            .text
            .contains("Remove My laptop")
    );
    let remove = format!("/portal/user/passkeys/{id}/remove");
    world.clock.advance(TEN_MINUTES);
    let asked = ada.post(&remove, &[]).await;
    assert_eq!(asked.location(), "/__clerk/portal/user/verify/account");
    let verify = "/portal/user/verify/account";
    ada.get(verify).await;
    ada.post(verify, &[("password", PASSWORD)]).await.location();
    ada.post(&remove, &[]).await.location();
    assert!(!ada.get("/portal/user").await.text.contains("My laptop"));
}
