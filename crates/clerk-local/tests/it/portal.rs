//! The account portal, walked as a browser without JavaScript does.

use crate::browser::{Browser, ORIGIN, PASSWORD, World, other_code};
use axum::http::StatusCode;

const EMAIL: &str = "ann@example.com";
const BACK: &str = "http://localhost:3000/app?tab=1";

/// The app's address with this browser's token on it.
fn app_with_token(browser: &Browser) -> String {
    format!(
        "{BACK}&__clerk_db_jwt={}",
        browser.cookies["__clerk_db_jwt"]
    )
}

/// An instance with one person, and a browser that it does not know yet.
async fn beside_a_person() -> (World, Browser) {
    let world = World::new().await;
    world.person(EMAIL).await;
    let browser = world.stranger();
    (world, browser)
}

async fn sign_in(browser: &mut Browser) {
    let fields = [("identifier", EMAIL), ("redirect_url", BACK)];
    let named = browser.post("/portal/sign-in", &fields).await;
    let page = named.location().to_owned();
    assert!(page.starts_with("/__clerk/portal/sign-in/password?redirect_url="));
    let asked = browser.get(&page).await;
    assert!(asked.text.contains(EMAIL) && asked.text.contains(r#"type="password""#));
    let fields = [("password", PASSWORD), ("redirect_url", BACK)];
    let done = browser.post("/portal/sign-in/password", &fields).await;
    assert_eq!(done.location(), app_with_token(browser));
}

#[tokio::test]
async fn sign_up_organization_sign_out() {
    let world = World::new().await;
    let mut browser = world.stranger();
    let page = browser.get("/portal/sign-up?redirect_url=/app?tab=1").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(r#"name="redirect_url""#));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
    assert!(!page.text.contains("<script"));

    let fields = [
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email_address", EMAIL),
        ("password", PASSWORD),
        ("redirect_url", BACK),
    ];
    let taken_on = browser.post("/portal/sign-up", &fields).await;
    let code_page = taken_on.location().to_owned();
    assert!(code_page.starts_with("/__clerk/portal/sign-up/code"));
    assert!(browser.get(&code_page).await.text.contains(EMAIL));

    let code = world.newest_code().await;
    let wrong = [("code", other_code(&code)), ("redirect_url", BACK)];
    let wrong = browser.post("/portal/sign-up/code", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong
            .text
            .contains(r#"aria-invalid="true" aria-describedby="code-error""#)
    );
    let right = [("code", code.as_str()), ("redirect_url", BACK)];
    let done = browser.post("/portal/sign-up/code", &right).await;
    assert_eq!(done.location(), app_with_token(&browser));

    let empty = browser.get("/portal/organizations").await;
    assert!(empty.text.contains("not a member of any organization"));
    let fields = [("name", "Acme"), ("slug", "acme"), ("redirect_url", BACK)];
    let made = browser.post("/portal/create-organization", &fields).await;
    assert_eq!(made.location(), app_with_token(&browser));
    let taken = browser.post("/portal/create-organization", &fields).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.text.contains(r#"id="slug-error""#));
    assert!(taken.text.contains(r#"value="Acme""#));

    let list = browser.get("/portal/organizations").await;
    assert!(list.text.contains("active now"));
    let state = world.clerk.state();
    let acme = state.organization_by_slug("acme").await.unwrap().unwrap();
    let fields = [
        ("organization_id", acme.id.as_str()),
        ("redirect_url", BACK),
    ];
    let chosen = browser.post("/portal/organizations", &fields).await;
    assert_eq!(chosen.location(), app_with_token(&browser));
    let foreign = [("organization_id", "org_missing")];
    let foreign = browser.post("/portal/organizations", &foreign).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);

    let asked = browser.get("/portal/sign-out").await;
    assert!(asked.text.contains(EMAIL));
    let out = browser
        .post("/portal/sign-out", &[("redirect_url", BACK)])
        .await;
    assert_eq!(out.location(), app_with_token(&browser));
    let after = browser.get("/portal/organizations").await;
    assert!(after.location().starts_with("/__clerk/portal/sign-in"));
}

#[tokio::test]
async fn sign_in_with_password_and_with_code() {
    let (world, mut browser) = beside_a_person().await;
    sign_in(&mut browser).await;
    let already = browser.get("/portal/sign-in").await;
    assert!(already.text.contains("already signed in"));

    let mut other = world.stranger();
    other
        .post("/portal/sign-in", &[("identifier", EMAIL)])
        .await
        .location();
    let wrong = [("password", "not this one"), ("redirect_url", BACK)];
    let wrong = other.post("/portal/sign-in/password", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Password is incorrect"));
    assert!(!wrong.text.contains("not this one"));
    let sent = other
        .post("/portal/sign-in/send-code", &[("redirect_url", BACK)])
        .await;
    assert!(sent.location().starts_with("/__clerk/portal/sign-in/code"));
    let code = world.newest_code().await;
    let fields = [("code", code.as_str()), ("redirect_url", BACK)];
    let done = other.post("/portal/sign-in/code", &fields).await;
    assert_eq!(done.location(), app_with_token(&other));
}

#[tokio::test]
async fn errors_stand_beside_their_fields_and_keep_what_was_typed() {
    let (_world, mut browser) = beside_a_person().await;
    let unknown = [("identifier", "nobody@example.com")];
    let unknown = browser.post("/portal/sign-in", &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text.contains(r#"value="nobody@example.com""#));
    assert!(unknown.text.contains("find your account"));
    let fields = [("email_address", EMAIL), ("password", PASSWORD)];
    let taken = browser.post("/portal/sign-up", &fields).await;
    assert!(taken.text.contains(r#"id="email_address-error""#));
    assert!(!taken.text.contains(PASSWORD));
    let fields = [("email_address", "\"><script>"), ("password", PASSWORD)];
    let hostile = browser.post("/portal/sign-up", &fields).await;
    assert!(!hostile.text.contains("<script"));
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let (_world, mut browser) = beside_a_person().await;
    sign_in(&mut browser).await;
    for origin in [Some("https://evil.example"), Some("null"), None] {
        browser.origin = origin.map(str::to_owned);
        for page in [
            "sign-in",
            "sign-up",
            "sign-out",
            "organizations",
            "create-organization",
        ] {
            let refused = browser.post(&format!("/portal/{page}"), &[]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{page} {origin:?}");
        }
    }
    let still = browser.get("/portal/sign-out").await;
    assert!(still.text.contains(EMAIL));
}

#[tokio::test]
async fn a_way_back_to_another_origin_is_ignored() {
    let world = World::new().await;
    world.person(EMAIL).await;
    for foreign in [
        "https://evil.example/",
        "//evil.example",
        "http://localhost:3001/",
    ] {
        let mut browser = world.stranger();
        let fields = [("identifier", EMAIL), ("redirect_url", foreign)];
        let named = browser.post("/portal/sign-in", &fields).await;
        assert_eq!(named.location(), "/__clerk/portal/sign-in/password");
        let fields = [("password", PASSWORD), ("redirect_url", foreign)];
        let done = browser.post("/portal/sign-in/password", &fields).await;
        let home = format!("{ORIGIN}/?__clerk_db_jwt=");
        assert!(done.location().starts_with(&home));
    }
}

#[tokio::test]
async fn signed_out_people_come_back_after_signing_in() {
    let (_world, mut browser) = beside_a_person().await;
    let asked = browser
        .get("/portal/organizations?redirect_url=%2Fapp")
        .await;
    let sign_in = asked.location().to_owned();
    let shown = browser.get(&sign_in).await;
    assert!(
        shown
            .text
            .contains("/__clerk/portal/organizations?redirect_url=")
    );
}

#[tokio::test]
async fn the_outbox_shows_codes_newest_first() {
    let world = World::new().await;
    let state = world.clerk.state();
    for (to, code) in [("ann@example.com", "111111"), ("bob@example.com", "222222")] {
        state
            .send_mail(to, "A code", "Use it.", Some(code))
            .await
            .unwrap();
        world.clock.advance(60_000);
    }
    let mut browser = world.stranger();
    let all = browser.get("/outbox").await.text;
    let (ann, bob) = (all.find("111111").unwrap(), all.find("222222").unwrap());
    assert!(bob < ann);
    let one = browser.get("/outbox?to=ann%40example.com").await.text;
    assert!(one.contains("111111") && !one.contains("222222"));
}
