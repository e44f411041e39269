//! Organizations: as a thing, and who is in them or invited.

use super::{ADA, BOB, GIF, OCTETS, World, id};
use crate::browser::Browser;

const ALL: &str = "/v1/organizations";
const MINE: &str = "/v1/me/organization_memberships";

async fn made(browser: &mut Browser, name: &str) -> String {
    let made = browser.post(ALL, &[("name", name)]).await;
    format!("{ALL}/{}", id(made.response()))
}

pub async fn journey() -> World {
    let world = World::new().await;
    world.person(BOB).await;
    let mut browser = world.signed_in(BOB).await;
    let defaults = "/v1/me/organization_creation_defaults";
    browser.get(defaults).await.response();
    let one = made(&mut browser, "Acme").await;
    browser.get(&one).await.response();
    let name = [("name", "Ajax")];
    browser
        .post(&format!("{one}?_method=PATCH"), &name)
        .await
        .response();
    let logo = format!("{one}/logo?_method=PUT");
    browser.upload(&logo, OCTETS, GIF).await.response();
    browser.get("/v1/me").await.response();
    let logo = format!("{one}/logo?_method=DELETE");
    browser.post(&logo, &[]).await.response();
    for path in [
        MINE,
        "/v1/me/organization_suggestions",
        &format!("{one}/roles"),
        &format!("{one}/domains"),
    ] {
        browser.get(path).await.response();
    }
    browser
        .post(&format!("{one}?_method=DELETE"), &[])
        .await
        .response();
    world
}

pub async fn members() -> World {
    let world = World::new().await;
    world.person(ADA).await;
    let bob = world.person(BOB).await;
    let (mut ada, mut bobs) = (world.signed_in(ADA).await, world.signed_in(BOB).await);
    let one = made(&mut ada, "Acme").await;
    let invitations = format!("{one}/invitations");
    let role = ("role", "org:member");
    let fields = [("email_address", BOB), role];
    ada.post(&invitations, &fields).await.response();
    let fields = [
        ("email_address", "x@example.com"),
        ("email_address", "y@example.com"),
        role,
    ];
    let bulk = ada.post(&format!("{invitations}/bulk"), &fields).await;
    let revoke = format!("{invitations}/{}/revoke", id(&bulk.response()[0]));
    ada.post(&revoke, &[]).await.response();
    for path in [&invitations, &format!("{invitations}/pending")] {
        ada.get(path).await.response();
    }
    let own = "/v1/me/organization_invitations";
    let found = bobs.get(own).await;
    let accept = format!("{own}/{}/accept", id(&found.response()["data"][0]));
    bobs.post(&accept, &[]).await.response();

    let memberships = format!("{one}/memberships");
    ada.get(&memberships).await.response();
    let promote = format!("{memberships}/{bob}?_method=PATCH");
    ada.post(&promote, &[("role", "org:admin")])
        .await
        .response();
    let remove = format!("{memberships}/{bob}?_method=DELETE");
    ada.post(&remove, &[]).await.response();
    let fields = [("user_id", &*bob), role];
    ada.post(&memberships, &fields).await.response();
    let left = one.replace(ALL, MINE);
    bobs.post(&format!("{left}?_method=DELETE"), &[])
        .await
        .response();
    world
}
