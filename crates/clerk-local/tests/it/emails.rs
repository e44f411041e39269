//! The addresses people add, verify, put first and remove.

use serde_json::Value;

use crate::browser::{Browser, PASSWORD, World, other_code};

const EMAILS: &str = "/v1/me/email_addresses";

async fn add(browser: &mut Browser, email: &str) -> String {
    let added = browser.post(EMAILS, &[("email_address", email)]).await;
    added.response()["id"].as_str().unwrap().to_owned()
}

async fn send_code(world: &World, browser: &mut Browser, id: &str) -> String {
    let path = format!("{EMAILS}/{id}/prepare_verification");
    let sent = browser.post(&path, &[("strategy", "email_code")]).await;
    assert_eq!(sent.response()["verification"]["status"], "unverified");
    world.newest_code().await
}

async fn verify(world: &World, browser: &mut Browser, id: &str) -> Value {
    let code = send_code(world, browser, id).await;
    let path = format!("{EMAILS}/{id}/attempt_verification");
    let done = browser.post(&path, &[("code", &code)]).await;
    done.response()["verification"]["status"].clone()
}

#[tokio::test]
async fn an_address_is_added_verified_put_first_and_the_old_one_removed() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let before = ada.get("/v1/me").await;
    let old = before.response()["primary_email_address_id"].as_str();
    let old = old.unwrap().to_owned();
    // clerk-js puts a slash at the end.
    let form = [("email_address", "Ada@New.example")];
    let added = ada.post(&format!("{EMAILS}/"), &form).await;
    assert_eq!(added.response()["verification"], Value::Null);
    let id = added.response()["id"].as_str().unwrap().to_owned();

    let me = "/v1/me?_method=PATCH";
    let first = [("primary_email_address_id", id.as_str())];
    let early = ada.post(me, &first).await;
    let expected = (
        422,
        "form_resource_not_found",
        Some("primary_email_address_id"),
    );
    assert_eq!(early.error(), expected);

    let code = send_code(&world, &mut ada, &id).await;
    let attempt = format!("{EMAILS}/{id}/attempt_verification");
    let wrong = ada.post(&attempt, &[("code", other_code(&code))]).await;
    assert_eq!(wrong.error(), (422, "form_code_incorrect", Some("code")));
    let shown = ada.get(&format!("{EMAILS}/{id}")).await;
    assert_eq!(shown.response()["verification"]["attempts"], 1);
    let done = ada.post(&attempt, &[("code", &code)]).await;
    assert_eq!(done.response()["verification"]["status"], "verified");
    let again = ada.post(&attempt, &[("code", &code)]).await;
    assert_eq!(again.error().1, "verification_already_verified");

    let user = ada.post(me, &first).await;
    assert_eq!(user.response()["primary_email_address_id"], id.as_str());
    let removed = ada
        .post(&format!("{EMAILS}/{old}?_method=DELETE"), &[])
        .await;
    assert_eq!(removed.response()["deleted"], true);
    let last = ada
        .post(&format!("{EMAILS}/{id}?_method=DELETE"), &[])
        .await;
    let expected = (400, "last_required_identification_deletion_failed", None);
    assert_eq!(last.error(), expected);

    // The new address signs in, the old one does not.
    let mut elsewhere = world.browser().await;
    let unknown = [("identifier", "ada@example.com")];
    let unknown = elsewhere.post("/v1/client/sign_ins", &unknown).await;
    assert_eq!(unknown.error().1, "form_identifier_not_found");
    let known = [("identifier", "ada@new.example"), ("password", PASSWORD)];
    let known = elsewhere.post("/v1/client/sign_ins", &known).await;
    assert_eq!(known.response()["status"], "complete");
    assert_eq!(world.events("user.updated").await, 4);
}

#[tokio::test]
async fn removing_the_primary_address_makes_another_one_primary() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let me = ada.get("/v1/me").await;
    let old = me.response()["primary_email_address_id"].as_str().unwrap();
    let old = format!("{EMAILS}/{old}?_method=DELETE");
    add(&mut ada, "open@new.example").await;
    // An address that is not verified does not keep the account reachable.
    assert_eq!(ada.post(&old, &[]).await.error().0, 400);
    let heir = add(&mut ada, "heir@new.example").await;
    assert_eq!(verify(&world, &mut ada, &heir).await, "verified");
    ada.post(&old, &[]).await.response();
    let me = ada.get("/v1/me").await;
    assert_eq!(me.response()["primary_email_address_id"], heir.as_str());
}

#[tokio::test]
async fn a_merely_added_address_is_nobodys() {
    let (world, mut bob) = World::with_person("ada@example.com").await;
    world.person("bob@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    for taken in ["bob@example.com", "ADA@example.com"] {
        let refused = ada.post(EMAILS, &[("email_address", taken)]).await;
        let expected = (422, "form_identifier_exists", Some("email_address"));
        assert_eq!(refused.error(), expected);
    }
    let malformed = ada.post(EMAILS, &[("email_address", "no address")]).await;
    assert_eq!(malformed.error().1, "form_param_format_invalid");

    // It neither signs in nor keeps its owner from signing up or adding it.
    let eve = add(&mut ada, "eve@example.com").await;
    let unknown = [("identifier", "eve@example.com")];
    let unknown = bob.post("/v1/client/sign_ins", &unknown).await;
    assert_eq!(unknown.error().1, "form_identifier_not_found");
    let mut bob = world.signed_in("bob@example.com").await;
    let own = add(&mut bob, "eve@example.com").await;
    let code = send_code(&world, &mut ada, &eve).await;
    assert_eq!(verify(&world, &mut bob, &own).await, "verified");
    // Who comes second has it no more, even with the right code.
    let attempt = format!("{EMAILS}/{eve}/attempt_verification");
    let late = ada.post(&attempt, &[("code", &code)]).await;
    assert_eq!(late.error(), (400, "identification_claimed", None));
}

#[tokio::test]
async fn another_persons_address_is_not_found() {
    let (world, _) = World::with_person("ada@example.com").await;
    world.person("bob@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let mut bob = world.signed_in("bob@example.com").await;
    let id = add(&mut bob, "more@example.com").await;
    send_code(&world, &mut bob, &id).await;
    for id in [id.as_str(), "idn_none"] {
        let path = format!("{EMAILS}/{id}");
        assert_eq!(
            ada.get(&path).await.error(),
            (404, "resource_not_found", None)
        );
        for (action, field) in [
            ("?_method=DELETE", ("", "")),
            ("/prepare_verification", ("strategy", "email_code")),
            ("/attempt_verification", ("code", "424242")),
        ] {
            let refused = ada.post(&format!("{path}{action}"), &[field]).await;
            assert_eq!(refused.error(), (404, "resource_not_found", None));
        }
    }
    let unknown = [("strategy", "phone_code")];
    let path = format!("{EMAILS}/{id}/prepare_verification");
    assert_eq!(bob.post(&path, &unknown).await.error().0, 422);
}

#[tokio::test]
async fn guesses_and_open_addresses_are_bounded() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let id = add(&mut ada, "more@example.com").await;
    let code = send_code(&world, &mut ada, &id).await;
    let attempt = format!("{EMAILS}/{id}/attempt_verification");
    for _ in 0..5 {
        let wrong = ada.post(&attempt, &[("code", other_code(&code))]).await;
        assert_eq!(wrong.error().1, "form_code_incorrect");
    }
    let right = ada.post(&attempt, &[("code", &code)]).await;
    assert_eq!(right.error().1, "verification_failed");

    let code = send_code(&world, &mut ada, &id).await;
    world.clock.advance(10 * 60 * 1000);
    let late = ada.post(&attempt, &[("code", &code)]).await;
    assert_eq!(late.error().1, "verification_expired");

    let mut ada = world.signed_in("ada@example.com").await;
    for number in 1..10 {
        add(&mut ada, &format!("more{number}@example.com")).await;
    }
    let form = [("email_address", "one-too-many@example.com")];
    let refused = ada.post(EMAILS, &form).await;
    let expected = (400, "too_many_unverified_identifications", None);
    assert_eq!(refused.error(), expected);
    let all = ada.get(EMAILS).await;
    assert_eq!(all.json.as_array().map(Vec::len), Some(11));
}
