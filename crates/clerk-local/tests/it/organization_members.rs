//! Members of organizations over both APIs: roles, removing, leaving, deleting, lists.

use clerk_local::state::{NewUser, User};
use serde_json::json;

use crate::support::{Browser, Local};

async fn browser_of<'a>(local: &'a Local, user: &User) -> Browser<'a> {
    let browser = Browser::new(local).await;
    browser.sign_in(user).await;
    browser
}

#[tokio::test]
async fn an_admin_changes_and_removes_members_and_a_member_does_not() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let eve = local.person("eve@example.com").await;
    let path = format!("/v1/organizations/{}/memberships", acme.id);
    let (admin, member) = (
        browser_of(&local, &ada).await,
        browser_of(&local, &bob).await,
    );
    let fields = [("user_id", eve.id.as_str()), ("role", "org:member")];
    assert_eq!(
        member.post(&path, &fields).await.error(403),
        "missing_organization_permission"
    );
    let added = admin.post(&path, &fields).await.ok();
    assert_eq!(
        added["response"]["public_user_data"]["user_id"],
        eve.id.as_str()
    );
    let of = |user: &User, method: &str| format!("{path}/{}?_method={method}", user.id);
    let promote = [("role", "org:admin")];
    for (browser_path, fields) in [(of(&eve, "PATCH"), &promote[..]), (of(&ada, "DELETE"), &[])] {
        let refused = member.post(&browser_path, fields).await;
        assert_eq!(refused.error(403), "missing_organization_permission");
    }
    // A member sees the others.
    let seen = member
        .get(&format!("{path}?paginated=true&query=eve&role=org:member"))
        .await
        .ok();
    assert_eq!(seen["response"]["total_count"], 1);
    let changed = admin.post(&of(&eve, "PATCH"), &promote).await.ok();
    assert_eq!(changed["response"]["role"], "org:admin");
    admin.post(&of(&eve, "DELETE"), &[]).await.ok();
    let demote = [("role", "org:member")];
    let last = admin.post(&of(&ada, "PATCH"), &demote).await;
    assert_eq!(last.error(400), "organization_minimum_permissions_needed");
    let nobody = admin
        .post(&format!("{path}/user_none?_method=DELETE"), &[])
        .await;
    assert_eq!(nobody.error(404), "resource_not_found");
}

#[tokio::test]
async fn leaving_takes_the_organization_from_the_session() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let browser = Browser::new(&local).await;
    let session = browser.sign_in(&bob).await;
    let touch = format!("/v1/client/sessions/{session}/touch");
    browser
        .post(&touch, &[("active_organization_id", acme.id.as_str())])
        .await
        .ok();
    let leave = format!("/v1/me/organization_memberships/{}?_method=DELETE", acme.id);
    let left = browser.post(&leave, &[]).await.ok();
    assert_eq!(left["response"]["deleted"], true);
    let session = &left["client"]["sessions"][0];
    assert!(session["last_active_organization_id"].is_null());
    assert_eq!(session["user"]["organization_memberships"], json!([]));
    let again = browser.post(&leave, &[]).await;
    assert_eq!(again.error(404), "organization_not_found_or_unauthorized");
    let admin = browser_of(&local, &ada).await;
    let last = admin.post(&leave, &[]).await;
    assert_eq!(last.error(400), "organization_minimum_permissions_needed");
}

#[tokio::test]
async fn deleting_needs_the_permission_and_the_setting() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let delete = format!("/v1/organizations/{}?_method=DELETE", acme.id);
    let (admin, member) = (
        browser_of(&local, &ada).await,
        browser_of(&local, &bob).await,
    );
    let refused = member.post(&delete, &[]).await;
    assert_eq!(refused.error(403), "missing_organization_permission");
    let path = format!("/v1/organizations/{}", acme.id);
    let setting = |enabled: bool| json!({ "admin_delete_enabled": enabled });
    local
        .backend("PATCH", &path, Some(setting(false)))
        .await
        .ok();
    let refused = admin.post(&delete, &[]).await;
    assert_eq!(refused.error(403), "organization_admin_delete_not_enabled");
    local
        .backend("PATCH", &path, Some(setting(true)))
        .await
        .ok();
    let invite = json!({ "email_address": "eve@example.com", "role": "org:member" });
    let invited = local
        .backend("POST", &format!("{path}/invitations"), Some(invite))
        .await
        .ok();
    let gone = admin.post(&delete, &[]).await.ok();
    assert_eq!(gone["response"]["deleted"], true);
    let id = invited["id"].as_str().unwrap();
    assert!(local.clerk.state().invitation(id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_logo_is_set_and_taken_away() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let gif =
        b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let state = local.clerk.state();
    let upload = clerk_local::state::Upload::new(gif.to_vec()).unwrap();
    let changed = state.set_logo(&acme.id, &upload).await.unwrap();
    assert!(changed.image_id.is_some());
    let (admin, member) = (
        browser_of(&local, &ada).await,
        browser_of(&local, &bob).await,
    );
    let path = format!("/v1/organizations/{}/logo?_method=DELETE", acme.id);
    assert_eq!(
        member.post(&path, &[]).await.error(403),
        "missing_organization_permission"
    );
    let gone = admin.post(&path, &[]).await.ok();
    assert_eq!(gone["response"]["has_image"], false);
    assert_eq!(admin.post(&path, &[]).await.error(404), "image_not_found");
}

#[tokio::test]
async fn lists_of_the_backend() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let state = local.clerk.state();
    let new = NewUser {
        email: "zoe@other.example".to_owned(),
        first_name: Some("Zoe".to_owned()),
        email_verified: true,
        ..NewUser::default()
    };
    let zoe = state.create_user(new).await.unwrap();
    local.clock.advance(1000);
    state
        .add_member(&acme.id, &zoe.id, "org:member")
        .await
        .unwrap();
    let other = state
        .create_organization("Other", None, &zoe.id)
        .await
        .unwrap();
    let members = format!("/v1/organizations/{}/memberships", acme.id);
    for (query, found) in [
        ("role=org:member", vec![&zoe, &bob]),
        ("order_by=first_name&role=org:member", vec![&bob, &zoe]),
        ("order_by=-email_address", vec![&zoe, &bob, &ada]),
        ("email_address_query=other.exam", vec![&zoe]),
        ("email_address=ADA@example.com", vec![&ada]),
        ("name_query=zo", vec![&zoe]),
    ] {
        let list = local
            .backend("GET", &format!("{members}?{query}"), None)
            .await
            .ok();
        let list = list["data"].as_array().unwrap();
        let ids: Vec<&str> = list
            .iter()
            .map(|one| one["public_user_data"]["user_id"].as_str().unwrap())
            .collect();
        let found: Vec<&str> = found.iter().map(|user| user.id.as_str()).collect();
        assert_eq!(ids, found, "{query}");
    }
    let late = format!("{members}?created_at_after={}", crate::support::START_MS);
    assert_eq!(
        local.backend("GET", &late, None).await.ok()["total_count"],
        1
    );
    let odd = format!("{members}?created_at_after=soon");
    assert_eq!(
        local.backend("GET", &odd, None).await.error(422),
        "form_param_format_invalid"
    );
    let all = local
        .backend("GET", "/v1/organization_memberships", None)
        .await
        .ok();
    assert_eq!(all["total_count"], 4);

    for (query, found) in [
        (format!("user_id={}", zoe.id), vec![&other.id, &acme.id]),
        (
            format!("user_id=%2B{}&user_id=%2B{}", zoe.id, bob.id),
            vec![&acme.id],
        ),
        (
            format!("user_id={}&user_id=-{}", zoe.id, bob.id),
            vec![&other.id],
        ),
        (format!("organization_id=-{}", acme.id), vec![&other.id]),
        (
            "order_by=-members_count".to_owned(),
            vec![&acme.id, &other.id],
        ),
        ("order_by=name&limit=1".to_owned(), vec![&acme.id]),
    ] {
        let list = local
            .backend("GET", &format!("/v1/organizations?{query}"), None)
            .await
            .ok();
        let list = list["data"].as_array().unwrap();
        let ids: Vec<&str> = list.iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, found, "{query}");
    }
}

#[tokio::test]
async fn metadata_is_merged_or_replaced() {
    let local = Local::open().await;
    let (_, bob, acme) = local.acme().await;
    let organization = format!("/v1/organizations/{}/metadata", acme.id);
    let membership = format!(
        "/v1/organizations/{}/memberships/{}/metadata",
        acme.id, bob.id
    );
    for path in [organization, membership] {
        let first = json!({ "public_metadata": { "a": { "b": 1, "c": 2 } }, "private_metadata": { "k": 1 } });
        local.backend("PATCH", &path, Some(first)).await.ok();
        let patch = json!({ "public_metadata": { "a": { "b": null }, "d": 3 } });
        let merged = local.backend("PATCH", &path, Some(patch)).await.ok();
        assert_eq!(
            merged["public_metadata"],
            json!({ "a": { "c": 2 }, "d": 3 })
        );
        assert_eq!(merged["private_metadata"], json!({ "k": 1 }));
        let replaced = json!({ "public_metadata": { "z": 1 } });
        let replaced = local.backend("PUT", &path, Some(replaced)).await.ok();
        assert_eq!(replaced["public_metadata"], json!({ "z": 1 }));
        let odd = json!({ "public_metadata": [1] });
        let odd = local.backend("PATCH", &path, Some(odd)).await;
        assert_eq!(odd.error(422), "form_param_type_invalid");
    }
}

#[tokio::test]
async fn an_organization_that_nobody_runs() {
    let local = Local::open().await;
    let body = json!({ "name": "Empty" });
    let made = local
        .backend("POST", "/v1/organizations", Some(body))
        .await
        .ok();
    assert!(made["created_by"].is_null());
    assert_eq!(made["members_count"], 0);
    let id = made["id"].as_str().unwrap();
    let path =
        format!("/v1/organizations/{id}?include_missing_member_with_elevated_permissions=true");
    let read = local.backend("GET", &path, None).await.ok();
    assert_eq!(read["missing_member_with_elevated_permissions"], true);
    let unknown = json!({ "name": "Empty", "created_by": "user_none" });
    let unknown = local
        .backend("POST", "/v1/organizations", Some(unknown))
        .await;
    assert_eq!(unknown.error(400), "organization_creator_not_found");
}
