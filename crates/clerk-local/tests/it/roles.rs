//! Roles and permissions, and what they do.

use serde_json::{Value, json};

use crate::support::{Browser, Local};

async fn made(local: &Local, path: &str, body: Value) -> String {
    let made = local.backend("POST", path, Some(body)).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

async fn role_id(local: &Local, key: &str) -> String {
    let path = format!("/v1/organization_roles?query={key}");
    let found = local.backend("GET", &path, None).await.ok();
    found["data"][0]["id"].as_str().unwrap().to_owned()
}

/// The claims of a token, without a look at its signature.
fn claims(token: &str) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_role_of_the_applications_own_reaches_token_and_membership() {
    let local = Local::open().await;
    let (_, bob, acme) = local.acme().await;
    let key = |key: &str| json!({ "name": key, "key": key });
    let write = made(
        &local,
        "/v1/organization_permissions",
        key("org:projects:write"),
    )
    .await;
    let read = made(
        &local,
        "/v1/organization_permissions",
        key("org:projects:read"),
    )
    .await;
    let bills = made(
        &local,
        "/v1/organization_permissions",
        key("org:bills:read"),
    )
    .await;
    let body = json!({ "name": "Editor", "key": "org:editor", "permissions": [write, read] });
    let editor = made(&local, "/v1/organization_roles", body).await;
    let path = format!("/v1/organizations/{}/memberships/{}", acme.id, bob.id);
    let role = json!({ "role": "org:editor" });
    let changed = local.backend("PATCH", &path, Some(role)).await.ok();
    assert_eq!(changed["role_name"], "Editor");
    assert_eq!(
        changed["permissions"],
        json!(["org:projects:read", "org:projects:write"])
    );

    let browser = Browser::new(&local).await;
    let session = browser.sign_in(&bob).await;
    let touch = format!("/v1/client/sessions/{session}/touch");
    let fields = [("active_organization_id", acme.id.as_str())];
    let touched = browser.post(&touch, &fields).await.ok();
    let jwt = |answer: &Value| {
        let token = &answer["response"]["last_active_token"]["jwt"];
        claims(token.as_str().unwrap())
    };
    let token = jwt(&touched);
    assert_eq!(token["fea"], "o:projects");
    assert_eq!(token["o"]["rol"], "editor");
    assert_eq!(token["o"]["per"], "read,write");
    assert_eq!(token["o"]["fpm"], "3");

    // Clerk's own permissions are the role's, but not the token's.
    let assign = format!("/v1/organization_roles/{editor}/permissions/{bills}");
    local.backend("POST", &assign, None).await.ok();
    let twice = local.backend("POST", &assign, None).await;
    assert_eq!(
        twice.error(409),
        "organization_role_permission_association_exists"
    );
    let members = local.backend(
        "GET",
        "/v1/organization_permissions?query=sys_memberships:manage",
        None,
    );
    let members = members.await.ok()["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let assign = format!("/v1/organization_roles/{editor}/permissions/{members}");
    local.backend("POST", &assign, None).await.ok();
    let token = jwt(&browser.post(&touch, &fields).await.ok());
    assert_eq!(token["fea"], "o:bills,o:projects");
    assert_eq!(token["o"]["per"], "read,write");
    assert_eq!(token["o"]["fpm"], "1,3");
    // The permission counts, not the role's name: an editor may now invite.
    let invite = format!("/v1/organizations/{}/invitations", acme.id);
    let fields = [("email_address", "eve@example.com"), ("role", "org:member")];
    browser.post(&invite, &fields).await.ok();
    local.backend("DELETE", &assign, None).await.ok();
    let refused = browser.get(&invite).await;
    assert_eq!(refused.error(403), "missing_organization_permission");
    let gone = local.backend("DELETE", &assign, None).await;
    assert_eq!(gone.error(404), "resource_not_found");

    // A permission that is deleted is gone from the role; a key that changes is followed.
    let path = format!("/v1/organization_permissions/{bills}");
    local.backend("DELETE", &path, None).await.ok();
    let renamed = json!({ "key": "org:author", "description": null });
    let path = format!("/v1/organization_roles/{editor}");
    let renamed = local.backend("PATCH", &path, Some(renamed)).await.ok();
    assert_eq!(renamed["permissions"].as_array().unwrap().len(), 2);
    let token = jwt(&browser.post(&touch, &[]).await.ok());
    assert_eq!(token["o"]["rol"], "author");
    assert_eq!(token["fea"], "o:projects");
    let listed = format!("/v1/organizations/{}/roles", acme.id);
    let listed = browser.get(&listed).await.ok();
    assert_eq!(listed["response"]["total_count"], 3);
}

#[tokio::test]
async fn what_may_not_become_of_roles() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let (admin, member) = (
        role_id(&local, "org:admin").await,
        role_id(&local, "org:member").await,
    );
    for (id, code) in [
        (&admin, "organization_role_default_creator_role"),
        (&member, "organization_role_domain_default_role"),
    ] {
        let path = format!("/v1/organization_roles/{id}");
        assert_eq!(local.backend("DELETE", &path, None).await.error(422), code);
        let renamed = json!({ "key": "org:other" });
        let renamed = local.backend("PATCH", &path, Some(renamed)).await;
        assert_eq!(renamed.error(422), "form_param_value_invalid");
    }
    let path = format!("/v1/organization_roles/{admin}");
    let bare = json!({ "permissions": [] });
    let bare = local.backend("PATCH", &path, Some(bare)).await;
    assert_eq!(
        bare.error(422),
        "organization_missing_creator_role_permissions"
    );
    let kept = local.backend("GET", &path, None).await.ok();
    assert_eq!(kept["permissions"].as_array().unwrap().len(), 8);
    assert_eq!(kept["is_creator_eligible"], true);

    let body = json!({ "name": "Guest", "key": "org:guest" });
    let guest = made(&local, "/v1/organization_roles", body.clone()).await;
    let taken = local
        .backend("POST", "/v1/organization_roles", Some(body))
        .await;
    assert_eq!(taken.error(422), "form_identifier_exists");
    let odd = json!({ "name": "Guest", "key": "guest" });
    let odd = local
        .backend("POST", "/v1/organization_roles", Some(odd))
        .await;
    assert_eq!(odd.error(422), "form_param_format_invalid");
    let state = local.clerk.state();
    // The last one who can run the organization keeps such a role.
    let last = state
        .update_role(&acme.id, &ada.id, "org:guest")
        .await
        .unwrap_err();
    assert_eq!(last.code(), Some("organization_minimum_permissions_needed"));
    state
        .update_role(&acme.id, &bob.id, "org:guest")
        .await
        .unwrap();
    let path = format!("/v1/organization_roles/{guest}");
    let held = local.backend("DELETE", &path, None).await;
    assert_eq!(held.error(422), "organization_role_assigned_members");
    state.remove_member(&acme.id, &bob.id).await.unwrap();
    let invite = json!({ "email_address": "eve@example.com", "role": "org:guest" });
    let invitations = format!("/v1/organizations/{}/invitations", acme.id);
    local.backend("POST", &invitations, Some(invite)).await.ok();
    let promised = local.backend("DELETE", &path, None).await;
    assert_eq!(
        promised.error(422),
        "organization_role_exists_in_invitations"
    );

    let system = local.backend(
        "GET",
        "/v1/organization_permissions?query=sys_profile:manage",
        None,
    );
    let system = system.await.ok()["data"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/organization_permissions/{system}");
    let fixed = local.backend("DELETE", &path, None).await;
    assert_eq!(
        fixed.error(403),
        "organization_system_permission_not_modifiable"
    );
    let own = json!({ "name": "Mine", "key": "org:sys_mine:read" });
    let own = local
        .backend("POST", "/v1/organization_permissions", Some(own))
        .await;
    assert_eq!(own.error(422), "form_param_value_invalid");
    let none = local
        .backend("GET", "/v1/organization_roles/role_none", None)
        .await;
    assert_eq!(none.error(404), "resource_not_found");
}

#[tokio::test]
async fn changes_of_roles_and_permissions_are_told() {
    let local = Local::open().await;
    let body = json!({ "name": "Write", "key": "org:projects:write" });
    let permission = made(&local, "/v1/organization_permissions", body).await;
    let body = json!({ "name": "Editor", "key": "org:editor" });
    let role = made(&local, "/v1/organization_roles", body).await;
    let (role, permission) = (
        format!("/v1/organization_roles/{role}"),
        format!("/v1/organization_permissions/{permission}"),
    );
    let name = json!({ "name": "Other" });
    local.backend("PATCH", &role, Some(name.clone())).await.ok();
    local.backend("PATCH", &permission, Some(name)).await.ok();
    local.backend("DELETE", &role, None).await.ok();
    local.backend("DELETE", &permission, None).await.ok();
    let events = local.clerk.state().recent_deliveries(10).await.unwrap();
    let told: Vec<&str> = events
        .iter()
        .rev()
        .map(|event| event.event_type.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "permission.created",
            "role.created",
            "role.updated",
            "permission.updated",
            "role.deleted",
            "permission.deleted",
        ]
    );
}
