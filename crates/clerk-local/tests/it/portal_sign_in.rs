//! The portal's other ways to sign in: a forgotten password, a link, a ticket.

use crate::browser::{Browser, ORIGIN, PASSWORD, World, other_code};
use axum::http::StatusCode;
use clerk_local::state::NewInvitation;

const EMAIL: &str = "ann@example.com";
const NEW: &str = "another long password";
const BACK: &str = "http://localhost:3000/app";

/// A browser in which a person is named.
async fn named(world: &World) -> Browser {
    world.person(EMAIL).await;
    let mut browser = world.stranger();
    let fields = [("identifier", EMAIL), ("redirect_url", BACK)];
    browser.post("/portal/sign-in", &fields).await.location();
    browser
}

/// Whether the browser was sent back to the app, signed in.
async fn is_done(browser: &mut Browser, location: &str) -> bool {
    let client = browser.get("/v1/client").await;
    let sessions = client.response()["sessions"].as_array().unwrap().len();
    location.starts_with(BACK) && location.contains("__clerk_db_jwt=") && sessions == 1
}

#[tokio::test]
async fn a_forgotten_password() {
    let world = World::new().await;
    let mut browser = named(&world).await;
    let back = ("redirect_url", BACK);
    let password_page = browser.get("/portal/sign-in/password").await;
    assert!(password_page.text.contains("Forgot your password?"));
    let sent = browser
        .post("/portal/sign-in/forgot-password", &[back])
        .await;
    let page = sent.location().to_owned();
    assert!(page.starts_with("/__clerk/portal/sign-in/reset-password?"));
    let asked = browser.get(&page).await;
    assert!(asked.text.contains(r#"name="code""#) && asked.text.contains("New password"));
    let code = world.newest_code().await;
    let post = "/portal/sign-in/reset-password";
    // A password that is too short does not use the code up.
    let fields = [("code", code.as_str()), ("password", "short"), back];
    let short = browser.post(post, &fields).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text.contains(r#"id="password-error""#) && short.text.contains(&code));
    let fields = [("code", other_code(&code)), ("password", NEW), back];
    let wrong = browser.post(post, &fields).await;
    assert!(wrong.text.contains(r#"id="code-error""#));
    let fields = [
        ("code", code.as_str()),
        ("password", NEW),
        ("sign_out_elsewhere", "yes"),
        back,
    ];
    let done = browser.post(post, &fields).await;
    let location = done.location().to_owned();
    assert!(is_done(&mut browser, &location).await);
}

#[tokio::test]
async fn a_link_opened_in_another_browser() {
    let world = World::with(|options| options.email_links = true).await;
    let mut browser = named(&world).await;
    let fields = [("redirect_url", BACK)];
    let sent = browser.post("/portal/sign-in/send-link", &fields).await;
    let waiting = sent.location().to_owned();
    let page = browser.get(&waiting).await;
    assert_eq!(page.headers["refresh"], "3");
    let mut phone = world.stranger();
    let led = phone.get(&world.newest_link().await).await;
    let end = led.location().to_owned();
    let told = phone.get(&end).await;
    assert!(told.text.contains("You have confirmed your email address"));
    let gone_on = browser.get(&waiting).await;
    let location = gone_on.location().to_owned();
    assert!(is_done(&mut browser, &location).await);
    let again = phone.get(&world.newest_link().await).await;
    let told = phone.get(again.location()).await;
    assert!(told.text.contains("This link cannot be used"));
}

#[tokio::test]
async fn a_link_opened_in_the_same_browser() {
    let world = World::with(|options| options.email_links = true).await;
    let mut browser = named(&world).await;
    let fields = [("redirect_url", BACK)];
    browser.post("/portal/sign-in/send-link", &fields).await;
    let led = browser.get(&world.newest_link().await).await;
    let done = browser.get(led.location()).await;
    let location = done.location().to_owned();
    assert!(is_done(&mut browser, &location).await);
}

#[tokio::test]
async fn signing_up_by_a_link_opened_in_another_browser() {
    let world = World::with(|options| options.email_links = true).await;
    let mut browser = world.stranger();
    let fields = [
        ("email_address", EMAIL),
        ("password", PASSWORD),
        ("redirect_url", BACK),
    ];
    let sent = browser.post("/portal/sign-up", &fields).await;
    let waiting = sent.location().to_owned();
    assert!(waiting.starts_with("/__clerk/portal/sign-up/link?"));
    let page = browser.get(&waiting).await;
    assert_eq!(page.headers["refresh"], "3");
    assert!(page.text.contains(EMAIL) && page.text.contains("Email me a code instead"));
    world.clock.advance(10 * 60 * 1000);
    let late = browser.get(&waiting).await;
    assert!(late.text.contains("expired") && !late.headers.contains_key("refresh"));
    let again = [("redirect_url", BACK)];
    browser
        .post("/portal/sign-up/send-link", &again)
        .await
        .location();
    let mut phone = world.stranger();
    let led = phone.get(&world.newest_link().await).await;
    let told = phone.get(led.location()).await;
    assert!(told.text.contains("You have confirmed your email address"));
    let gone_on = browser.get(&waiting).await;
    let location = gone_on.location().to_owned();
    assert!(is_done(&mut browser, &location).await);
}

#[tokio::test]
async fn an_invitation_of_somebody_new() {
    let world = World::new().await;
    let state = world.clerk.state();
    let new = NewInvitation {
        email_address: EMAIL.to_owned(),
        ..NewInvitation::default()
    };
    let made = state.create_invitations(vec![new]).await.unwrap();
    let mut browser = world.stranger();
    let led = browser.get(&state.invitation_url(&made[0]).unwrap()).await;
    let page = led.location().to_owned();
    assert!(page.starts_with(&format!("{ORIGIN}/__clerk/portal/ticket?")));
    let asked = browser.get(&page).await;
    assert!(asked.text.contains(EMAIL) && asked.text.contains(r#"name="first_name""#));
    let ticket = url::Url::parse(&page).unwrap();
    let ticket = ticket
        .query_pairs()
        .find(|(name, _)| name == "__clerk_ticket");
    let ticket = ticket.unwrap().1.into_owned();
    let mut fields = vec![("ticket", ticket.as_str()), ("first_name", "Ann")];
    let short = browser.post("/portal/ticket", &fields).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text.contains(r#"value="Ann""#));
    fields.push(("password", PASSWORD));
    browser.post("/portal/ticket", &fields).await.location();
    let client = browser.get("/v1/client").await;
    let user = &client.response()["sessions"][0]["user"];
    assert_eq!(user["first_name"], "Ann");
    assert_eq!(user["email_addresses"][0]["email_address"], EMAIL);
}

#[tokio::test]
async fn a_sign_in_token() {
    let world = World::new().await;
    let person = world.person(EMAIL).await;
    let state = world.clerk.state();
    let token = state.create_sign_in_token(&person, 60).await.unwrap();
    let ticket = state.ticket_of(&token).unwrap();
    let mut browser = world.stranger();
    let page = format!("/portal/ticket?__clerk_ticket={ticket}");
    let asked = browser.get(&page).await;
    assert!(asked.text.contains("Continue") && !asked.text.contains("first_name"));
    let fields = [("ticket", ticket.as_str()), ("redirect_url", BACK)];
    let done = browser.post("/portal/ticket", &fields).await;
    let location = done.location().to_owned();
    assert!(is_done(&mut browser, &location).await);
    let mut other = world.stranger();
    let again = other.post("/portal/ticket", &fields).await;
    assert!(again.text.contains("already been used"));
}
