//! Signing in.

use super::{
    ADA, APP, SSO_CALLBACK, UNVERIFIED_ADA, begin_sign_in, begin_sign_up, parameter, signed_up,
    travel,
};
use crate::browser::{PASSWORD, World};

#[tokio::test]
async fn an_account_that_is_known_signs_its_person_in() {
    let world = World::new().await;
    let ada = signed_up(&mut world.browser().await, "oauth_google", &ADA).await;

    let mut browser = world.browser().await;
    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    assert_eq!(attempt["status"], "needs_identifier");
    let verification = &attempt["first_factor_verification"];
    assert_eq!(verification["object"], "verification_oauth");
    assert_eq!(verification["strategy"], "oauth_google");
    let back = travel(&mut browser, verification, &ADA).await;

    // Nothing is left to do: straight to the application, whose server learns of it by the token.
    assert!(back.location().starts_with(APP));
    let token = parameter(back.location(), "__clerk_db_jwt");
    assert_eq!(token.as_ref(), browser.cookies.get("__clerk_db_jwt"));
    let client = browser.get("/v1/client").await;
    let client = client.response();
    assert_eq!(client["sessions"][0]["user"]["id"], ada.as_str());
    assert_eq!(client["last_authentication_strategy"], "oauth_google");
    assert!(client["sign_in"].is_null());
}

#[tokio::test]
async fn an_account_without_a_person_is_transferred_to_a_sign_up() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_in(&mut browser, "oauth_github").await;
    let back = travel(&mut browser, &attempt["first_factor_verification"], &ADA).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let client = browser.get("/v1/client").await;
    let verification = &client.response()["sign_in"]["first_factor_verification"];
    assert_eq!(verification["status"], "transferable");
    assert_eq!(verification["error"]["code"], "external_account_not_found");

    let done = browser
        .post("/v1/client/sign_ups", &[("transfer", "true")])
        .await;
    let sign_up = done.response();
    assert_eq!(sign_up["status"], "complete");
    assert_eq!(
        sign_up["verifications"]["external_account"]["status"],
        "verified"
    );
    let user = &done.json["client"]["sessions"][0]["user"];
    assert_eq!(user["first_name"], "Ada");
    assert_eq!(user["password_enabled"], false);
    assert_eq!(user["external_accounts"][0]["provider"], "oauth_github");
    let email = &user["email_addresses"][0];
    assert_eq!(email["verification"]["strategy"], "from_oauth_github");
    assert_eq!(email["linked_to"][0]["type"], "oauth_github");
}

#[tokio::test]
async fn only_what_is_transferable_is_transferred() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    for path in ["/v1/client/sign_ups", "/v1/client/sign_ins"] {
        let nothing = browser.post(path, &[("transfer", "true")]).await;
        assert_eq!(nothing.error(), (400, "account_transfer_invalid", None));
    }
    let attempt = begin_sign_in(&mut browser, "oauth_github").await;
    travel(&mut browser, &attempt["first_factor_verification"], &ADA).await;
    world.clock.advance(10 * 60 * 1000);
    let late = browser
        .post("/v1/client/sign_ups", &[("transfer", "true")])
        .await;
    assert_eq!(late.error(), (400, "account_transfer_invalid", None));
    // Another browser has nothing of it.
    let mut other = world.browser().await;
    let foreign = other
        .post("/v1/client/sign_ups", &[("transfer", "true")])
        .await;
    assert_eq!(foreign.error(), (400, "account_transfer_invalid", None));
}

#[tokio::test]
async fn a_verified_address_links_the_account() {
    let (world, mut browser) = World::with_person("ada@example.com").await;
    let attempt = begin_sign_in(&mut browser, "oauth_discord").await;
    let back = travel(&mut browser, &attempt["first_factor_verification"], &ADA).await;
    assert!(back.location().starts_with(APP));
    let client = browser.get("/v1/client").await;
    let user = &client.response()["sessions"][0]["user"];
    assert_eq!(user["external_accounts"][0]["provider"], "oauth_discord");
    assert_eq!(user["email_addresses"].as_array().unwrap().len(), 1);
    assert_eq!(user["password_enabled"], true);
    let (_, total) = world
        .clerk
        .state()
        .users(&Default::default())
        .await
        .unwrap();
    assert_eq!(total, 1);
}

#[tokio::test]
async fn an_address_the_provider_does_not_vouch_for_links_nothing() {
    let (world, mut browser) = World::with_person("ada@example.com").await;
    let attempt = begin_sign_in(&mut browser, "oauth_discord").await;
    let verification = &attempt["first_factor_verification"];
    let back = travel(&mut browser, verification, &UNVERIFIED_ADA).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let client = browser.get("/v1/client").await;
    let client = client.response();
    assert_eq!(client["sessions"].as_array().unwrap().len(), 0);
    assert_eq!(client["sign_in"]["status"], "needs_first_factor");
    assert_eq!(client["sign_in"]["identifier"], "ada@example.com");

    let path = format!(
        "/v1/client/sign_ins/{}/attempt_first_factor",
        client["sign_in"]["id"].as_str().unwrap()
    );
    let proof = [("strategy", "password"), ("password", PASSWORD)];
    let done = browser.post(&path, &proof).await;
    assert_eq!(done.response()["status"], "complete");
    let user = world.clerk.state().user_by_email("ada@example.com").await;
    assert!(user.unwrap().unwrap().external_accounts.is_empty());
}

#[tokio::test]
async fn a_sign_up_with_a_known_account_becomes_a_sign_in() {
    let world = World::new().await;
    let ada = signed_up(&mut world.browser().await, "oauth_google", &ADA).await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_up(&mut browser, "oauth_google").await;
    let verification = &attempt["verifications"]["external_account"];
    let back = travel(&mut browser, verification, &ADA).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let client = browser.get("/v1/client").await;
    let verification = &client.response()["sign_up"]["verifications"]["external_account"];
    assert_eq!(verification["status"], "transferable");
    assert_eq!(verification["error"]["code"], "external_account_exists");
    let done = browser
        .post("/v1/client/sign_ins", &[("transfer", "true")])
        .await;
    assert_eq!(done.response()["status"], "complete");
    assert_eq!(
        done.json["client"]["sessions"][0]["user"]["id"],
        ada.as_str()
    );
}

#[tokio::test]
async fn a_second_arrival_of_the_same_person_names_the_session() {
    let (world, mut browser) = World::with_person("ada@example.com").await;
    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    let fields = [
        ("strategy", "password"),
        ("identifier", "ada@example.com"),
        ("password", PASSWORD),
    ];
    let mut tab = world.browser().await;
    tab.cookies = browser.cookies.clone();
    let signed_in = tab.post("/v1/client/sign_ins", &fields).await;
    let session = signed_in.response()["created_session_id"].clone();
    // The first tab's way ends in a browser in which Ada sits already.
    travel(&mut browser, &attempt["first_factor_verification"], &ADA).await;
    let id = attempt["id"].as_str().unwrap();
    let attempt = browser.get(&format!("/v1/client/sign_ins/{id}")).await;
    let verification = &attempt.response()["first_factor_verification"];
    assert_eq!(verification["status"], "failed");
    assert_eq!(
        verification["error"]["code"],
        "identifier_already_signed_in"
    );
    assert_eq!(verification["error"]["meta"]["session_id"], session);
}
