//! Authenticator apps, backup codes, passkeys, accounts at providers.

use super::{BOB, World, id};
use crate::{
    browser::{app::App, authenticator::Authenticator},
    oauth::{self, SSO_CALLBACK},
};

pub async fn journey() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    App::set_up(&world, &mut browser).await;
    browser.post("/v1/me/backup_codes", &[]).await.response();
    let (_, passkey) = Authenticator::registered(&mut browser).await;
    let path = format!("/v1/me/passkeys/{passkey}");
    browser.get(&path).await.response();
    let name = [("name", "My laptop")];
    browser
        .post(&format!("{path}?_method=PATCH"), &name)
        .await
        .response();
    browser.get("/v1/me").await.response();
    for path in [&path, "/v1/me/totp"] {
        let removed = browser.post(&format!("{path}?_method=DELETE"), &[]).await;
        assert_eq!(removed.response()["deleted"], true);
    }
    world
}

pub async fn accounts() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    let path = "/v1/me/external_accounts";
    let there = [("email_address", "work@example.net"), ("verified", "on")];
    for strategy in ["oauth_google", "oauth_discord"] {
        let fields = [("strategy", strategy), ("redirect_url", SSO_CALLBACK)];
        let begun = browser.post(path, &fields).await;
        let begun = begun.response().clone();
        browser.get("/v1/me").await.response();
        oauth::travel(&mut browser, &begun["verification"], &there).await;
        browser.get("/v1/me").await.response();
        let one = format!("{path}/{}", id(&begun));
        let more = [
            ("additional_scope", "extra"),
            ("redirect_url", SSO_CALLBACK),
        ];
        let renew = format!("{one}/reauthorize?_method=PATCH");
        browser.post(&renew, &more).await.response();
        for what in ["/tokens", ""] {
            let remove = format!("{one}{what}?_method=DELETE");
            browser.post(&remove, &[]).await.response();
        }
    }
    world
}
