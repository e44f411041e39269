use clerk::{
    api::{
        ApiClient, Change, CreateUser, ListUserInvitations, ListUsers, UpdateUser, UserMetadata,
    },
    ids::{OrganizationId, UserId},
};
use serde_json::{Value, json};

use super::{Read, object, shown, some, strings};

pub async fn make(client: &ApiClient, call: &str) -> Option<Read> {
    let users = client.users();
    let id = &UserId::new("user_1");
    Some(match call {
        "get" => shown(users.get(id).await),
        "list" => {
            let params = ListUsers {
                order_by: some("-created_at"),
                limit: Some(20),
                offset: 40,
                ..filter()
            };
            shown(users.list(&params).await)
        }
        "list without parameters" => shown(users.list(&ListUsers::default()).await),
        "count" => shown(users.count(&filter()).await),
        "create" => shown(users.create(new_user()).await),
        "update" => {
            let changes = UpdateUser {
                external_id: Change::Clear,
                first_name: Change::Set("Ada".to_owned()),
                last_name: Change::Clear,
                username: "ada2".to_owned().into(),
                primary_email_address_id: some("idn_1"),
                password: Some("correct horse".into()),
                sign_out_of_other_sessions: true,
                create_organizations_limit: Change::Set(0),
                ..UpdateUser::default()
            };
            shown(users.update(id, &changes).await)
        }
        "merge_metadata" => shown(users.merge_metadata(id, &metadata()).await),
        "replace_metadata" => {
            let metadata = UserMetadata {
                unsafe_metadata: Some(object(json!({}))),
                ..UserMetadata::default()
            };
            shown(users.replace_metadata(id, &metadata).await)
        }
        "delete" => shown(users.delete(id).await),
        "ban" => shown(users.ban(id).await),
        "unban" => shown(users.unban(id).await),
        "lock" => shown(users.lock(id).await),
        "unlock" => shown(users.unlock(id).await),
        "delete_profile_image" => shown(users.delete_profile_image(id).await),
        "organization_memberships" => shown(users.organization_memberships(id).await),
        "list_organization_invitations" => {
            let params = ListUserInvitations {
                status: some("pending"),
                limit: Some(5),
                offset: 0,
            };
            shown(users.list_organization_invitations(id, &params).await)
        }
        _ => return factors(client, id, call).await,
    })
}

async fn factors(client: &ApiClient, id: &UserId, call: &str) -> Option<Read> {
    let users = client.users();
    let verified = |verified: bool| json!({ "verified": verified });
    Some(match call {
        "verify_password" => users.verify_password(id, "p w").await.map(verified),
        "verify_totp" => users.verify_totp(id, "123456").await.map(verified),
        "remove_password" => shown(users.remove_password(id, true).await),
        "remove_password quietly" => shown(users.remove_password(id, false).await),
        "set_password_compromised" => shown(users.set_password_compromised(id, false).await),
        "unset_password_compromised" => shown(users.unset_password_compromised(id).await),
        "disable_mfa" => users.disable_mfa(id).await.map(|()| Value::Null),
        "delete_totp" => users.delete_totp(id).await.map(|()| Value::Null),
        "delete_backup_codes" => users.delete_backup_codes(id).await.map(|()| Value::Null),
        "delete_passkey" => shown(users.delete_passkey(id, "idn_5").await),
        "delete_web3_wallet" => shown(users.delete_web3_wallet(id, "idn_4").await),
        "delete_external_account" => shown(users.delete_external_account(id, "eac_1").await),
        _ => return None,
    })
}

fn filter() -> ListUsers {
    ListUsers {
        email_addresses: strings(&["a+b@example.com", "c@example.com"]),
        phone_numbers: strings(&["+15555550100"]),
        external_ids: strings(&["ext_1"]),
        usernames: strings(&["ada"]),
        web3_wallets: strings(&["0x1"]),
        user_ids: vec![UserId::new("user_1"), UserId::new("-user_2")],
        organization_ids: vec![OrganizationId::new("+org_1")],
        query: some("ada l"),
        last_active_at_before: Some(5),
        last_active_at_after: Some(4),
        created_at_before: Some(3),
        created_at_after: Some(2),
        last_sign_in_at_after: Some(1),
        last_sign_in_at_before: Some(6),
        ..ListUsers::default()
    }
}

fn new_user() -> CreateUser {
    let metadata = metadata();
    CreateUser {
        external_id: some("ext_1"),
        email_addresses: strings(&["ada@example.com"]),
        phone_numbers: strings(&["+15555550100"]),
        username: some("ada"),
        first_name: some("Ada"),
        last_name: some("L"),
        locale: some("en-GB"),
        password: Some("correct horse".into()),
        skip_password_checks: true,
        totp_secret: Some("JBSW".into()),
        backup_codes: vec!["one".into(), "two".into()],
        public_metadata: metadata.public_metadata.unwrap_or_default(),
        private_metadata: metadata.private_metadata.unwrap_or_default(),
        unsafe_metadata: object(json!({ "theme": "dark" })),
        delete_self_enabled: Some(false),
        created_at: some("2024-10-29T00:00:00Z"),
        banned: true,
        ..CreateUser::default()
    }
}

fn metadata() -> UserMetadata {
    UserMetadata {
        public_metadata: Some(object(
            json!({ "plan": { "name": "pro", "trialEnd": null } }),
        )),
        private_metadata: Some(object(json!({ "crmId": 7 }))),
        unsafe_metadata: None,
    }
}
