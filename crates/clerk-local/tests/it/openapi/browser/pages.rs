//! What a page loads before anybody is named.

use super::{GIF, OCTETS, World};

pub async fn journey() -> World {
    let world = World::new().await;
    world.person(super::BOB).await;
    let mut stranger = world.stranger();
    stranger.get("/v1/client").await;
    for path in [
        "/.well-known/jwks.json",
        "/v1/health",
        "/v1/environment",
        "/v1/clear-site-data",
        "/v1/avatars/user_1/AB.svg",
    ] {
        assert_eq!(stranger.get(path).await.status, 200, "{path}");
    }
    stranger.post("/v1/environment?_method=PATCH", &[]).await;
    let mut browser = world.browser().await;
    for path in ["/v1/client?_method=PUT", "/v1/client"] {
        browser.post(path, &[]).await.response();
    }
    browser.get("/v1/client").await.response();
    let mut bob = world.signed_in(super::BOB).await;
    let uploaded = bob.upload("/v1/me/profile_image", OCTETS, GIF).await;
    let url = uploaded.response()["public_url"].as_str().unwrap();
    assert_eq!(stranger.get(url).await.status, 200);
    let way = "/v1/client/handshake?redirect_url=http://localhost:3000/app";
    assert_eq!(bob.get(way).await.status, 307);
    bob.get("/v1/client").await.response();
    bob.post("/v1/client?_method=DELETE", &[]).await.response();
    bob.get("/v1/me").await.error();
    world
}
