//! Social sign-in over the whole way: out to the built-in provider's page, back with a code.

mod connect;
mod provider;
mod sign_in;
mod sign_up;
mod way;

use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::browser::{Answer, Browser};

/// Where pages let the flow go on.
pub const SSO_CALLBACK: &str = "http://localhost:3000/sign-in#/sso-callback";
/// Where pages want to be afterwards.
pub const APP: &str = "http://localhost:3000/app";

/// An account at a provider, as typed in there.
pub const ADA: [(&str, &str); 4] = [
    ("email_address", "ada@example.com"),
    ("first_name", "Ada"),
    ("last_name", "Byron"),
    ("verified", "on"),
];

/// The same address, for which the provider does not vouch.
pub const UNVERIFIED_ADA: [(&str, &str); 1] = [("email_address", "ada@example.com")];

/// Begins a sign-in and gives the attempt.
pub async fn begin_sign_in(browser: &mut Browser, strategy: &str) -> Value {
    begin(browser, "/v1/client/sign_ins", strategy).await
}

/// Begins a sign-up and gives the attempt.
pub async fn begin_sign_up(browser: &mut Browser, strategy: &str) -> Value {
    begin(browser, "/v1/client/sign_ups", strategy).await
}

async fn begin(browser: &mut Browser, path: &str, strategy: &str) -> Value {
    let fields = [
        ("strategy", strategy),
        ("redirect_url", SSO_CALLBACK),
        ("action_complete_redirect_url", "/app"),
    ];
    browser.post(path, &fields).await.response().clone()
}

/// The provider's address in a verification.
#[track_caller]
pub fn way_out(verification: &Value) -> String {
    assert_eq!(verification["status"], "unverified", "{verification}");
    let url = &verification["external_verification_redirect_url"];
    url.as_str().unwrap().to_owned()
}

/// Answers the provider's page as a person does; gives the callback's address.
pub async fn decide(browser: &mut Browser, url: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.get(url).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let url = Url::parse(url).unwrap();
    let hidden: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let mut all: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    all.extend(fields);
    let answer = browser.post(url.path(), &all).await;
    answer.location().to_owned()
}

/// Goes to the provider, takes this account, and comes back.
pub async fn travel(
    browser: &mut Browser,
    verification: &Value,
    fields: &[(&str, &str)],
) -> Answer {
    let callback = decide(browser, &way_out(verification), fields).await;
    browser.get(&callback).await
}

/// Signs somebody up with an account at a provider; gives the person's id.
pub async fn signed_up(browser: &mut Browser, strategy: &str, fields: &[(&str, &str)]) -> String {
    let attempt = begin_sign_up(browser, strategy).await;
    let back = travel(
        browser,
        &attempt["verifications"]["external_account"],
        fields,
    )
    .await;
    assert!(back.location().starts_with(APP), "{}", back.location());
    let client = browser.get("/v1/client").await;
    let user = &client.response()["sessions"][0]["user"];
    user["id"].as_str().unwrap().to_owned()
}

/// One parameter of an address.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
