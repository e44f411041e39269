use clerk::{
    api::{
        ApiClient, CreateOrganization, CreateOrganizationDomain, CreateOrganizationInvitation,
        ListInstanceMemberships, ListOrganizationDomains, ListOrganizationInvitations,
        ListOrganizationMemberships, ListOrganizations, OrganizationMetadata, UpdateOrganization,
        UpdateOrganizationDomain, UploadLogo,
    },
    ids::{OrganizationId, UserId},
};
use serde_json::json;

use super::{Read, object, shown, some, strings};

pub async fn make(client: &ApiClient, call: &str) -> Option<Read> {
    let organizations = client.organizations();
    let id = &OrganizationId::new("org_1");
    Some(match call {
        "get" => shown(organizations.get(id).await),
        "get_by_slug" => shown(organizations.get_by_slug("acme").await),
        "list" => {
            let params = ListOrganizations {
                query: some("ac me"),
                user_id: vec![UserId::new("user_1")],
                organization_id: vec![OrganizationId::new("org_1"), OrganizationId::new("org_2")],
                include_members_count: Some(true),
                order_by: some("-name"),
                limit: Some(500),
                offset: 1,
            };
            shown(organizations.list(&params).await)
        }
        "create" => {
            let metadata = metadata();
            let new = CreateOrganization {
                name: "Acme".to_owned(),
                slug: some("acme"),
                created_by: Some(UserId::new("user_1")),
                max_allowed_memberships: Some(0),
                public_metadata: metadata.public_metadata.unwrap_or_default(),
                private_metadata: metadata.private_metadata.unwrap_or_default(),
                ..CreateOrganization::default()
            };
            shown(organizations.create(new).await)
        }
        "update" => {
            let changes = UpdateOrganization {
                name: some("Acme 2"),
                slug: some("acme-2"),
                max_allowed_memberships: Some(7),
                admin_delete_enabled: Some(false),
                role_set_key: None,
            };
            shown(organizations.update(id, &changes).await)
        }
        "merge_metadata" => shown(organizations.merge_metadata(id, &metadata()).await),
        "replace_metadata" => {
            let metadata = OrganizationMetadata {
                public_metadata: Some(object(json!({}))),
                private_metadata: None,
            };
            shown(organizations.replace_metadata(id, &metadata).await)
        }
        "upload_logo" => {
            let logo = UploadLogo {
                file: b"a picture".to_vec(),
                media_type: "image/png".to_owned(),
                uploader_user_id: Some(UserId::new("user_1")),
            };
            shown(organizations.upload_logo(id, logo).await)
        }
        "upload_logo by nobody" => {
            let logo = UploadLogo {
                file: b"another".to_vec(),
                media_type: "image/webp".to_owned(),
                uploader_user_id: None,
            };
            shown(organizations.upload_logo(id, logo).await)
        }
        "delete_logo" => shown(organizations.delete_logo(id).await),
        "delete" => shown(organizations.delete(id).await),
        _ if call.contains("membership") => return memberships(client, id, call).await,
        _ if call.contains("invitation") => return invitations(client, id, call).await,
        _ => return domains(client, id, call).await,
    })
}

async fn memberships(client: &ApiClient, id: &OrganizationId, call: &str) -> Option<Read> {
    let organizations = client.organizations();
    let user = &UserId::new("user_1");
    Some(match call {
        "list_memberships" => {
            let params = ListOrganizationMemberships {
                user_id: vec![user.clone()],
                email_address: strings(&["a@example.com"]),
                phone_number: strings(&["+1"]),
                username: strings(&["u"]),
                web3_wallet: strings(&["0x1"]),
                role: strings(&["org:admin", "org:member"]),
                query: some("q"),
                email_address_query: some("e"),
                phone_number_query: some("p"),
                username_query: some("n"),
                name_query: some("m"),
                last_active_at_before: Some(4),
                last_active_at_after: Some(3),
                created_at_before: Some(2),
                created_at_after: Some(1),
                order_by: some("+created_at"),
                limit: Some(5),
                offset: 10,
            };
            shown(organizations.list_memberships(id, &params).await)
        }
        "list_instance_memberships" => {
            let params = ListInstanceMemberships {
                order_by: some("-username"),
                limit: Some(3),
                offset: 0,
            };
            shown(organizations.list_instance_memberships(&params).await)
        }
        "create_membership" => {
            let created = organizations.create_membership(id, user, "org:member");
            shown(created.await)
        }
        "update_membership" => {
            let updated = organizations.update_membership(id, user, "org:admin");
            shown(updated.await)
        }
        "merge_membership_metadata" => {
            let merged = organizations
                .merge_membership_metadata(id, user, &metadata())
                .await;
            shown(merged)
        }
        "delete_membership" => shown(organizations.delete_membership(id, user).await),
        _ => return None,
    })
}

async fn invitations(client: &ApiClient, id: &OrganizationId, call: &str) -> Option<Read> {
    let organizations = client.organizations();
    let user = &UserId::new("user_1");
    let new = |email: &str, role: &str| CreateOrganizationInvitation {
        email_address: email.to_owned(),
        role: role.to_owned(),
        ..CreateOrganizationInvitation::default()
    };
    Some(match call {
        "list_invitations" => {
            let params = ListOrganizationInvitations {
                status: strings(&["pending", "revoked"]),
                limit: Some(2),
                ..ListOrganizationInvitations::default()
            };
            shown(organizations.list_invitations(id, &params).await)
        }
        "get_invitation" => shown(organizations.get_invitation(id, "orginv_1").await),
        "create_invitation" => {
            let metadata = metadata();
            let new = CreateOrganizationInvitation {
                inviter_user_id: Some(user.clone()),
                public_metadata: metadata.public_metadata.unwrap_or_default(),
                private_metadata: metadata.private_metadata.unwrap_or_default(),
                redirect_url: some("https://app.example/in?x=1"),
                expires_in_days: Some(3),
                ..new("ben@example.com", "org:member")
            };
            shown(organizations.create_invitation(id, &new).await)
        }
        "create_invitations_bulk" => {
            let all = [
                new("ben@example.com", "org:member"),
                new("eve@example.com", "org:admin"),
            ];
            let created = organizations.create_invitations_bulk(id, &all).await;
            // The page around them says nothing that the list does not.
            shown(created).map(|data| json!({ "data": data, "total_count": 2 }))
        }
        "revoke_invitation" => {
            let revoked = organizations.revoke_invitation(id, "orginv_1", Some(user));
            shown(revoked.await)
        }
        _ => return None,
    })
}

async fn domains(client: &ApiClient, id: &OrganizationId, call: &str) -> Option<Read> {
    let organizations = client.organizations();
    let domain = "orgdmn_1";
    Some(match call {
        "list_domains" => {
            let params = ListOrganizationDomains {
                limit: Some(4),
                offset: 8,
                ..ListOrganizationDomains::default()
            };
            shown(organizations.list_domains(id, &params).await)
        }
        "create_domain" => {
            let new = CreateOrganizationDomain {
                name: "acme.example".to_owned(),
                enrollment_mode: "automatic_invitation".to_owned(),
                verified: Some(false),
            };
            shown(organizations.create_domain(id, &new).await)
        }
        "update_domain" => {
            let changes = UpdateOrganizationDomain {
                enrollment_mode: some("manual_invitation"),
                verified: Some(true),
            };
            shown(organizations.update_domain(id, domain, &changes).await)
        }
        "delete_domain" => shown(organizations.delete_domain(id, domain).await),
        _ => return None,
    })
}

fn metadata() -> OrganizationMetadata {
    OrganizationMetadata {
        public_metadata: Some(object(
            json!({ "plan": { "name": "pro", "trialEnd": null } }),
        )),
        private_metadata: Some(object(json!({ "crmId": 7 }))),
    }
}
