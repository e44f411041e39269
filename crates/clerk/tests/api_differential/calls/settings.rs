//! What belongs to the instance.

use clerk::{
    api::{
        ApiClient, Change, CreateDomain, CreateEnterpriseConnection, CreateInvitation,
        CreatePermission, CreateRole, CustomAttribute, ListEnterpriseConnections, ListInvitations,
        ListPermissions, ListRoles, OidcParams, SamlAttributeMapping, SamlLoginHint, SamlParams,
        UpdateDomain, UpdateEnterpriseConnection, UpdatePermission, UpdateRole,
    },
    ids::OrganizationId,
};
use serde_json::json;

use super::{Read, object, shown, some, strings};

pub async fn make(client: &ApiClient, resource: &str, call: &str) -> Option<Read> {
    match resource {
        "organization_roles" => roles(client, call).await,
        "organization_permissions" => permissions(client, call).await,
        "invitations" => invitations(client, call).await,
        "domains" => domains(client, call).await,
        "enterprise_connections" => connections(client, call).await,
        _ => None,
    }
}

async fn roles(client: &ApiClient, call: &str) -> Option<Read> {
    let roles = client.organization_roles();
    let id = "role_1";
    Some(match call {
        "list" => {
            let params = ListRoles {
                query: some("ed"),
                order_by: some("-key"),
                limit: Some(9),
                offset: 0,
            };
            shown(roles.list(&params).await)
        }
        "get" => shown(roles.get(id).await),
        "create" => {
            let new = CreateRole {
                name: "Editor".to_owned(),
                key: "org:editor".to_owned(),
                description: some("Edits"),
                permissions: strings(&["perm_1"]),
                include_in_initial_role_set: Some(true),
            };
            shown(roles.create(&new).await)
        }
        "update" => {
            let changes = UpdateRole {
                name: some("Editor 2"),
                description: Change::Clear,
                permissions: Some(Vec::new()),
                ..UpdateRole::default()
            };
            shown(roles.update(id, &changes).await)
        }
        "delete" => shown(roles.delete(id).await),
        "assign_permission" => shown(roles.assign_permission(id, "perm_1").await),
        "remove_permission" => shown(roles.remove_permission(id, "perm_1").await),
        _ => return None,
    })
}

async fn permissions(client: &ApiClient, call: &str) -> Option<Read> {
    let permissions = client.organization_permissions();
    let id = "perm_1";
    Some(match call {
        "list" => {
            let params = ListPermissions {
                query: some("pro"),
                order_by: some("name"),
                limit: None,
                offset: 2,
            };
            shown(permissions.list(&params).await)
        }
        "get" => shown(permissions.get(id).await),
        "create" => {
            let new = CreatePermission {
                name: "Write projects".to_owned(),
                key: "org:projects:write".to_owned(),
                description: some("May write"),
            };
            shown(permissions.create(&new).await)
        }
        "update" => {
            let changes = UpdatePermission {
                name: some("Write"),
                ..UpdatePermission::default()
            };
            shown(permissions.update(id, &changes).await)
        }
        "delete" => shown(permissions.delete(id).await),
        _ => return None,
    })
}

async fn invitations(client: &ApiClient, call: &str) -> Option<Read> {
    let invitations = client.invitations();
    let new = |email: &str| CreateInvitation {
        email_address: email.to_owned(),
        ..CreateInvitation::default()
    };
    Some(match call {
        "list" => {
            let params = ListInvitations {
                status: some("pending"),
                query: some("ben"),
                order_by: some("-expires_at"),
                limit: Some(4),
                offset: 0,
            };
            shown(invitations.list(&params).await)
        }
        "create" => {
            let new = CreateInvitation {
                public_metadata: object(json!({ "a": null })),
                redirect_url: some("https://app.example"),
                notify: Some(false),
                ignore_existing: Some(true),
                expires_in_days: Some(2),
                template_slug: some("invitation"),
                ..new("ben@example.com")
            };
            shown(invitations.create(&new).await)
        }
        "create_bulk" => {
            let eve = CreateInvitation {
                notify: Some(true),
                ..new("eve@example.com")
            };
            shown(
                invitations
                    .create_bulk(&[new("ben@example.com"), eve])
                    .await,
            )
        }
        "revoke" => shown(invitations.revoke("inv_1").await),
        _ => return None,
    })
}

async fn domains(client: &ApiClient, call: &str) -> Option<Read> {
    let domains = client.domains();
    Some(match call {
        "list" => shown(domains.list().await),
        "create" => {
            let new = CreateDomain {
                proxy_url: some("https://acme.example/__clerk"),
                ..CreateDomain::satellite("acme.example")
            };
            shown(domains.create(&new).await)
        }
        "update" => {
            let changes = UpdateDomain {
                name: some("acme2.example"),
                proxy_url: Change::Clear,
                is_secondary: Some(true),
            };
            shown(domains.update("dmn_1", &changes).await)
        }
        "delete" => shown(domains.delete("dmn_1").await),
        _ => return None,
    })
}

async fn connections(client: &ApiClient, call: &str) -> Option<Read> {
    let connections = client.enterprise_connections();
    let id = "ent_1";
    Some(match call {
        "list" => {
            let params = ListEnterpriseConnections {
                organization_id: Some(OrganizationId::new("org_1")),
                active: Some(true),
                limit: Some(2),
                offset: 0,
            };
            shown(connections.list(&params).await)
        }
        "list inactive" => {
            let params = ListEnterpriseConnections {
                active: Some(false),
                ..ListEnterpriseConnections::default()
            };
            shown(connections.list(&params).await)
        }
        "get" => shown(connections.get(id).await),
        "create" => shown(connections.create(&new_connection()).await),
        "update" => {
            let changes = UpdateEnterpriseConnection {
                name: some("Corp 2"),
                active: Some(false),
                disable_additional_identifications: Some(true),
                custom_attributes: Some(Vec::new()),
                oidc: Some(oidc()),
                ..UpdateEnterpriseConnection::default()
            };
            shown(connections.update(id, &changes).await)
        }
        "delete" => shown(connections.delete(id).await),
        _ => return None,
    })
}

fn new_connection() -> CreateEnterpriseConnection {
    let team = CustomAttribute {
        name: "Team".to_owned(),
        key: "team".to_owned(),
        sso_path: some("team"),
        scim_path: some("urn:team"),
        multi_valued: Some(true),
    };
    CreateEnterpriseConnection {
        name: "Corp".to_owned(),
        provider: "saml_okta".to_owned(),
        domains: strings(&["corp.example"]),
        organization_id: Some(OrganizationId::new("org_1")),
        active: Some(true),
        sync_user_attributes: Some(false),
        allow_organization_account_linking: Some(true),
        authenticatable: Some(true),
        disable_jit_provisioning: Some(false),
        custom_attributes: vec![team],
        saml: Some(saml()),
        oidc: Some(oidc()),
    }
}

fn saml() -> SamlParams {
    SamlParams {
        allow_idp_initiated: Some(true),
        allow_subdomains: Some(false),
        attribute_mapping: Some(SamlAttributeMapping {
            user_id: "uid".to_owned().into(),
            email_address: Change::Clear,
            ..SamlAttributeMapping::default()
        }),
        force_authn: Some(true),
        idp_certificate: some("MII"),
        idp_certificates: Some(strings(&["MII"])),
        idp_entity_id: some("idp"),
        idp_metadata: some("<x/>"),
        idp_metadata_url: some("https://idp.example/meta"),
        idp_sso_url: some("https://idp.example/sso"),
        login_hint: Some(SamlLoginHint {
            mode: "custom_attribute".to_owned(),
            source: some("login"),
        }),
    }
}

fn oidc() -> OidcParams {
    OidcParams {
        auth_url: some("https://idp.example/a"),
        client_id: some("c1"),
        client_secret: Some("s1".into()),
        discovery_url: some("https://idp.example/d"),
        requires_pkce: Some(false),
        token_url: some("https://idp.example/t"),
        user_info_url: some("https://idp.example/u"),
    }
}
