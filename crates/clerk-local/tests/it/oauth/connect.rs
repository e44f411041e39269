//! Accounts of somebody who is signed in, and the backend's view of them.

use serde_json::Value;

use super::{ADA, SSO_CALLBACK, signed_up, travel};
use crate::browser::{Browser, World};

const PATH: &str = "/v1/me/external_accounts";

async fn connect(browser: &mut Browser, strategy: &str) -> Value {
    let fields = [("strategy", strategy), ("redirect_url", SSO_CALLBACK)];
    browser.post(PATH, &fields).await.response().clone()
}

/// The person's accounts as their browser sees them.
async fn accounts(browser: &mut Browser) -> Vec<Value> {
    let me = browser.get("/v1/me").await;
    me.response()["external_accounts"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn an_account_is_connected_renewed_and_removed() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut browser = world.signed_in("ada@example.com").await;
    let begun = connect(&mut browser, "oauth_github").await;
    assert_eq!(begun["provider"], "oauth_github");
    let elsewhere = [("email_address", "byron@example.net"), ("verified", "on")];
    let back = travel(&mut browser, &begun["verification"], &elsewhere).await;
    assert_eq!(back.location(), SSO_CALLBACK);
    let known = accounts(&mut browser).await;
    assert_eq!(known.len(), 1);
    assert_eq!(known[0]["id"], begun["id"]);
    assert_eq!(known[0]["verification"]["status"], "verified");
    assert_eq!(known[0]["username"], "byron");
    // The address that the provider vouches for is the person's now.
    let me = browser.get("/v1/me").await;
    let emails = me.response()["email_addresses"].as_array().unwrap();
    let taken = emails
        .iter()
        .find(|it| it["email_address"] == "byron@example.net");
    let strategy = &taken.unwrap()["verification"]["strategy"];
    assert_eq!(strategy, "from_oauth_github");
    assert_eq!(emails.len(), 2);

    let fields = [("strategy", "oauth_github"), ("redirect_url", SSO_CALLBACK)];
    let twice = browser.post(PATH, &fields).await;
    assert_eq!(
        twice.error(),
        (400, "oauth_account_already_connected", None)
    );

    let one = format!("{PATH}/{}", begun["id"].as_str().unwrap());
    let more = [("additional_scope", "gist"), ("redirect_url", SSO_CALLBACK)];
    let renewed = browser
        .post(&format!("{one}/reauthorize?_method=PATCH"), &more)
        .await;
    let way = renewed.response()["verification"].clone();
    // Until the person is back, everything is as it was.
    assert_eq!(
        accounts(&mut browser).await[0]["verification"]["status"],
        "verified"
    );
    travel(&mut browser, &way, &elsewhere).await;
    let scopes = accounts(&mut browser).await[0]["approved_scopes"].clone();
    assert_eq!(scopes, "read:user user:email gist");
    // Another account there is not the one to renew.
    let renewed = browser
        .post(&format!("{one}/reauthorize?_method=PATCH"), &more)
        .await;
    let way = renewed.response()["verification"].clone();
    travel(
        &mut browser,
        &way,
        &[("email_address", "other@example.net")],
    )
    .await;
    let known = accounts(&mut browser).await;
    assert_eq!(known[0]["email_address"], "byron@example.net");
    assert_eq!(
        known[0]["verification"]["error"]["code"],
        "oauth_account_already_connected"
    );

    let removed = browser.post(&format!("{one}?_method=DELETE"), &[]).await;
    assert_eq!(removed.response()["deleted"], true);
    assert!(accounts(&mut browser).await.is_empty());
}

#[tokio::test]
async fn an_account_of_somebody_else_is_not_connected() {
    let world = World::new().await;
    signed_up(&mut world.browser().await, "oauth_google", &ADA).await;
    world.person("bob@example.com").await;
    let mut bob = world.signed_in("bob@example.com").await;
    let begun = connect(&mut bob, "oauth_google").await;
    travel(&mut bob, &begun["verification"], &ADA).await;
    let failed = &accounts(&mut bob).await[0];
    assert_eq!(failed["verification"]["status"], "failed");
    let code = &failed["verification"]["error"]["code"];
    assert_eq!(code, "oauth_identification_claimed");
    assert_eq!(failed["email_address"], "");
    // Nor is one with her verified address at another provider.
    let begun = connect(&mut bob, "oauth_github").await;
    travel(&mut bob, &begun["verification"], &ADA).await;
    let failed = accounts(&mut bob).await[1].clone();
    assert_eq!(failed["verification"]["status"], "failed");
}

#[tokio::test]
async fn whoever_sits_there_later_gets_no_account() {
    let world = World::new().await;
    world.person("ada@example.com").await;
    world.person("bob@example.com").await;
    let mut browser = world.signed_in("ada@example.com").await;
    let begun = connect(&mut browser, "oauth_github").await;
    browser
        .post("/v1/client/sessions?_method=DELETE", &[])
        .await;
    let fields = [
        ("strategy", "password"),
        ("identifier", "bob@example.com"),
        ("password", crate::browser::PASSWORD),
    ];
    browser
        .post("/v1/client/sign_ins", &fields)
        .await
        .response();
    let elsewhere = [("email_address", "byron@example.net"), ("verified", "on")];
    travel(&mut browser, &begun["verification"], &elsewhere).await;
    assert!(accounts(&mut browser).await.is_empty());
    let state = world.clerk.state();
    let ada = state
        .user_by_email("ada@example.com")
        .await
        .unwrap()
        .unwrap();
    assert!(!ada.external_accounts[0].is_linked());
    assert_eq!(ada.email_addresses.len(), 1);
}

#[tokio::test]
async fn foreign_accounts_answer_as_missing_ones() {
    let world = World::new().await;
    let ada = signed_up(&mut world.browser().await, "oauth_google", &ADA).await;
    let ada = world.clerk.state().user(&ada).await.unwrap().unwrap();
    let id = &ada.external_accounts[0].id;
    world.person("bob@example.com").await;
    let mut bob = world.signed_in("bob@example.com").await;
    let redirect = [("redirect_url", SSO_CALLBACK)];
    for (tail, fields) in [
        ("?_method=DELETE", &[][..]),
        ("/tokens?_method=DELETE", &[][..]),
        ("/reauthorize?_method=PATCH", &redirect[..]),
    ] {
        let foreign = bob.post(&format!("{PATH}/{id}{tail}"), fields).await;
        let missing = bob.post(&format!("{PATH}/eac_nothing{tail}"), fields).await;
        assert_eq!(foreign.error(), (404, "external_account_not_found", None));
        assert_eq!(missing.error(), foreign.error());
    }
    let stranger = world.browser().await.post(PATH, &redirect).await;
    assert_eq!(stranger.error(), (401, "signed_out", None));
}

/// A call of the backend API of a world.
async fn backend(world: &World, method: &str, path: &str) -> (u16, Value) {
    use tower::ServiceExt;
    let secret = world.clerk.secret_key();
    let request = http::Request::builder()
        .method(method)
        .uri(format!("/backend{path}"))
        .header("authorization", format!("Bearer {}", secret.expose()));
    let request = request.body(axum::body::Body::empty()).unwrap();
    let answer = world.clerk.router().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn backends_find_people_by_their_accounts() {
    let world = World::new().await;
    let ada = signed_up(&mut world.browser().await, "oauth_google", &ADA).await;
    world.person("bob@example.com").await;
    let account = world.clerk.state().user(&ada).await.unwrap().unwrap();
    let number = account.external_accounts[0].provider_user_id.clone();
    let number = number.unwrap();
    for (query, found) in [
        (
            format!("provider=oauth_google&provider_user_id={number}"),
            1,
        ),
        (
            format!("provider=google&provider_user_id=1&provider_user_id={number}"),
            1,
        ),
        (
            format!("provider=oauth_github&provider_user_id={number}"),
            0,
        ),
        (format!("provider=oauth_apple&provider_user_id={number}"), 0),
        ("provider=oauth_google&provider_user_id=1".to_owned(), 0),
    ] {
        let (_, users) = backend(&world, "GET", &format!("/v1/users?{query}")).await;
        assert_eq!(users.as_array().unwrap().len(), found, "{query}");
        let (_, count) = backend(&world, "GET", &format!("/v1/users/count?{query}")).await;
        assert_eq!(count["total_count"], found, "{query}");
    }
    for (alone, missing) in [
        ("provider=oauth_google", "provider_user_id"),
        ("provider_user_id=1", "provider"),
    ] {
        let (status, refused) = backend(&world, "GET", &format!("/v1/users?{alone}")).await;
        assert_eq!(status, 422);
        assert_eq!(refused["errors"][0]["meta"]["param_name"], missing);
    }
}

#[tokio::test]
async fn backends_get_tokens_that_are_good() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let ada = signed_up(&mut browser, "oauth_google", &ADA).await;
    let path = format!("/v1/users/{ada}/oauth_access_tokens");
    let (status, tokens) = backend(&world, "GET", &format!("{path}/google")).await;
    assert_eq!(status, 200);
    let first = tokens[0]["token"].as_str().unwrap().to_owned();
    assert!(first.starts_with("ya29."));
    assert_eq!(tokens[0]["object"], "oauth_access_token");
    assert_eq!(tokens[0]["scopes"].as_array().unwrap().len(), 5);
    let (_, page) = backend(
        &world,
        "GET",
        &format!("{path}/oauth_google?paginated=true"),
    )
    .await;
    assert_eq!(page["total_count"], 1);
    assert_eq!(page["data"][0]["token"], first.as_str());
    // An expired one is renewed.
    world.clock.advance(60 * 60 * 1000);
    let (_, tokens) = backend(&world, "GET", &format!("{path}/google")).await;
    assert_ne!(tokens[0]["token"], first.as_str());
    let now = world.clerk.state().now_ms();
    assert!(tokens[0]["expires_at"].as_i64().unwrap() > now);
    let (status, _) = backend(&world, "GET", &format!("{path}/apple")).await;
    assert_eq!(status, 400);
    let (_, none) = backend(&world, "GET", &format!("{path}/github")).await;
    assert_eq!(none, serde_json::json!([]));

    let account = accounts(&mut browser).await[0].clone();
    let one = format!("{PATH}/{}", account["id"].as_str().unwrap());
    browser
        .post(&format!("{one}/tokens?_method=DELETE"), &[])
        .await
        .response();
    let (_, none) = backend(&world, "GET", &format!("{path}/google")).await;
    assert_eq!(none, serde_json::json!([]));
    let eac = account["external_account_id"].as_str().unwrap();
    let one = format!("/v1/users/{ada}/external_accounts/{eac}");
    let (status, gone) = backend(&world, "DELETE", &one).await;
    assert_eq!((status, &gone["deleted"]), (200, &Value::Bool(true)));
    let (status, _) = backend(&world, "DELETE", &one).await;
    assert_eq!(status, 404);
    assert!(accounts(&mut browser).await.is_empty());
}
