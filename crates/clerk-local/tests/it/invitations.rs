//! Invitations: who may make them, who may accept them, how they end.

use clerk_local::state::{NewInvitation, Organization, OrganizationTarget, User};
use serde_json::{Value, json};

use crate::support::{Browser, Local};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Invites by the backend API; the invitation's id.
async fn invited(local: &Local, organization: &Organization, email: &str) -> String {
    let path = format!("/v1/organizations/{}/invitations", organization.id);
    let body = json!({ "email_address": email, "role": "org:member" });
    let made = local.backend("POST", &path, Some(body)).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

async fn browser_of<'a>(local: &'a Local, user: &User) -> Browser<'a> {
    let browser = Browser::new(local).await;
    browser.sign_in(user).await;
    browser
}

/// The types of the newest events, the newest first.
async fn newest_events(local: &Local, count: u64) -> Vec<String> {
    let events = local.clerk.state().recent_deliveries(count).await.unwrap();
    events.into_iter().map(|event| event.event_type).collect()
}

#[tokio::test]
async fn an_admin_invites_and_the_invited_person_accepts() {
    let local = Local::open().await;
    let (ada, _, acme) = local.acme().await;
    let eve = local.person("eve@example.com").await;
    let admin = browser_of(&local, &ada).await;
    let path = format!("/v1/organizations/{}/invitations", acme.id);
    let fields = [("email_address", "Eve@Example.com"), ("role", "org:admin")];
    let made = admin.post(&path, &fields).await.ok();
    let id = made["response"]["id"].as_str().unwrap();
    assert_eq!(made["response"]["status"], "pending");
    assert_eq!(made["response"]["role_name"], "Admin");
    assert_eq!(made["response"]["url"], Value::Null);
    assert_eq!(
        newest_events(&local, 1).await,
        ["organizationInvitation.created"]
    );
    let mail = &local.clerk.state().mails(1).await.unwrap()[0];
    assert_eq!(mail.recipient, "Eve@Example.com");
    assert!(mail.subject.contains("Acme"), "{}", mail.subject);
    assert!(mail.body.contains("/v1/tickets/accept?ticket="));
    let read = local.clerk.state().organization(&acme.id).await.unwrap();
    assert_eq!(read.unwrap().pending_invitations_count, 1);

    let twice = admin.post(&path, &fields).await;
    assert_eq!(twice.error(400), "organization_invitation_not_unique");
    let member = [("email_address", "bob@example.com"), ("role", "org:member")];
    let member = admin.post(&path, &member).await;
    assert_eq!(member.error(400), "already_a_member_in_organization");
    let role = [("email_address", "x@example.com"), ("role", "org:none")];
    assert_eq!(
        admin.post(&path, &role).await.error(404),
        "resource_not_found"
    );

    let invited = browser_of(&local, &eve).await;
    let mine = invited
        .get("/v1/me/organization_invitations?status=pending")
        .await
        .ok();
    assert_eq!(mine["response"]["total_count"], 1);
    let told = &mine["response"]["data"][0];
    assert_eq!(told["public_organization_data"]["name"], "Acme");
    assert_eq!(told["url"], Value::Null);
    let accept = format!("/v1/me/organization_invitations/{id}/accept");
    let accepted = invited.post(&accept, &[]).await.ok();
    assert_eq!(accepted["response"]["status"], "accepted");
    let memberships = &accepted["client"]["sessions"][0]["user"]["organization_memberships"];
    assert_eq!(memberships[0]["role"], "org:admin");
    assert_eq!(
        newest_events(&local, 2).await,
        [
            "organizationInvitation.accepted",
            "organizationMembership.created"
        ]
    );
    let again = invited.post(&accept, &[]).await;
    assert_eq!(again.error(400), "organization_invitation_already_accepted");
}

#[tokio::test]
async fn somebody_elses_invitation_is_as_good_as_none() {
    let local = Local::open().await;
    let (_, bob, acme) = local.acme().await;
    let mallory = local.person("mallory@example.com").await;
    let id = invited(&local, &acme, "eve@example.com").await;
    let browser = browser_of(&local, &mallory).await;
    let accept = |id: &str| format!("/v1/me/organization_invitations/{id}/accept");
    let foreign = browser.post(&accept(&id), &[]).await;
    let missing = browser.post(&accept("orginv_none"), &[]).await;
    assert_eq!(foreign.error(404), "organization_invitation_not_found");
    assert_eq!(missing.error(404), foreign.error(404));
    let mine = browser.get("/v1/me/organization_invitations").await.ok();
    assert_eq!(mine["response"]["total_count"], 0);
    let state = local.clerk.state();
    let behind = state.accept_invitation(&id, &mallory.id).await.unwrap_err();
    assert_eq!(behind.code(), Some("resource_not_found"));

    // A member without the permission neither sees nor takes back what is pending; an outsider does
    // not even learn of the organization.
    let path = format!("/v1/organizations/{}/invitations", acme.id);
    let member = browser_of(&local, &bob).await;
    let denied = member.get(&path).await;
    assert_eq!(denied.error(403), "missing_organization_permission");
    assert_eq!(
        denied.json()["errors"][0]["meta"]["permissions"],
        json!(["org:sys_memberships:manage"])
    );
    let revoke = format!("{path}/{id}/revoke");
    assert_eq!(member.post(&revoke, &[]).await.status, 403);
    let hidden = browser.post(&revoke, &[]).await;
    assert_eq!(hidden.error(404), "organization_not_found_or_unauthorized");
}

#[tokio::test]
async fn an_unverified_address_accepts_nothing_in_place() {
    let local = Local::open().await;
    let (_, _, acme) = local.acme().await;
    let state = local.clerk.state();
    let eve = state
        .create_user(clerk_local::state::NewUser {
            email: "eve@example.com".to_owned(),
            ..Default::default()
        })
        .await
        .unwrap();
    let id = invited(&local, &acme, "eve@example.com").await;
    let browser = browser_of(&local, &eve).await;
    let mine = browser.get("/v1/me/organization_invitations").await.ok();
    assert_eq!(mine["response"]["total_count"], 0);
    let path = format!("/v1/me/organization_invitations/{id}/accept");
    let refused = browser.post(&path, &[]).await;
    assert_eq!(refused.error(404), "organization_invitation_not_found");
}

#[tokio::test]
async fn revoked_and_expired_ones_are_over() {
    let local = Local::open().await;
    let (_, _, acme) = local.acme().await;
    let eve = local.person("eve@example.com").await;
    let browser = browser_of(&local, &eve).await;
    let revoked = invited(&local, &acme, "eve@example.com").await;
    let path = format!("/v1/organizations/{}/invitations", acme.id);
    let revoke = format!("{path}/{revoked}/revoke");
    let body = local.backend("POST", &revoke, None).await.ok();
    assert_eq!(body["status"], "revoked");
    assert_eq!(body["url"], Value::Null);
    assert_eq!(
        newest_events(&local, 1).await,
        ["organizationInvitation.revoked"]
    );
    let twice = local.backend("POST", &revoke, None).await;
    assert_eq!(twice.error(404), "organization_invitation_not_pending");
    let accept = |id: &str| format!("/v1/me/organization_invitations/{id}/accept");
    let over = browser.post(&accept(&revoked), &[]).await;
    assert_eq!(over.error(400), "organization_invitation_revoked_code");

    // One second before its end it can be accepted, at its end it can't.
    let late = invited(&local, &acme, "eve@example.com").await;
    local.clock.set(crate::support::START_MS + 30 * DAY_MS - 1);
    let read = format!("{path}/{late}");
    let read = local.backend("GET", &read, None).await.ok();
    assert_eq!(read["status"], "pending");
    local.clock.set(crate::support::START_MS + 30 * DAY_MS);
    let over = local.clerk.state().accept_invitation(&late, &eve.id).await;
    assert_eq!(
        over.unwrap_err().code(),
        Some("organization_invitation_not_pending")
    );
    let expired = format!("{path}?status=expired");
    let expired = local.backend("GET", &expired, None).await.ok();
    assert_eq!(expired["total_count"], 1);
    assert_eq!(expired["data"][0]["id"], late.as_str());
    // It takes no place any more, so the address can be invited again.
    invited(&local, &acme, "eve@example.com").await;
}

#[tokio::test]
async fn two_browsers_accepting_at_once_make_one_member() {
    let local = Local::open().await;
    let (_, _, acme) = local.acme().await;
    let eve = local.person("eve@example.com").await;
    let id = invited(&local, &acme, "eve@example.com").await;
    let state = local.clerk.state();
    let (one, other) = tokio::join!(
        state.accept_invitation(&id, &eve.id),
        state.accept_invitation(&id, &eve.id),
    );
    assert_eq!(i32::from(one.is_ok()) + i32::from(other.is_ok()), 1);
    let refused = one.err().or(other.err()).unwrap();
    assert_eq!(
        refused.code(),
        Some("organization_invitation_already_accepted")
    );
    let read = state.organization(&acme.id).await.unwrap().unwrap();
    assert_eq!(read.members_count, 3);
}

#[tokio::test]
async fn all_of_many_or_none() {
    let local = Local::open().await;
    let (ada, _, acme) = local.acme().await;
    let admin = browser_of(&local, &ada).await;
    let path = format!("/v1/organizations/{}/invitations", acme.id);
    let bulk = format!("{path}/bulk");
    let fields = [
        ("email_address", "one@example.com"),
        ("email_address", "bob@example.com"),
        ("role", "org:member"),
    ];
    let refused = admin.post(&bulk, &fields).await;
    assert_eq!(refused.error(400), "already_a_member_in_organization");
    let none = admin.get(&path).await.ok();
    assert_eq!(none["response"]["total_count"], 0);
    assert!(local.clerk.state().mails(5).await.unwrap().is_empty());
    let fields = [
        ("email_address", "one@example.com"),
        ("email_address", "two@example.com"),
        ("role", "org:member"),
    ];
    let made = admin.post(&bulk, &fields).await.ok();
    assert_eq!(made["response"].as_array().unwrap().len(), 2);
    let pending = admin
        .get(&format!("{path}?status=pending&limit=1"))
        .await
        .ok();
    assert_eq!(pending["response"]["total_count"], 2);
    assert_eq!(pending["response"]["data"].as_array().unwrap().len(), 1);
    let twice = [
        ("email_address", "ONE@example.com"),
        ("email_address", "three@example.com"),
        ("email_address", "three@example.com"),
        ("role", "org:member"),
    ];
    let twice = admin.post(&bulk, &twice).await;
    assert_eq!(twice.error(400), "duplicate_record");
    assert_eq!(
        twice.json()["errors"][0]["meta"]["email_addresses"],
        json!(["ONE@example.com", "three@example.com"])
    );
}

#[tokio::test]
async fn the_limit_counts_members_and_those_invited() {
    let local = Local::open().await;
    let (_, _, acme) = local.acme().await;
    let path = format!("/v1/organizations/{}", acme.id);
    let limit = json!({ "max_allowed_memberships": 3 });
    local.backend("PATCH", &path, Some(limit)).await.ok();
    let id = invited(&local, &acme, "eve@example.com").await;
    let body = json!({ "email_address": "fay@example.com", "role": "org:member" });
    let invitations = format!("{path}/invitations");
    let full = local.backend("POST", &invitations, Some(body)).await;
    assert_eq!(full.error(403), "organization_membership_quota_exceeded");
    // The invited person's own place is kept for them.
    let eve = local.person("eve@example.com").await;
    let joined = local.clerk.state().accept_invitation(&id, &eve.id).await;
    assert_eq!(joined.unwrap().unwrap().role, "org:member");
}

#[tokio::test]
async fn metadata_becomes_the_memberships() {
    let local = Local::open().await;
    let (_, _, acme) = local.acme().await;
    let eve = local.person("eve@example.com").await;
    let state = local.clerk.state();
    let new = NewInvitation {
        email_address: "eve@example.com".to_owned(),
        organization: Some(OrganizationTarget {
            organization_id: acme.id.clone(),
            role: "org:member".to_owned(),
            inviter_id: None,
        }),
        public_metadata: Some(json!({ "desk": 7 })),
        private_metadata: Some(json!({ "salary": 1 })),
        silent: true,
        ..NewInvitation::default()
    };
    let made = state.create_invitation(new).await.unwrap();
    assert!(state.mails(1).await.unwrap().is_empty());
    let joined = state.accept_invitation(&made.id, &eve.id).await;
    let joined = joined.unwrap().unwrap();
    assert_eq!(joined.public_metadata, json!({ "desk": 7 }));
    assert_eq!(joined.private_metadata, json!({ "salary": 1 }));
}

#[tokio::test]
async fn invitations_to_the_application() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let taken = json!({ "email_address": "ADA@example.com" });
    let taken = local.backend("POST", "/v1/invitations", Some(taken)).await;
    assert_eq!(taken.error(422), "form_identifier_exists");
    let body = json!({ "email_address": "new@example.com", "public_metadata": { "plan": "x" } });
    let made = local
        .backend("POST", "/v1/invitations", Some(body.clone()))
        .await
        .ok();
    assert_eq!(made["object"], "invitation");
    assert_eq!(made["revoked"], false);
    assert!(made["url"].as_str().unwrap().contains("ticket="));
    let twice = local.backend("POST", "/v1/invitations", Some(body)).await;
    assert_eq!(twice.error(400), "duplicate_record");
    let bare = local.backend("GET", "/v1/invitations", None).await.ok();
    assert_eq!(bare.as_array().unwrap().len(), 1);
    let page = local
        .backend("GET", "/v1/invitations?paginated=true&status=pending", None)
        .await
        .ok();
    assert_eq!(page["total_count"], 1);
    let odd = local
        .backend("GET", "/v1/invitations?status=odd", None)
        .await;
    assert_eq!(odd.error(422), "form_param_value_invalid");

    let ignoring = json!({
        "email_address": "ada@example.com", "ignore_existing": true,
        "public_metadata": { "plan": "gold" }, "expires_in_days": 1,
    });
    let ignoring = local
        .backend("POST", "/v1/invitations", Some(ignoring))
        .await
        .ok();
    let state = local.clerk.state();
    let id = ignoring["id"].as_str().unwrap();
    assert!(
        state
            .accept_invitation(id, &ada.id)
            .await
            .unwrap()
            .is_none()
    );
    let read = state.user(&ada.id).await.unwrap().unwrap();
    assert_eq!(read.public_metadata, json!({ "plan": "gold" }));
    let over = state.accept_invitation(id, &ada.id).await.unwrap_err();
    assert_eq!(over.code(), Some("invitation_already_accepted"));

    let id = made["id"].as_str().unwrap();
    let revoke = format!("/v1/invitations/{id}/revoke");
    let revoked = local.backend("POST", &revoke, None).await.ok();
    assert_eq!(revoked["revoked"], true);
    let twice = local.backend("POST", &revoke, None).await;
    assert_eq!(twice.error(400), "revoked_invitation");
    let bulk = json!([{ "email_address": "a@example.com" }, { "email_address": "b@example.com" }]);
    let bulk = local
        .backend("POST", "/v1/invitations/bulk", Some(bulk))
        .await
        .ok();
    assert_eq!(bulk.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation() {
    let local = Local::open().await;
    let (ada, bob, acme) = local.acme().await;
    let path = format!("/v1/organizations/{}/invitations", acme.id);
    let base = json!({ "email_address": "eve@example.com", "role": "org:member" });
    for (key, value, status, code) in [
        (
            "email_address",
            json!("eve"),
            422,
            "form_param_format_invalid",
        ),
        (
            "redirect_url",
            json!("javascript:alert(1)"),
            422,
            "form_param_format_invalid",
        ),
        (
            "redirect_url",
            json!("/app"),
            422,
            "form_param_format_invalid",
        ),
        ("expires_in_days", json!(0), 422, "form_param_value_invalid"),
        (
            "expires_in_days",
            json!(366),
            422,
            "form_param_value_invalid",
        ),
        (
            "inviter_user_id",
            json!(bob.id),
            403,
            "missing_organization_permission",
        ),
        (
            "inviter_user_id",
            json!("user_none"),
            404,
            "resource_not_found",
        ),
    ] {
        let mut body = base.clone();
        body[key] = value;
        let refused = local.backend("POST", &path, Some(body)).await;
        assert_eq!(refused.error(status), code, "{key}");
    }
    let mut body = base.clone();
    body["inviter_user_id"] = json!(ada.id);
    let made = local.backend("POST", &path, Some(body)).await.ok();
    assert_eq!(made["public_inviter_data"]["identifier"], "ada@example.com");
    let other = local
        .clerk
        .state()
        .create_organization("Other", None, &ada.id);
    let other = other.await.unwrap();
    let id = made["id"].as_str().unwrap();
    let elsewhere = format!("/v1/organizations/{}/invitations/{id}", other.id);
    assert_eq!(
        local.backend("GET", &elsewhere, None).await.error(404),
        "resource_not_found"
    );
    let revoke = format!("{elsewhere}/revoke");
    assert_eq!(
        local.backend("POST", &revoke, None).await.error(404),
        "resource_not_found"
    );
    let by_bob = json!({ "requesting_user_id": bob.id });
    let by_bob = local
        .backend("POST", &format!("{path}/{id}/revoke"), Some(by_bob))
        .await;
    assert_eq!(by_bob.error(403), "missing_organization_permission");
    let everywhere = local
        .backend("GET", "/v1/organization_invitations?query=eve", None)
        .await;
    assert_eq!(everywhere.ok()["total_count"], 1);
}

#[tokio::test]
async fn one_to_the_application_is_deleted_with_its_mail() {
    let local = Local::open().await;
    let (ada, _, acme) = local.acme().await;
    let state = local.clerk.state();
    let invite = async |email: &str| {
        let body = json!({ "email_address": email, "ignore_existing": true });
        let made = local
            .backend("POST", "/v1/invitations", Some(body))
            .await
            .ok();
        made["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (
        invite("cem@example.com").await,
        invite("cem@example.com").await,
    );
    assert_eq!(state.mails(10).await.unwrap().len(), 2);
    let path = |id: &str| format!("/v1/invitations/{id}");
    let gone = local.backend("DELETE", &path(&first), None).await.ok();
    assert_eq!(
        gone,
        json!({ "object": "invitation", "id": first, "deleted": true })
    );
    let listed = local.backend("GET", "/v1/invitations", None).await.ok();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["id"], second.as_str());
    assert_eq!(state.mails(10).await.unwrap().len(), 1);
    let again = local.backend("DELETE", &path(&first), None).await;
    assert_eq!(again.error(404), "resource_not_found");
    // One into an organization is taken back there.
    let body = json!({ "email_address": "dan@example.com", "role": "org:member", "inviter_user_id": ada.id });
    let into = format!("/v1/organizations/{}/invitations", acme.id);
    let made = local.backend("POST", &into, Some(body)).await.ok();
    let foreign = local
        .backend("DELETE", &path(made["id"].as_str().unwrap()), None)
        .await;
    assert_eq!(foreign.error(404), "resource_not_found");
}
