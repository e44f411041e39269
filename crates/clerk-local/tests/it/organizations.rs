//! Organizations and the signed-in person over the browser API.

use crate::browser::World;

const ANN: &str = "ann@example.com";

#[tokio::test]
async fn making_choosing_and_renaming_one() {
    let world = World::new().await;
    world.person(ANN).await;
    let mut ann = world.signed_in(ANN).await;
    let made = ann
        .post("/v1/organizations", &[("name", "Acme"), ("slug", "acme")])
        .await;
    let id = made.response()["id"].as_str().unwrap().to_owned();
    let session = made.json["client"]["last_active_session_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let touched = ann
        .post(
            &format!("/v1/client/sessions/{session}/touch"),
            &[("active_organization_id", &id), ("intent", "select_org")],
        )
        .await;
    assert_eq!(
        touched.response()["last_active_organization_id"],
        id.as_str()
    );
    let path = format!("/v1/organizations/{id}");
    let renamed = ann
        .post(&format!("{path}?_method=PATCH"), &[("name", "Acme Works")])
        .await;
    assert_eq!(renamed.response()["name"], "Acme Works");
    assert_eq!(renamed.response()["slug"], "acme");
    let members = ann
        .get(&format!(
            "{path}/memberships?paginated=true&limit=10&offset=0"
        ))
        .await;
    assert_eq!(members.response()["total_count"], 1);
    assert_eq!(members.response()["data"][0]["role"], "org:admin");
    let roles = ann.get(&format!("{path}/roles")).await;
    assert_eq!(roles.response()["total_count"], 2);
    let domains = ann.get(&format!("{path}/domains")).await;
    assert_eq!(domains.response()["total_count"], 0);
    let mine = ann
        .get("/v1/me/organization_memberships?paginated=true")
        .await;
    assert_eq!(
        mine.response()["data"][0]["organization"]["id"],
        id.as_str()
    );
}

#[tokio::test]
async fn a_taken_slug_and_bad_names() {
    let world = World::new().await;
    world.person(ANN).await;
    let mut ann = world.signed_in(ANN).await;
    let fields = [("name", "Acme"), ("slug", "acme")];
    ann.post("/v1/organizations", &fields).await.response();
    let taken = ann.post("/v1/organizations", &fields).await;
    assert_eq!(taken.error(), (422, "form_identifier_exists", Some("slug")));
    let empty = ann.post("/v1/organizations", &[("name", "  ")]).await;
    assert_eq!(empty.error(), (422, "form_param_missing", Some("name")));
    let long = "x".repeat(300);
    let long = ann.post("/v1/organizations", &[("name", &long)]).await;
    assert_eq!(
        long.error(),
        (422, "form_param_max_length_exceeded", Some("name"))
    );
}

#[tokio::test]
async fn outsiders_and_members_may_not_rename() {
    let world = World::new().await;
    let ann = world.person(ANN).await;
    let bob = world.person("bob@example.com").await;
    world.person("eve@example.com").await;
    let state = world.clerk.state();
    let acme = state
        .create_organization("Acme", Some("acme"), &ann)
        .await
        .unwrap();
    state
        .add_member(&acme.id, &bob, "org:member")
        .await
        .unwrap();
    let path = format!("/v1/organizations/{}", acme.id);
    let rename = format!("{path}?_method=PATCH");
    let mut bob = world.signed_in("bob@example.com").await;
    bob.get(&path).await.response();
    let refused = bob.post(&rename, &[("name", "Mine")]).await;
    assert_eq!(refused.error().0, 403);
    let mut eve = world.signed_in("eve@example.com").await;
    let hidden = eve.get(&path).await;
    let missing = eve.get("/v1/organizations/org_missing").await;
    assert_eq!(hidden.error(), missing.error());
    assert_eq!(eve.post(&rename, &[("name", "Mine")]).await.error().0, 404);
}

#[tokio::test]
async fn the_person() {
    let world = World::new().await;
    world.person(ANN).await;
    let mut ann = world.signed_in(ANN).await;
    let named = ann
        .post(
            "/v1/me?_method=PATCH",
            &[("first_name", "Ann"), ("last_name", "Lee")],
        )
        .await;
    assert_eq!(named.response()["first_name"], "Ann");
    let cleared = ann.post("/v1/me?_method=PATCH", &[("last_name", "")]).await;
    assert_eq!(cleared.response()["first_name"], "Ann");
    assert!(cleared.response()["last_name"].is_null());
    for list in ["organization_invitations", "organization_suggestions"] {
        let waiting = ann.get(&format!("/v1/me/{list}")).await;
        assert_eq!(waiting.response()["total_count"], 0);
    }
    let sessions = ann.get("/v1/me/sessions/active").await;
    assert_eq!(sessions.json.as_array().unwrap().len(), 1);
    assert!(sessions.json[0]["latest_activity"].is_object());
    let mut stranger = world.browser().await;
    assert_eq!(stranger.get("/v1/me").await.error().0, 401);
}

#[tokio::test]
async fn the_environment_needs_no_browser() {
    let world = World::new().await;
    let mut stranger = world.stranger();
    let read = stranger.get("/v1/environment").await;
    assert_eq!(read.json["auth_config"]["single_session_mode"], true);
    let written = stranger.post("/v1/environment?_method=PATCH", &[]).await;
    assert_eq!(written.json, read.json);
}
