//! The account portal's organization profile, walked without JavaScript.

use crate::browser::{Browser, World};

const ANN: &str = "ann@example.com";
const BOB: &str = "bob@example.com";

/// Ann runs Acme, Bob is a member; both look at it.
async fn acme() -> (World, Browser, Browser, String, String) {
    let world = World::new().await;
    let (ann, bob) = (world.person(ANN).await, world.person(BOB).await);
    let state = world.clerk.state();
    let acme = state.create_organization("Acme", None, &ann).await.unwrap();
    state
        .add_member(&acme.id, &bob, "org:member")
        .await
        .unwrap();
    let mut browsers = Vec::new();
    for email in [ANN, BOB] {
        let mut browser = world.signed_in(email).await;
        let fields = [("organization_id", acme.id.as_str())];
        browser
            .post("/portal/organizations", &fields)
            .await
            .location();
        browsers.push(browser);
    }
    let bobs = browsers.pop().unwrap();
    let anns = browsers.pop().unwrap();
    (world, anns, bobs, acme.id.clone(), bob)
}

#[tokio::test]
async fn an_admin_runs_the_organization() {
    let (world, mut ann, _, id, bob) = acme().await;
    let page = ann.get("/portal/organization").await;
    assert!(page.text.contains("Members (2)") && page.text.contains(BOB));
    let about = ("organization_id", id.as_str());

    let empty = [about, ("name", ""), ("slug", "acme")];
    let refused = ann.post("/portal/organization/rename", &empty).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains(r#"id="name-error""#));
    let fields = [about, ("name", "Acme Works"), ("slug", "acme")];
    let renamed = ann.post("/portal/organization/rename", &fields).await;
    let page = "/__clerk/portal/organization?saved=profile";
    assert_eq!(renamed.location(), page);

    let bad = [about, ("email_address", BOB), ("role", "org:member")];
    let refused = ann.post("/portal/organization/invite", &bad).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains(r#"id="email_address-error""#));
    assert!(refused.text.contains(&format!(r#"value="{BOB}""#)));
    let fields = [
        about,
        ("email_address", "eve@example.com"),
        ("role", "org:admin"),
    ];
    ann.post("/portal/organization/invite", &fields)
        .await
        .location();
    let page = ann.get("/portal/organization").await;
    assert!(
        page.text.contains("Acme Works")
            && page
                .text
                .contains("Revoke the invitation of eve@example.com")
    );
    let state = world.clerk.state();
    let query = clerk_local::state::InvitationQuery {
        into_organizations: true,
        limit: 1,
        ..Default::default()
    };
    let (made, _) = state.invitations(&query).await.unwrap();
    let fields = [about, ("invitation_id", made[0].id.as_str())];
    ann.post("/portal/organization/revoke", &fields)
        .await
        .location();
    let page = ann.get("/portal/organization").await;
    assert!(!page.text.contains("eve@example.com"));

    let fields = [about, ("user_id", bob.as_str()), ("role", "org:admin")];
    ann.post("/portal/organization/role", &fields)
        .await
        .location();
    let read = state.membership(&bob, &id).await.unwrap().unwrap();
    assert_eq!(read.role, "org:admin");
    let fields = [about, ("user_id", bob.as_str())];
    ann.post("/portal/organization/remove", &fields)
        .await
        .location();
    assert!(state.membership(&bob, &id).await.unwrap().is_none());

    let alone = ann.post("/portal/organization/leave", &[about]).await;
    assert_eq!(alone.status, 400);
    assert!(alone.text.contains(r#"role="alert""#));
    let deleted = ann.post("/portal/organization/delete", &[about]).await;
    assert_eq!(deleted.location(), "/__clerk/portal/organizations");
    assert!(state.organization(&id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_member_looks_and_leaves() {
    let (world, _, mut bob, id, bob_id) = acme().await;
    let page = bob.get("/portal/organization").await;
    assert!(page.text.contains(ANN));
    for form in ["rename", "invite", "role", "remove", "delete"] {
        assert!(
            !page
                .text
                .contains(&format!("/portal/organization/{form}\"")),
            "{form}"
        );
        let about = [
            ("organization_id", id.as_str()),
            ("user_id", "x"),
            ("name", "Mine"),
        ];
        let path = format!("/portal/organization/{form}");
        assert_eq!(bob.post(&path, &about).await.status, 403, "{form}");
    }
    let about = [("organization_id", id.as_str())];
    bob.post("/portal/organization/leave", &about)
        .await
        .location();
    assert!(
        world
            .clerk
            .state()
            .membership(&bob_id, &id)
            .await
            .unwrap()
            .is_none()
    );
    let after = bob.post("/portal/organization/leave", &about).await;
    let missing = [("organization_id", "org_missing")];
    let missing = bob.post("/portal/organization/leave", &missing).await;
    assert_eq!((after.status, after.text), (missing.status, missing.text));
    let page = bob.get("/portal/organization").await;
    assert_eq!(page.location(), "/__clerk/portal/organizations");
    let mut stranger = world.stranger();
    let asked = stranger.get("/portal/organization").await;
    assert!(asked.location().starts_with("/__clerk/portal/sign-in"));
}
