//! Objects of the backend API, which are also the `data` of webhook events.

use serde_json::{Value, json};

use super::{
    common_membership, common_organization, common_user, extend, page, role_name,
    system_permissions,
};
use crate::{
    LocalOptions,
    state::{Client, Membership, Organization, Session, User},
};

/// `User`, private metadata included.
pub fn user(user: &User, options: &LocalOptions) -> Value {
    extend(
        common_user(user, options),
        json!({
            "private_metadata": user.private_metadata,
            "bypass_client_trust": user.settings.bypass_client_trust,
        }),
    )
}

/// `Organization`, private metadata included.
pub fn organization(organization: &Organization, options: &LocalOptions) -> Value {
    extend(
        common_organization(organization, options),
        json!({
            "private_metadata": organization.private_metadata,
            "created_by": organization.created_by,
        }),
    )
}

/// `OrganizationMembership` with both its ends, private metadata included.
pub fn membership(membership: &Membership, options: &LocalOptions) -> Value {
    let organization = organization(&membership.organization, options);
    let mut shape = extend(
        common_membership(membership, organization, options),
        json!({ "private_metadata": membership.private_metadata }),
    );
    // The browser API alone says this of members.
    if let Some(person) = shape["public_user_data"].as_object_mut() {
        person.remove("deprovisioned");
    }
    shape
}

/// A page of memberships, and how many there are in all.
pub fn membership_page(memberships: &[Membership], total: u64, options: &LocalOptions) -> Value {
    let data = memberships
        .iter()
        .map(|membership| self::membership(membership, options))
        .collect();
    page(data, total)
}

/// `Client` with its live sessions.
pub fn client(client: &Client, sessions: &[Session], now_ms: i64) -> Value {
    let ids: Vec<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| self::session(session, now_ms))
        .collect();
    json!({
        "object": "client",
        "id": client.id,
        "session_ids": ids,
        "sessions": sessions,
        "sign_in_id": client.sign_in_id,
        "sign_up_id": client.sign_up_id,
        "last_active_session_id": client.last_active_session_id,
        "last_authentication_strategy": client.last_authentication_strategy,
        "created_at": client.created_at,
        "updated_at": client.updated_at,
    })
}

/// `Session` as of a time (unix milliseconds).
pub fn session(session: &Session, now_ms: i64) -> Value {
    json!({
        "object": "session",
        "id": session.id,
        "user_id": session.user_id,
        "client_id": session.client_id,
        "actor": null,
        "status": session.status_at(now_ms).as_str(),
        "last_active_organization_id": session.active_organization_id,
        "last_active_at": session.last_active_at,
        "latest_activity": null,
        "expire_at": session.expire_at,
        "abandon_at": session.abandon_at,
        "tasks": null,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
    })
}

/// `Session` as events carry it: with its person.
pub fn session_with_user(
    of: &Session,
    person: &User,
    now_ms: i64,
    options: &LocalOptions,
) -> Value {
    extend(
        session(of, now_ms),
        json!({ "user": user(person, options) }),
    )
}

/// One of the two built-in roles.
pub fn role(key: &str, created_at: i64) -> Value {
    let permissions: Vec<Value> = system_permissions(key)
        .iter()
        .map(|permission| {
            json!({
                "object": "permission",
                "id": format!("perm_{}", permission.replace(':', "_")),
                "key": permission,
                "name": permission.trim_start_matches("org:").replace(['_', ':'], " "),
                "description": "",
                "type": "system",
                "created_at": created_at,
                "updated_at": created_at,
            })
        })
        .collect();
    json!({
        "object": "role",
        "id": format!("role_{}", key.trim_start_matches("org:")),
        "key": key,
        "name": role_name(key),
        "description": "",
        "is_creator_eligible": key == crate::state::ADMIN,
        "permissions": permissions,
        "created_at": created_at,
        "updated_at": created_at,
    })
}
