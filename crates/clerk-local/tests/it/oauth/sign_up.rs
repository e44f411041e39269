//! Signing up.

use super::{
    ADA, APP, SSO_CALLBACK, UNVERIFIED_ADA, begin_sign_up, decide, signed_up, travel, way_out,
};
use crate::browser::World;

#[tokio::test]
async fn the_new_person_is_told_of_with_the_account() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let ada = signed_up(&mut browser, "oauth_google", &ADA).await;
    let user = world.clerk.state().user(&ada).await.unwrap().unwrap();
    let account = &user.external_accounts[0];
    let shown = browser.get("/v1/me").await;
    let shown = &shown.response()["external_accounts"][0];
    // Google's accounts have a shape of their own.
    assert_eq!(shown["object"], "google_account");
    assert_eq!(shown["id"], account.identification_id.as_str());
    assert_eq!(shown["external_account_id"], account.id.as_str());
    assert_eq!(
        shown["approved_scopes"]
            .as_str()
            .unwrap()
            .split(' ')
            .count(),
        5
    );
    assert!(!shown.to_string().contains("ya29."), "{shown}");
    let events = world.clerk.state().recent_deliveries(50).await.unwrap();
    let created = events
        .iter()
        .find(|event| event.event_type == "user.created");
    let payload = created.unwrap().payload.to_string();
    assert!(payload.contains(&account.id), "{payload}");
    assert!(!payload.contains("ya29."), "{payload}");
}

#[tokio::test]
async fn an_unverified_address_has_to_be_verified_here() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_up(&mut browser, "oauth_discord").await;
    let verification = &attempt["verifications"]["external_account"];
    let back = travel(&mut browser, verification, &UNVERIFIED_ADA).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let client = browser.get("/v1/client").await;
    let sign_up = &client.response()["sign_up"];
    assert_eq!(sign_up["status"], "missing_requirements");
    assert_eq!(sign_up["missing_fields"].as_array().unwrap().len(), 0);
    assert_eq!(sign_up["unverified_fields"][0], "email_address");
    assert_eq!(
        sign_up["verifications"]["external_account"]["status"],
        "verified"
    );
    let path = format!("/v1/client/sign_ups/{}", sign_up["id"].as_str().unwrap());
    let strategy = ("strategy", "email_code");
    browser
        .post(&format!("{path}/prepare_verification"), &[strategy])
        .await;
    let code = world.newest_code().await;
    let fields = [strategy, ("code", code.as_str())];
    let done = browser
        .post(&format!("{path}/attempt_verification"), &fields)
        .await;
    assert_eq!(done.response()["status"], "complete");
    let user = &done.json["client"]["sessions"][0]["user"];
    assert_eq!(user["external_accounts"][0]["provider"], "oauth_discord");
    assert_eq!(
        user["email_addresses"][0]["verification"]["strategy"],
        "email_code"
    );
}

#[tokio::test]
async fn another_address_than_the_verified_one_is_not_verified() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_up(&mut browser, "oauth_discord").await;
    let verification = &attempt["verifications"]["external_account"];
    travel(&mut browser, verification, &UNVERIFIED_ADA).await;
    let path = format!(
        "/v1/client/sign_ups/{}?_method=PATCH",
        attempt["id"].as_str().unwrap()
    );
    let changed = browser
        .post(&path, &[("email_address", "eve@example.com")])
        .await;
    assert_eq!(changed.response()["status"], "missing_requirements");
    assert_eq!(changed.response()["unverified_fields"][0], "email_address");
}

#[tokio::test]
async fn one_account_is_one_person_however_often_it_arrives() {
    let world = World::new().await;
    let (mut one, mut other) = (world.browser().await, world.browser().await);
    let mut callbacks = Vec::new();
    for browser in [&mut one, &mut other] {
        let attempt = begin_sign_up(browser, "oauth_google").await;
        let url = way_out(&attempt["verifications"]["external_account"]);
        callbacks.push(decide(browser, &url, &ADA).await);
    }
    let (first, second) = tokio::join!(one.get(&callbacks[0]), other.get(&callbacks[1]));
    let done = [&first, &second]
        .into_iter()
        .filter(|back| back.location().starts_with(APP));
    assert_eq!(done.count(), 1);
    let (_, total) = world
        .clerk
        .state()
        .users(&Default::default())
        .await
        .unwrap();
    assert_eq!(total, 1);
}
