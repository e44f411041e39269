//! Signing in and up by links in mails, opened in the same browser or in another one.

use std::collections::HashMap;

use crate::browser::{Answer, Browser, PASSWORD, World};
use url::Url;

const EMAIL: &str = "ann@example.com";
const PAGE: &str = "http://localhost:3000/verify?from=mail";

async fn world() -> World {
    World::with(|options| options.email_links = true).await
}

/// A sign-in whose link was mailed: its browser and its path.
async fn link_sent(world: &World) -> (Browser, String) {
    let mut browser = world.browser().await;
    let fields = [("identifier", EMAIL)];
    let made = browser.post("/v1/client/sign_ins", &fields).await;
    let made = made.response();
    let factors = made["supported_first_factors"].as_array().unwrap();
    let by_link = factors.iter().find(|it| it["strategy"] == "email_link");
    let address = by_link.unwrap()["email_address_id"].as_str().unwrap();
    let path = format!("/v1/client/sign_ins/{}", made["id"].as_str().unwrap());
    let sent = prepare(&mut browser, &path, address, PAGE).await;
    let shown = &sent.response()["first_factor_verification"];
    assert_eq!(shown["strategy"], "email_link");
    assert_eq!(shown["status"], "unverified");
    assert!(shown["verified_at_client"].is_null());
    (browser, path)
}

async fn prepare(browser: &mut Browser, path: &str, address: &str, page: &str) -> Answer {
    let fields = [
        ("strategy", "email_link"),
        ("email_address_id", address),
        ("redirect_url", page),
    ];
    let path = format!("{path}/prepare_first_factor");
    browser.post(&path, &fields).await
}

/// Opens a link and reads what the page is told.
async fn open(browser: &mut Browser, link: &str) -> HashMap<String, String> {
    let answer = browser.get(link).await;
    let target = Url::parse(answer.location()).unwrap();
    assert_eq!(target.path(), "/verify");
    let told: HashMap<_, _> = target.query_pairs().into_owned().collect();
    assert_eq!(told["from"], "mail");
    told
}

#[tokio::test]
async fn opened_in_the_same_browser() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, path) = link_sent(&world).await;
    // A program that only looks at what the mail links to does not use it up.
    let looked = browser.head(&world.newest_link().await).await;
    assert_eq!(looked.status, 204);
    let told = open(&mut browser, &world.newest_link().await).await;
    assert_eq!(told["__clerk_status"], "verified");
    // The page that waits learns of the session from the attempt, client and all.
    let waiting = browser.get(&path).await;
    let attempt = waiting.response();
    assert_eq!(attempt["status"], "complete");
    assert_eq!(
        attempt["created_session_id"],
        told["__clerk_created_session"]
    );
    let client = &waiting.json["client"];
    assert_eq!(client["sessions"][0]["id"], attempt["created_session_id"]);
    let shown = &attempt["first_factor_verification"];
    assert_eq!(shown["status"], "verified");
    assert_eq!(shown["verified_at_client"], client["id"]);
}

#[tokio::test]
async fn opened_in_another_browser_the_first_one_is_signed_in() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, path) = link_sent(&world).await;
    let mut phone = world.browser().await;
    let told = open(&mut phone, &world.newest_link().await).await;
    assert_eq!(told["__clerk_status"], "verified");
    let waiting = browser.get(&path).await;
    assert_eq!(waiting.response()["status"], "complete");
    let at = &waiting.response()["first_factor_verification"]["verified_at_client"];
    assert!(at.is_string() && *at != waiting.json["client"]["id"]);
    let on_the_phone = phone.get("/v1/client").await;
    assert_eq!(
        on_the_phone.response()["sessions"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[tokio::test]
async fn a_link_works_once_and_only_the_newest() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, path) = link_sent(&world).await;
    let older = world.newest_link().await;
    let made = browser.get(&path).await;
    let address = made.response()["supported_first_factors"][1]["email_address_id"].clone();
    let sent = prepare(&mut browser, &path, address.as_str().unwrap(), PAGE).await;
    sent.response();
    let newer = world.newest_link().await;
    assert_eq!(open(&mut browser, &older).await["__clerk_status"], "failed");
    assert_eq!(
        open(&mut browser, &newer).await["__clerk_status"],
        "verified"
    );
    let again = open(&mut browser, &newer).await;
    assert_eq!(again["__clerk_status"], "failed");
    assert!(!again.contains_key("__clerk_created_session"));
}

#[tokio::test]
async fn two_at_once_make_one_session() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, _) = link_sent(&world).await;
    let link = world.newest_link().await;
    let mut phone = world.browser().await;
    let (one, other) = tokio::join!(open(&mut browser, &link), open(&mut phone, &link));
    let mut told = [&one["__clerk_status"], &other["__clerk_status"]];
    told.sort();
    assert_eq!(told, ["failed", "verified"]);
}

#[tokio::test]
async fn a_link_expires() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, path) = link_sent(&world).await;
    world.clock.advance(10 * 60 * 1000);
    let told = open(&mut browser, &world.newest_link().await).await;
    assert_eq!(told["__clerk_status"], "expired");
    let shown = &browser.get(&path).await.json["response"]["first_factor_verification"];
    assert_eq!(shown["status"], "expired");
}

#[tokio::test]
async fn only_links_of_this_instance_to_pages_of_the_application() {
    let world = world().await;
    world.person(EMAIL).await;
    let (mut browser, path) = link_sent(&world).await;
    let made = browser.get(&path).await;
    let address = made.response()["supported_first_factors"][1]["email_address_id"].clone();
    let address = address.as_str().unwrap();
    for page in [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
    ] {
        let refused = prepare(&mut browser, &path, address, page).await;
        let expected = (422, "invalid_redirect_url", Some("redirect_url"));
        assert_eq!(refused.error(), expected, "{page}");
    }
    let nowhere = browser.get("/v1/verify").await;
    assert_eq!(nowhere.error(), (422, "form_param_missing", Some("token")));
    // A session token is signed by the same key and is no link.
    let mut signed_in = world.signed_in(EMAIL).await;
    let client = signed_in.get("/v1/client").await;
    let token = &client.response()["sessions"][0]["last_active_token"]["jwt"];
    for token in ["x.y.z", token.as_str().unwrap()] {
        let refused = browser.get(&format!("/v1/verify?token={token}")).await;
        assert_eq!(
            refused.error(),
            (400, "verification_link_token_invalid", None)
        );
    }
}

#[tokio::test]
async fn without_links_the_strategy_is_refused() {
    let (world, mut browser) = World::with_person(EMAIL).await;
    let fields = [
        ("strategy", "email_link"),
        ("identifier", EMAIL),
        ("redirect_url", PAGE),
    ];
    let refused = browser.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(
        refused.error(),
        (422, "form_param_value_invalid", Some("strategy"))
    );
    assert!(world.clerk.state().mails(1).await.unwrap().is_empty());
}

#[tokio::test]
async fn signing_up() {
    let world = world().await;
    let mut browser = world.browser().await;
    let fields = [("email_address", EMAIL), ("password", PASSWORD)];
    let made = browser.post("/v1/client/sign_ups", &fields).await;
    let path = format!(
        "/v1/client/sign_ups/{}",
        made.response()["id"].as_str().unwrap()
    );
    let fields = [("strategy", "email_link"), ("redirect_url", PAGE)];
    let prepare = format!("{path}/prepare_verification");
    let sent = browser.post(&prepare, &fields).await;
    let shown = &sent.response()["verifications"]["email_address"];
    assert_eq!(shown["strategy"], "email_link");
    assert_eq!(shown["next_action"], "needs_attempt");
    let mut phone = world.browser().await;
    let told = open(&mut phone, &world.newest_link().await).await;
    assert_eq!(told["__clerk_status"], "verified");
    let waiting = browser.get(&path).await;
    assert_eq!(waiting.response()["status"], "complete");
    let session = &waiting.json["client"]["sessions"][0];
    assert_eq!(session["id"], told["__clerk_created_session"]);
    assert_eq!(
        session["user"]["email_addresses"][0]["email_address"],
        EMAIL
    );
}

#[tokio::test]
async fn a_link_of_a_sign_up_that_still_lacks_something_is_opened_once() {
    let world = world().await;
    let mut browser = world.browser().await;
    let fields = [("email_address", EMAIL)];
    let made = browser.post("/v1/client/sign_ups", &fields).await;
    let id = made.response()["id"].as_str().unwrap().to_owned();
    let prepare = format!("/v1/client/sign_ups/{id}/prepare_verification");
    let fields = [("strategy", "email_link"), ("redirect_url", PAGE)];
    browser.post(&prepare, &fields).await.response();
    let link = world.newest_link().await;
    let told = open(&mut browser, &link).await;
    assert_eq!(told["__clerk_status"], "verified");
    let again = open(&mut browser, &link).await;
    assert_eq!(again["__clerk_status"], "failed");
}

/// A person with an address to be verified: their browser and the address's path.
async fn added(world: &World) -> (Browser, String) {
    world.person(EMAIL).await;
    let mut ann = world.signed_in(EMAIL).await;
    let fields = [("email_address", "new@example.com")];
    let added = ann.post("/v1/me/email_addresses", &fields).await;
    let id = added.response()["id"].as_str().unwrap();
    (ann, format!("/v1/me/email_addresses/{id}"))
}

async fn prepare_own(browser: &mut Browser, path: &str, page: &str) -> Answer {
    let fields = [("strategy", "email_link"), ("redirect_url", page)];
    let path = format!("{path}/prepare_verification");
    browser.post(&path, &fields).await
}

#[tokio::test]
async fn an_added_address_is_verified_by_its_newest_link_in_any_browser() {
    let world = world().await;
    let (mut ann, path) = added(&world).await;
    let sent = prepare_own(&mut ann, &path, PAGE).await;
    let shown = &sent.response()["verification"];
    assert_eq!(shown["strategy"], "email_link");
    assert_eq!(shown["status"], "unverified");
    let older = world.newest_link().await;
    prepare_own(&mut ann, &path, PAGE).await.response();
    let newer = world.newest_link().await;
    let mut phone = world.browser().await;
    assert_eq!(open(&mut phone, &older).await["__clerk_status"], "failed");
    let before = ann.get(&path).await;
    assert_eq!(before.response()["verification"]["status"], "unverified");
    let told = open(&mut phone, &newer).await;
    assert_eq!(told["__clerk_status"], "verified");
    assert!(!told.contains_key("__clerk_created_session"));
    // The page that waits learns of it from the address, client and all.
    let waiting = ann.get(&path).await;
    let shown = &waiting.response()["verification"];
    assert_eq!(shown["status"], "verified");
    assert_eq!(shown["strategy"], "email_link");
    let user = &waiting.json["client"]["sessions"][0]["user"];
    let addresses = user["email_addresses"].as_array().unwrap();
    assert!(
        addresses
            .iter()
            .all(|it| it["verification"]["status"] == "verified")
    );
    assert_eq!(open(&mut phone, &newer).await["__clerk_status"], "failed");
    let again = prepare_own(&mut ann, &path, PAGE).await;
    assert_eq!(again.error().1, "verification_already_verified");
}

#[tokio::test]
async fn a_link_for_an_address_expires_and_dies_with_it() {
    let world = world().await;
    let (mut ann, path) = added(&world).await;
    prepare_own(&mut ann, &path, PAGE).await.response();
    world.clock.advance(10 * 60 * 1000);
    let told = open(&mut ann, &world.newest_link().await).await;
    assert_eq!(told["__clerk_status"], "expired");
    let shown = ann.get(&path).await;
    assert_eq!(shown.response()["verification"]["status"], "expired");
    prepare_own(&mut ann, &path, PAGE).await.response();
    let link = world.newest_link().await;
    // Here signed in just now: what removes an address is asked who they are otherwise.
    let mut here = world.signed_in(EMAIL).await;
    let remove = format!("{path}?_method=DELETE");
    here.post(&remove, &[]).await.response();
    assert_eq!(open(&mut ann, &link).await["__clerk_status"], "failed");

    let mut other = world.browser().await;
    let foreign = prepare_own(&mut other, &path, PAGE).await;
    assert_eq!(foreign.error().1, "signed_out");
}

#[tokio::test]
async fn a_link_for_an_address_leads_to_the_application_only() {
    let world = world().await;
    let (mut ann, path) = added(&world).await;
    let refused = prepare_own(&mut ann, &path, "https://evil.example/").await;
    let expected = (422, "invalid_redirect_url", Some("redirect_url"));
    assert_eq!(refused.error(), expected);
}

#[tokio::test]
async fn without_links_an_added_address_takes_a_code_only() {
    let world = World::new().await;
    let (mut ann, path) = added(&world).await;
    let refused = prepare_own(&mut ann, &path, PAGE).await;
    let expected = (422, "form_param_value_invalid", Some("strategy"));
    assert_eq!(refused.error(), expected);
}
