//! What can go wrong on the way: refusals, foreign browsers, replays, lateness.

use super::{ADA, SSO_CALLBACK, begin_sign_in, begin_sign_up, decide, parameter, travel, way_out};
use crate::browser::{Browser, World};

/// The verification of the sign-in under way in this browser.
async fn verification(browser: &mut Browser) -> serde_json::Value {
    let client = browser.get("/v1/client").await;
    client.response()["sign_in"]["first_factor_verification"].clone()
}

#[tokio::test]
async fn a_refusal_is_told_to_the_page() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    let deny = [("decision", "deny")];
    let back = travel(&mut browser, &attempt["first_factor_verification"], &deny).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let verification = verification(&mut browser).await;
    assert_eq!(verification["status"], "failed");
    let error = &verification["error"];
    assert_eq!(error["code"], "oauth_access_denied");
    assert_eq!(
        error["long_message"],
        "You did not grant access to your Google account"
    );
    // The page begins anew.
    let anew = browser.post("/v1/client/sign_ins", &[]).await;
    assert_eq!(anew.response()["status"], "needs_identifier");
    assert!(anew.response()["first_factor_verification"].is_null());
}

#[tokio::test]
async fn nobody_arrives_for_another_browser() {
    let world = World::new().await;
    let (mut ada, mut eve) = (world.browser().await, world.browser().await);
    // Eve sets out and has Ada take her account there.
    let attempt = begin_sign_in(&mut eve, "oauth_google").await;
    let url = way_out(&attempt["first_factor_verification"]);
    let callback = decide(&mut ada, &url, &ADA).await;
    let refused = ada.get(&callback).await;
    assert_eq!(refused.error(), (400, "oauth_callback_invalid", None));
    assert_eq!(verification(&mut eve).await["status"], "unverified");
    // A browser that the instance does not know is no better, whatever its address says.
    let token = &eve.cookies["__clerk_db_jwt"];
    let named = format!("{callback}&__clerk_db_jwt={token}");
    let refused = world.stranger().get(&named).await;
    assert_eq!(refused.error(), (400, "oauth_callback_invalid", None));
    let refused = ada.get(&named).await;
    assert_eq!(refused.error(), (400, "oauth_callback_invalid", None));
}

#[tokio::test]
async fn a_way_ends_once() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    let url = way_out(&attempt["first_factor_verification"]);
    let callback = decide(&mut browser, &url, &ADA).await;
    let mut tab = world.browser().await;
    tab.cookies = browser.cookies.clone();
    let (one, other) = tokio::join!(browser.get(&callback), tab.get(&callback));
    let mut outcomes = [one.status.as_u16(), other.status.as_u16()];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [303, 400]);
    let again = browser.get(&callback).await;
    assert_eq!(again.error(), (400, "oauth_callback_invalid", None));
    for nonsense in [
        "",
        "?state=",
        "?state=x&code=y",
        "?code=y",
        "?error=access_denied",
    ] {
        let refused = browser.get(&format!("/v1/oauth_callback{nonsense}")).await;
        assert_eq!(
            refused.error(),
            (400, "oauth_callback_invalid", None),
            "{nonsense}"
        );
    }
}

#[tokio::test]
async fn a_wrong_code_is_worth_nothing() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    // The code of another way, whose verifier is another one.
    let first = begin_sign_in(&mut browser, "oauth_google").await;
    let first = way_out(&first["first_factor_verification"]);
    let stolen = decide(&mut browser, &first, &ADA).await;
    let stolen = parameter(&stolen, "code").unwrap();
    let second = begin_sign_in(&mut browser, "oauth_google").await;
    let second = way_out(&second["first_factor_verification"]);
    let state = parameter(&second, "state").unwrap();
    let back = browser
        .get(&format!("/v1/oauth_callback?code={stolen}&state={state}"))
        .await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let verification = verification(&mut browser).await;
    assert_eq!(verification["status"], "failed");
    assert_eq!(verification["error"]["code"], "oauth_token_exchange_error");
}

#[tokio::test]
async fn a_code_lives_a_minute_and_a_way_ten() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    let url = way_out(&attempt["first_factor_verification"]);
    let callback = decide(&mut browser, &url, &ADA).await;
    world.clock.advance(60_000);
    browser.get(&callback).await.location();
    let code = verification(&mut browser).await["error"]["code"].clone();
    assert_eq!(code, "oauth_token_exchange_error");

    let attempt = begin_sign_in(&mut browser, "oauth_google").await;
    let url = way_out(&attempt["first_factor_verification"]);
    world.clock.advance(10 * 60_000);
    let callback = decide(&mut browser, &url, &ADA).await;
    browser.get(&callback).await.location();
    let expired = verification(&mut browser).await;
    assert_eq!(expired["status"], "expired");
    assert_eq!(expired["error"]["code"], "verification_expired");
}

#[tokio::test]
async fn the_way_back_leads_to_the_application_only() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    for foreign in [
        "https://evil.example/",
        "//evil.example",
        "http://localhost:3001/",
        "http://localhost:3000@evil.example/",
        "javascript:alert(1)",
    ] {
        for (param, other) in [
            ("redirect_url", "action_complete_redirect_url"),
            ("action_complete_redirect_url", "redirect_url"),
        ] {
            let fields = [
                ("strategy", "oauth_google"),
                (param, foreign),
                (other, "/app"),
            ];
            for path in ["/v1/client/sign_ins", "/v1/client/sign_ups"] {
                let refused = browser.post(path, &fields).await;
                let expected = (422, "invalid_redirect_url", Some(param));
                assert_eq!(refused.error(), expected, "{foreign}");
            }
        }
    }
    let fields = [("strategy", "oauth_google")];
    let missing = browser.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(
        missing.error(),
        (422, "form_param_missing", Some("redirect_url"))
    );
    let fields = [("strategy", "oauth_apple"), ("redirect_url", SSO_CALLBACK)];
    let unknown = browser.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(
        unknown.error(),
        (422, "form_param_value_invalid", Some("strategy"))
    );
}

#[tokio::test]
async fn what_was_given_up_meanwhile_stays_given_up() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let attempt = begin_sign_up(&mut browser, "oauth_google").await;
    let url = way_out(&attempt["verifications"]["external_account"]);
    let callback = decide(&mut browser, &url, &ADA).await;
    // The person goes back and chooses another provider.
    let path = format!(
        "/v1/client/sign_ups/{}?_method=PATCH",
        attempt["id"].as_str().unwrap()
    );
    let fields = [("strategy", "oauth_github"), ("redirect_url", SSO_CALLBACK)];
    let changed = browser.post(&path, &fields).await;
    let verification = &changed.response()["verifications"]["external_account"];
    assert_eq!(verification["strategy"], "oauth_github");
    assert_eq!(browser.get(&callback).await.location(), SSO_CALLBACK);
    let client = browser.get("/v1/client").await;
    let client = client.response();
    assert_eq!(client["sessions"].as_array().unwrap().len(), 0);
    assert!(client["sign_up"]["email_address"].is_null());
}
