//! Row 13: an address whose organization is not the active one.

use clerk::authenticate::{OrganizationSync, Status};
use clerk::keys::InstanceKind;
use serde_json::json;

use crate::world::{NOW, Page, World, location_query, set_cookies};

fn world(kind: InstanceKind) -> World {
    let mut world = World::new(kind);
    let organizations = ["/orgs/by-id/:id", "/orgs/:slug", "/orgs/:slug/(.*)"];
    let sync = OrganizationSync::new(organizations, ["/me", "/me/(.*)"]);
    world.options.organization_sync = Some(sync.unwrap());
    world
}

/// A token with `acme` active, or with the personal account.
fn token(world: &World, acme: bool) -> String {
    let mut claims = world.instance.claims(NOW);
    if acme {
        claims["v"] = json!(2);
        claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": "admin" });
    } else {
        claims.as_object_mut().unwrap().remove("o");
    }
    world.instance.mint(&claims)
}

#[tokio::test]
async fn what_the_address_names_is_made_active() {
    for kind in [InstanceKind::Development, InstanceKind::Production] {
        let world = world(kind);
        for (acme, path, wanted) in [
            (true, "/orgs/acme", None),
            (true, "/orgs/acme/settings", None),
            (true, "/orgs/by-id/org_1", None),
            (true, "/orgs/globex", Some("globex")),
            (true, "/ORGS/globex/settings/", Some("globex")),
            (true, "/orgs/by-id/org_2", Some("org_2")),
            (true, "/me", Some("")),
            (true, "/me/settings", Some("")),
            (true, "/elsewhere", None),
            (false, "/orgs/acme", Some("acme")),
            (false, "/me", None),
        ] {
            let page = Page::at(path).signed_in(&token(&world, acme), NOW);
            let state = world.decide(page).await;
            let organization = location_query(&state, "organization_id");
            assert_eq!(organization.as_deref(), wanted, "{path}");
            let status = match wanted {
                Some(_) => Status::Handshake,
                None => Status::SignedIn,
            };
            assert_eq!(state.status(), status, "{path}");
            if wanted.is_some() {
                assert_eq!(
                    state.headers()["x-clerk-auth-reason"],
                    "active-organization-mismatch"
                );
                assert_eq!(set_cookies(&state).len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn who_cannot_be_redirected_stays_signed_in() {
    let world = world(InstanceKind::Development);
    let page = Page::at("/orgs/globex").signed_in(&token(&world, true), NOW);
    let third = page.clone().cookie("__clerk_redirect_count", "2");
    assert_eq!(world.decide(third).await.status(), Status::Handshake);
    for page in [
        page.clone().by_script(),
        page.clone().method("POST"),
        page.clone().cookie("__clerk_redirect_count", "3"),
        page.clone().cookie("__clerk_redirect_count", "4"),
        Page::at("/orgs/globex").header("authorization", &token(&world, true)),
    ] {
        let state = world.decide(page).await;
        assert_eq!((state.status(), state.location()), (Status::SignedIn, None));
        assert!(set_cookies(&state).is_empty());
    }
}

#[tokio::test]
async fn a_pending_session_activates_nothing() {
    let mut world = world(InstanceKind::Development);
    world.options.accept_pending = true;
    let mut claims = world.instance.claims(NOW);
    claims["sts"] = json!("pending");
    let page = Page::at("/orgs/globex").signed_in(&world.instance.mint(&claims), NOW);
    assert_eq!(world.decide(page).await.status(), Status::SignedIn);
}

#[tokio::test]
async fn any_handshake_names_what_to_activate() {
    let world = world(InstanceKind::Development);
    for (path, wanted) in [
        ("/orgs/acme", Some("acme")),
        ("/me", Some("")),
        ("/x", None),
    ] {
        let state = world.decide(Page::at(path)).await;
        assert_eq!(
            state.headers()["x-clerk-auth-reason"],
            "dev-browser-missing"
        );
        assert_eq!(location_query(&state, "organization_id").as_deref(), wanted);
    }
}
