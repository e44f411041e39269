//! Rate limits by address, in every way to sign in and up.

use crate::browser::{Answer, Browser, PASSWORD, World};
use axum::http::StatusCode;

const EMAIL: &str = "ann@example.com";

async fn limited() -> (World, Browser) {
    let world = World::with(|options| options.rate_limits = true).await;
    world.person(EMAIL).await;
    let browser = at(&world, "192.0.2.7").await;
    (world, browser)
}

async fn at(world: &World, address: &'static str) -> Browser {
    let mut browser = world.browser().await;
    browser.headers.push(("x-forwarded-for", address));
    browser
}

async fn begin(browser: &mut Browser) -> Answer {
    let fields = [("identifier", EMAIL)];
    browser.post("/v1/client/sign_ins", &fields).await
}

#[tokio::test]
async fn five_beginnings_in_ten_seconds() {
    let (world, mut browser) = limited().await;
    for _ in 0..5 {
        begin(&mut browser).await.response();
    }
    world.clock.advance(3_500);
    let refused = begin(&mut browser).await;
    assert_eq!(refused.error(), (429, "too_many_requests", None));
    assert_eq!(refused.headers["retry-after"], "7");
    // Another machine, and another kind, are not concerned.
    begin(&mut at(&world, "192.0.2.8").await).await.response();
    let fields = [("email_address", "bob@example.com"), ("password", PASSWORD)];
    let other = browser.post("/v1/client/sign_ups", &fields).await;
    other.response();
    world.clock.advance(6_500);
    begin(&mut browser).await.response();
}

#[tokio::test]
async fn three_answers_in_ten_seconds() {
    let (world, mut browser) = limited().await;
    let begun = begin(&mut browser).await;
    let id = begun.response()["id"].as_str().unwrap();
    let path = format!("/v1/client/sign_ins/{id}/attempt_first_factor");
    let wrong = [("strategy", "password"), ("password", "not this one")];
    for _ in 0..3 {
        let answer = browser.post(&path, &wrong).await;
        assert_eq!(answer.error().1, "form_password_incorrect");
    }
    let refused = browser.post(&path, &wrong).await;
    assert_eq!(refused.error().0, 429);
    world.clock.advance(10_000);
    let right = [("strategy", "password"), ("password", PASSWORD)];
    let done = browser.post(&path, &right).await;
    assert_eq!(done.response()["status"], "complete");
}

#[tokio::test]
async fn the_portal_counts_too() {
    let (_world, mut browser) = limited().await;
    let fields = [("identifier", EMAIL)];
    browser.post("/portal/sign-in", &fields).await.location();
    for _ in 0..3 {
        let fields = [("password", "not this one")];
        let wrong = browser.post("/portal/sign-in/password", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let fields = [("password", PASSWORD)];
    let refused = browser.post("/portal/sign-in/password", &fields).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
}
