//! From a name to a session, by every kind of proof.

use super::{ADA, BOB, CODE, PASSWORD, World, id};
use crate::{
    browser::{app::App, authenticator},
    oauth::{self, parameter},
};

const SIGN_INS: &str = "/v1/client/sign_ins";

/// With a mailed code, a forgotten password, and a passkey.
pub async fn journey() -> World {
    let world = World::new().await;
    world.person(ADA).await;
    let mut browser = world.browser().await;
    let begun = browser.post(SIGN_INS, &[("identifier", ADA)]).await;
    let path = format!("{SIGN_INS}/{}", id(begun.response()));
    browser.get(&path).await.response();
    let (prepare, attempt) = (
        format!("{path}/prepare_first_factor"),
        format!("{path}/attempt_first_factor"),
    );
    let code = [("strategy", "email_code")];
    browser.post(&prepare, &code).await.response();
    let reset = [("strategy", "reset_password_email_code")];
    browser.post(&prepare, &reset).await.response();
    let shown = [reset[0], ("code", CODE)];
    let shown = browser.post(&attempt, &shown).await;
    assert_eq!(shown.response()["status"], "needs_new_password");
    let fields = [("password", "another long password")];
    let done = browser
        .post(&format!("{path}/reset_password"), &fields)
        .await;
    assert_eq!(done.response()["status"], "complete");

    let (mut device, _) = authenticator::Authenticator::registered(&mut browser).await;
    world.clock.advance(20_000);
    let mut other = world.browser().await;
    let begun = other.post(SIGN_INS, &[("strategy", "passkey")]).await;
    let options = authenticator::options(&begun.response()["first_factor_verification"]);
    let path = format!("{SIGN_INS}/{}", id(begun.response()));
    let signed = device.get(&options);
    let fields = [("strategy", "passkey"), ("public_key_credential", &signed)];
    let done = other
        .post(&format!("{path}/attempt_first_factor"), &fields)
        .await;
    assert_eq!(done.response()["status"], "complete");
    world
}

pub async fn with_second_factor() -> World {
    let world = World::new().await;
    world.person(ADA).await;
    let app = App::set_up(&world, &mut world.signed_in(ADA).await).await;
    for backup in [false, true] {
        let mut browser = world.browser().await;
        let fields = [("identifier", ADA), ("password", PASSWORD)];
        let begun = browser.post(SIGN_INS, &fields).await;
        let path = format!("{SIGN_INS}/{}", id(begun.response()));
        let prepare = format!("{path}/prepare_second_factor");
        let refused = browser.post(&prepare, &[("strategy", "phone_code")]).await;
        assert_eq!(refused.error().0, 422);
        let (strategy, code) = match backup {
            true => ("backup_code", app.backup_codes[0].clone()),
            false => ("totp", app.code(&world)),
        };
        let fields = [("strategy", strategy), ("code", &code)];
        let attempt = format!("{path}/attempt_second_factor");
        let done = browser.post(&attempt, &fields).await;
        assert_eq!(done.response()["status"], "complete");
        world.clock.advance(30_000);
    }
    world
}

pub async fn by_link() -> World {
    let world = World::with(|options| options.email_links = true).await;
    world.person(BOB).await;
    let mut browser = world.browser().await;
    let begun = browser.post(SIGN_INS, &[("identifier", BOB)]).await;
    let path = format!("{SIGN_INS}/{}", id(begun.response()));
    let fields = [
        ("strategy", "email_link"),
        ("redirect_url", "http://localhost:3000/verify"),
    ];
    let sent = browser
        .post(&format!("{path}/prepare_first_factor"), &fields)
        .await;
    sent.response();
    browser.get(&world.newest_link().await).await.location();
    assert_eq!(browser.get(&path).await.response()["status"], "complete");
    world
}

/// With an account at a provider, which comes back by an address or by a form.
pub async fn by_provider() -> World {
    let world = World::new().await;
    oauth::signed_up(&mut world.browser().await, "oauth_google", &oauth::ADA).await;
    let mut browser = world.browser().await;
    let begun = oauth::begin_sign_in(&mut browser, "oauth_google").await;
    let way = oauth::way_out(&begun["first_factor_verification"]);
    let callback = oauth::decide(&mut browser, &way, &oauth::ADA).await;
    let told = |name| parameter(&callback, name).unwrap();
    let fields = [("code", &*told("code")), ("state", &*told("state"))];
    let back = browser.post("/v1/oauth_callback", &fields).await;
    assert!(back.location().starts_with(oauth::APP));
    browser.get("/v1/client").await.response();

    // A refusal is in the attempt.
    let mut other = world.browser().await;
    let begun = oauth::begin_sign_in(&mut other, "oauth_github").await;
    let deny = [("decision", "deny")];
    oauth::travel(&mut other, &begun["first_factor_verification"], &deny).await;
    let client = other.get("/v1/client").await;
    let failed = &client.response()["sign_in"]["first_factor_verification"];
    assert_eq!(failed["status"], "failed");
    world
}
