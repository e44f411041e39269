//! What people change about themselves.

use super::{ADA, BOB, CODE, GIF, OCTETS, PASSWORD, World, id};

pub async fn journey() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    browser.get("/v1/me").await.response();
    let name = [("first_name", "Bob")];
    browser.post("/v1/me?_method=PATCH", &name).await.response();
    let metadata = [("unsafe_metadata", r#"{"object":"user"}"#)];
    let path = "/v1/me/metadata?_method=PATCH";
    browser.post(path, &metadata).await.response();

    let image = "/v1/me/profile_image";
    browser.upload(image, OCTETS, GIF).await.response();
    let remove = format!("{image}?_method=DELETE");
    browser.post(&remove, &[]).await.response();

    let emails = "/v1/me/email_addresses";
    let added = browser.post(emails, &[("email_address", ADA)]).await;
    let one = format!("{emails}/{}", id(added.response()));
    browser.get(&one).await.response();
    let prepare = format!("{one}/prepare_verification");
    let strategy = [("strategy", "email_code")];
    browser.post(&prepare, &strategy).await.response();
    let attempt = format!("{one}/attempt_verification");
    browser.post(&attempt, &[("code", CODE)]).await.response();
    assert_eq!(browser.get(emails).await.json.as_array().unwrap().len(), 2);
    let remove = format!("{one}?_method=DELETE");
    browser.post(&remove, &[]).await.response();

    let next = "another long password";
    let fields = [("current_password", PASSWORD), ("new_password", next)];
    let changed = browser.post("/v1/me/change_password", &fields).await;
    changed.response();
    let fields = [("current_password", next)];
    let removed = browser.post("/v1/me/remove_password", &fields).await;
    removed.response();
    browser.post("/v1/me?_method=DELETE", &[]).await.response();
    browser.get("/v1/me").await.error();
    world
}
