//! The page that plays the provider.

use clerk_local::state::Provider;
use url::Url;

use super::{ADA, begin_sign_in, decide, way_out};
use crate::browser::{Browser, World};

async fn page(browser: &mut Browser) -> Url {
    let attempt = begin_sign_in(browser, "oauth_github").await;
    Url::parse(&way_out(&attempt["first_factor_verification"])).unwrap()
}

/// The address with one parameter changed.
fn with(url: &Url, name: &str, value: &str) -> String {
    let mut changed = url.clone();
    let kept = url.query_pairs().filter(|(key, _)| key != name);
    changed
        .query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .append_pair(name, value);
    changed.into()
}

#[tokio::test]
async fn only_the_instance_s_own_requests_are_taken() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let url = page(&mut browser).await;
    for (name, value) in [
        ("redirect_uri", "https://evil.example/callback"),
        (
            "redirect_uri",
            "http://localhost:3000/__clerk/v1/oauth_callback?x=1",
        ),
        ("client_id", "ins_other"),
        ("response_type", "token"),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("state", ""),
    ] {
        let refused = browser.get(&with(&url, name, value)).await;
        assert_eq!(refused.status, 400, "{name}={value}");
        assert!(!refused.headers.contains_key("location"));
        let posted: Vec<(String, String)> = Url::parse(&with(&url, name, value))
            .unwrap()
            .query_pairs()
            .into_owned()
            .chain([("email_address".to_owned(), "ada@example.com".to_owned())])
            .collect();
        let posted: Vec<(&str, &str)> = posted
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        let refused = browser.post(url.path(), &posted).await;
        assert_eq!(refused.status, 400, "{name}={value}");
    }
    let unknown = url.as_str().replace("/github/", "/apple/");
    assert_eq!(browser.get(&unknown).await.status, 404);
}

#[tokio::test]
async fn forms_of_other_origins_are_refused() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let url = page(&mut browser).await;
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    fields.extend(ADA);
    browser.origin = Some("https://evil.example".to_owned());
    assert_eq!(browser.post(url.path(), &fields).await.status, 403);
    let accounts = world
        .clerk
        .state()
        .provider_accounts(Provider::Github)
        .await
        .unwrap();
    assert!(accounts.is_empty());
}

#[tokio::test]
async fn what_was_typed_stays_when_it_is_refused() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let url = page(&mut browser).await;
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    fields.extend([("email_address", "<b>no address"), ("first_name", "Ada")]);
    let again = browser.post(url.path(), &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text.contains("&lt;b&gt;no address"), "{}", again.text);
    assert!(again.text.contains(r#"aria-invalid="true""#));
    assert!(again.text.contains(r#"value="Ada""#));
    assert!(!again.text.contains("<b>no"));
}

#[tokio::test]
async fn an_account_is_found_again_at_its_own_provider() {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let url = page(&mut browser).await;
    decide(&mut browser, url.as_str(), &ADA).await;
    let accounts = world
        .clerk
        .state()
        .provider_accounts(Provider::Github)
        .await
        .unwrap();
    let id = accounts[0].id.clone();
    let shown = browser.get(url.as_str()).await;
    assert!(shown.text.contains("ada@example.com"));
    // Chosen from the list, and typed again in other letters, it is the same.
    decide(&mut browser, url.as_str(), &[("account", &id)]).await;
    decide(
        &mut browser,
        url.as_str(),
        &[("email_address", "ADA@example.com")],
    )
    .await;
    let accounts = world
        .clerk
        .state()
        .provider_accounts(Provider::Github)
        .await
        .unwrap();
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0].first_name, "Ada");
    // Another provider does not know it.
    let elsewhere = url.as_str().replace("/github/", "/google/");
    assert!(
        !browser
            .get(&elsewhere)
            .await
            .text
            .contains("ada@example.com")
    );
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    fields.push(("account", &id));
    let foreign = browser
        .post(&url.path().replace("/github/", "/google/"), &fields)
        .await;
    assert_eq!(foreign.status, 404);
}
