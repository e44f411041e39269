//! Social sign-in on the portal's pages: plain forms, out to the provider's page and back.

use crate::{
    browser::{Answer, Browser, World},
    oauth::{ADA, UNVERIFIED_ADA, decide},
};

const EMAIL: &str = "ada@example.com";
const BACK: &str = "http://localhost:3000/app";

/// Presses the button for a provider on a page, takes an account there and comes back.
async fn travel(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Answer {
    let button = [("provider", "google"), ("redirect_url", BACK)];
    let out = browser.post(page, &button).await.location().to_owned();
    assert!(out.contains("/provider/google/authorize?"), "{out}");
    let callback = decide(browser, &out, fields).await;
    browser.get(&callback).await
}

/// Follows redirects to the page on which the person stands.
async fn follow(browser: &mut Browser, answer: Answer) -> (String, Answer) {
    let mut place = answer.location().to_owned();
    loop {
        if place.starts_with(BACK) {
            return (place, answer);
        }
        let page = browser.get(&place).await;
        if page.status != 303 {
            return (place, page);
        }
        place = page.location().to_owned();
    }
}

#[tokio::test]
async fn somebody_new_signs_up_from_either_page_and_signs_in_again() {
    for page in ["/portal/sign-in/social", "/portal/sign-up/social"] {
        let world = World::new().await;
        let mut browser = world.stranger();
        let back = travel(&mut browser, page, &ADA).await;
        let (place, _) = follow(&mut browser, back).await;
        assert!(place.contains("__clerk_db_jwt="), "{page}: {place}");
        let me = browser.get("/v1/me").await;
        assert_eq!(me.response()["first_name"], "Ada");
        let mut other = world.stranger();
        let again = travel(&mut other, page, &ADA).await;
        let (place, _) = follow(&mut other, again).await;
        assert!(place.contains("__clerk_db_jwt="), "{page}: {place}");
        let same = other.get("/v1/me").await;
        assert_eq!(same.response()["id"], me.response()["id"]);
    }
}

#[tokio::test]
async fn a_refusal_is_told_on_the_page_it_began_on() {
    let world = World::new().await;
    for page in ["/portal/sign-in", "/portal/sign-up"] {
        let mut browser = world.stranger();
        let deny = [("decision", "deny")];
        let back = travel(&mut browser, &format!("{page}/social"), &deny).await;
        let (_, shown) = follow(&mut browser, back).await;
        assert_eq!(shown.status, 400, "{page}");
        let text = "You did not grant access to your Google account";
        assert!(shown.text.contains(text) && shown.text.contains(r#"role="alert""#));
        assert!(shown.text.contains(r#"name="redirect_url""#));
    }
}

#[tokio::test]
async fn an_unproven_address_is_proven_here() {
    let world = World::new().await;
    // Nobody has it: the sign-up mails a code.
    let mut browser = world.stranger();
    let back = travel(&mut browser, "/portal/sign-in/social", &UNVERIFIED_ADA).await;
    let (place, _) = follow(&mut browser, back).await;
    assert!(place.contains("/portal/sign-up/code"), "{place}");
    let code = world.newest_code().await;
    let fields = [("code", code.as_str()), ("redirect_url", BACK)];
    let done = browser.post("/portal/sign-up/code", &fields).await;
    assert!(done.location().starts_with(BACK));

    // Somebody has it: their password is asked for.
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut browser = world.stranger();
    let back = travel(&mut browser, "/portal/sign-up/social", &UNVERIFIED_ADA).await;
    let (place, _) = follow(&mut browser, back).await;
    assert!(place.contains("/portal/sign-in/password"), "{place}");
}

#[tokio::test]
async fn an_account_is_connected_and_removed() {
    let (world, _) = World::with_person(EMAIL).await;
    let mut ada = world.signed_in(EMAIL).await;
    let back = travel(&mut ada, "/portal/user/accounts", &ADA).await;
    let (place, page) = follow(&mut ada, back).await;
    assert!(place.starts_with("/__clerk/portal/user?"), "{place}");
    assert!(page.text.contains("Remove Google") && !page.text.contains("Connect Google"));
    assert!(page.text.contains("Connect") && page.text.contains("github"));

    // Another person's account is refused, on the page.
    world.person("eve@example.com").await;
    let mut eve = world.signed_in("eve@example.com").await;
    let back = travel(&mut eve, "/portal/user/accounts", &ADA).await;
    let (_, page) = follow(&mut eve, back).await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains("already claimed by another user"));

    let me = ada.get("/v1/me").await;
    let id = me.response()["external_accounts"][0]["id"].as_str();
    let remove = format!("/portal/user/accounts/{}/remove", id.unwrap());
    let foreign = eve.post(&remove, &[]).await;
    assert_eq!(foreign.status, 404);
    ada.post(&remove, &[]).await.location();
    let me = ada.get("/v1/me").await;
    assert_eq!(me.response()["external_accounts"], serde_json::json!([]));
}

#[tokio::test]
async fn only_the_portals_own_pages_set_out() {
    let world = World::new().await;
    let mut browser = world.stranger();
    browser.origin = Some("https://evil.example".to_owned());
    for page in ["sign-in/social", "sign-up/social", "user/accounts"] {
        let button = [("provider", "google")];
        let refused = browser.post(&format!("/portal/{page}"), &button).await;
        assert_eq!(refused.status, 403, "{page}");
    }
    let mut browser = world.stranger();
    let unknown = [("provider", "apple")];
    let unknown = browser.post("/portal/sign-in/social", &unknown).await;
    assert_eq!(unknown.status, 404);
}
