//! The portal's page of one's own account, walked as a browser without JavaScript does.

use crate::browser::{Browser, PASSWORD, World, other_code};
use axum::http::StatusCode;

const PAGE: &str = "/portal/user";

async fn text(browser: &mut Browser) -> String {
    let page = browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.text
}

/// The ids in addresses of the page that begin so.
fn ids(page: &str, start: &str) -> Vec<String> {
    let mut found: Vec<String> = page
        .split(start)
        .skip(1)
        .filter_map(|rest| rest.split(['/', '"']).next())
        .map(str::to_owned)
        .collect();
    found.dedup();
    found
}

#[tokio::test]
async fn a_signed_out_browser_signs_in_first() {
    let world = World::new().await;
    let page = world.stranger().get(PAGE).await;
    assert!(
        page.location()
            .starts_with("/__clerk/portal/sign-in?redirect_url=")
    );
    for form in [
        "names",
        "addresses",
        "password",
        "delete",
        "devices/sess_1/sign-out",
    ] {
        let sent = world
            .browser()
            .await
            .post(&format!("{PAGE}/{form}"), &[])
            .await;
        assert!(
            sent.location().starts_with("/__clerk/portal/sign-in"),
            "{form}"
        );
    }
}

#[tokio::test]
async fn names_are_kept_in_the_form_when_they_are_refused() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let good = [("first_name", "Ada"), ("last_name", "Byron")];
    let saved = ada.post("/portal/user/names", &good).await;
    assert_eq!(saved.location(), "/__clerk/portal/user?saved=names");
    let told = ada.get(saved.location()).await.text;
    assert!(told.contains(r#"value="Byron""#) && told.contains("Saved."));
    assert!(!text(&mut ada).await.contains("Saved."));
    let long = "x".repeat(257);
    let bad = [("first_name", long.as_str()), ("last_name", "King")];
    let refused = ada.post("/portal/user/names", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(r#"id="first_name-error""#));
    assert!(refused.text.contains(&long) && refused.text.contains(r#"value="King""#));
}

#[tokio::test]
async fn an_address_is_added_verified_put_first_and_the_other_removed() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let form = [("email_address", "ada@example.com")];
    let taken = ada.post("/portal/user/addresses", &form).await;
    assert!(
        taken.text.contains(r#"id="email_address-error""#),
        "{}",
        taken.text
    );
    let form = [("email_address", "new@example.com")];
    let added = ada.post("/portal/user/addresses", &form).await;
    let verify = added.location().to_owned();
    assert!(ada.get(&verify).await.text.contains("new@example.com"));
    let code = world.newest_code().await;
    let wrong = ada.post(&verify, &[("code", other_code(&code))]).await;
    assert!(wrong.text.contains(r#"id="code-error""#));
    let done = ada.post(&verify, &[("code", &code)]).await;
    assert_eq!(done.location(), "/__clerk/portal/user");

    let id = ids(&verify, "/portal/user/addresses/").remove(0);
    let first = format!("/portal/user/addresses/{id}/primary");
    ada.post(&first, &[]).await.location();
    let page = text(&mut ada).await;
    let old = ids(&page, "/portal/user/addresses/").remove(0);
    assert_ne!(old, id);
    let remove = format!("/portal/user/addresses/{old}/remove");
    ada.post(&remove, &[]).await.location();
    let page = text(&mut ada).await;
    assert!(page.contains("new@example.com") && !page.contains("ada@example.com"));
}

#[tokio::test]
async fn the_password_changes_and_devices_sign_out() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut here = world.signed_in("ada@example.com").await;
    let mut there = world.signed_in("ada@example.com").await;
    let page = text(&mut here).await;
    assert!(page.contains("This device"));
    let others = ids(&page, "/portal/user/devices/");
    assert_eq!(others.len(), 1);
    let end = format!("/portal/user/devices/{}/sign-out", others[0]);
    assert_eq!(
        here.post(&end, &[]).await.location(),
        "/__clerk/portal/user"
    );
    assert_eq!(there.get("/v1/me").await.error().1, "signed_out");

    let wrong = [
        ("current_password", "wrong"),
        ("new_password", "a new password"),
    ];
    let refused = here.post("/portal/user/password", &wrong).await;
    assert!(refused.text.contains(r#"id="current_password-error""#));
    assert!(!refused.text.contains("a new password"));
    let mut again = world.signed_in("ada@example.com").await;
    let right = [
        ("current_password", PASSWORD),
        ("new_password", "a new password"),
        ("sign_out_others", "true"),
    ];
    here.post("/portal/user/password", &right).await.location();
    assert_eq!(again.get("/v1/me").await.error().1, "signed_out");
    here.get("/v1/me").await.response();
}

#[tokio::test]
async fn deleting_the_account_asks_for_the_words() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let slip = ada
        .post("/portal/user/delete", &[("confirmation", "")])
        .await;
    assert!(slip.text.contains(r#"id="confirmation-error""#));
    let sure = [("confirmation", "delete account")];
    let gone = ada.post("/portal/user/delete", &sure).await;
    assert!(gone.location().starts_with("http://localhost:3000/"));
    assert_eq!(ada.get("/v1/me").await.error().1, "signed_out");
}

#[tokio::test]
async fn an_added_address_is_verified_by_a_link() {
    let world = World::with(|options| options.email_links = true).await;
    world.person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let form = [("email_address", "new@example.com")];
    let added = ada.post("/portal/user/addresses", &form).await;
    let waiting = added.location().to_owned();
    let page = ada.get(&waiting).await;
    assert_eq!(page.headers["refresh"], "3");
    assert!(page.text.contains("new@example.com"));
    let mut phone = world.stranger();
    let led = phone.get(&world.newest_link().await).await;
    let told = phone.get(led.location()).await;
    assert!(told.text.contains("You have confirmed your email address"));
    assert_eq!(ada.get(&waiting).await.location(), "/__clerk/portal/user");
    assert!(!text(&mut ada).await.contains("Not verified"));
    let again = ada.get(&world.newest_link().await).await;
    let told = ada.get(again.location()).await;
    assert!(told.text.contains("This link cannot be used"));
    // A code does as well.
    let form = [("email_address", "third@example.com")];
    let added = ada.post("/portal/user/addresses", &form).await;
    let page = added.location().to_owned();
    ada.post(&format!("{page}/send-code"), &[]).await.location();
    let code = world.newest_code().await;
    let done = ada.post(&page, &[("code", &code)]).await;
    assert_eq!(done.location(), "/__clerk/portal/user");
}
