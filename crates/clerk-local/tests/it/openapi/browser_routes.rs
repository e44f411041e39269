//! What a browser is answered on its way from signing up to deleting the account.

use super::{Api, published};
use crate::support::{Browser, Local, PASSWORD};

#[tokio::test]
async fn a_browsers_answers_are_as_published() {
    let local = Local::open().await;
    let browser = Browser::new(&local).await;
    let get = |path: &'static str| {
        let browser = &browser;
        async move { published(Api::Browser, path, &browser.get(path).await) }
    };
    get("/v1/client").await;
    let post = |path: String, fields: &'static [(&'static str, &'static str)]| {
        let browser = &browser;
        async move {
            let answer = browser.post(&path, fields).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text);
            published(Api::Browser, &path, &answer)
        }
    };
    let address = "ada+clerk_test@example.com";
    let sign_up = "/v1/client/sign_ups".to_owned();
    let started = post(
        sign_up.clone(),
        &[
            ("email_address", "ada+clerk_test@example.com"),
            ("password", PASSWORD),
        ],
    )
    .await;
    let attempt = format!("{sign_up}/{}", started["response"]["id"].as_str().unwrap());
    post(
        format!("{attempt}/prepare_verification"),
        &[("strategy", "email_code")],
    )
    .await;
    let wrong = browser
        .post(
            &format!("{attempt}/attempt_verification"),
            &[("strategy", "email_code"), ("code", "000000")],
        )
        .await;
    assert_eq!(wrong.error(422), "form_code_incorrect");
    published(Api::Browser, "a wrong code", &wrong);
    post(
        format!("{attempt}/attempt_verification"),
        &[("strategy", "email_code"), ("code", "424242")],
    )
    .await;
    let client = get("/v1/client").await;
    let session = client["response"]["sessions"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        "/v1/me",
        "/v1/me/sessions/active",
        "/v1/me/organization_memberships?paginated=true",
        "/v1/me/organization_invitations",
        "/v1/me/organization_suggestions",
        "/v1/environment",
    ] {
        get(path).await;
    }
    post("/v1/me?_method=PATCH".to_owned(), &[("first_name", "Ada")]).await;
    let made = post("/v1/organizations".to_owned(), &[("name", "Acme")]).await;
    let organization = format!(
        "/v1/organizations/{}",
        made["response"]["id"].as_str().unwrap()
    );
    for path in ["", "/memberships?paginated=true", "/roles", "/invitations"] {
        let path = format!("{organization}{path}");
        published(Api::Browser, &path, &browser.get(&path).await);
    }
    post(
        format!("{organization}/invitations"),
        &[("email_address", "bob@example.com"), ("role", "org:member")],
    )
    .await;
    post(
        format!("/v1/client/sessions/{session}/touch"),
        &[("intent", "select_session")],
    )
    .await;
    post(format!("/v1/client/sessions/{session}/tokens"), &[]).await;
    post(format!("/v1/client/sessions/{session}/remove"), &[]).await;
    let sign_in = post(
        "/v1/client/sign_ins".to_owned(),
        &[("identifier", "ada+clerk_test@example.com")],
    )
    .await;
    let attempt = format!(
        "/v1/client/sign_ins/{}",
        sign_in["response"]["id"].as_str().unwrap()
    );
    post(
        format!("{attempt}/attempt_first_factor"),
        &[("strategy", "password"), ("password", PASSWORD)],
    )
    .await;
    let gone = browser.post("/v1/me?_method=DELETE", &[]).await;
    published(Api::Browser, "an account deleted", &gone);
    let signed_out = browser.get("/v1/me").await;
    published(Api::Browser, "signed out", &signed_out);
    assert!(
        local
            .clerk
            .state()
            .user_by_email(address)
            .await
            .unwrap()
            .is_none()
    );
}
