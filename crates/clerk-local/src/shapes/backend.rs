//! Objects of the backend API, which are also the `data` of webhook events.

use serde_json::{Value, json};

use super::{common_membership, common_organization, common_user, extend, page};
use crate::{
    LocalOptions, LocalState,
    error::Result,
    state::{Membership, Organization, Session, SignInToken, User},
};

/// `User`, private metadata included.
pub fn user(user: &User, options: &LocalOptions) -> Value {
    extend(
        common_user(user, options),
        json!({
            "private_metadata": user.private_metadata,
            "bypass_client_trust": false,
        }),
    )
}

/// `Organization`, private metadata included.
pub fn organization(organization: &Organization, options: &LocalOptions) -> Value {
    extend(
        common_organization(organization, options),
        json!({
            "private_metadata": organization.private_metadata,
            "created_by": Some(&organization.created_by).filter(|id| !id.is_empty()),
        }),
    )
}

/// `OrganizationMembership` with both its ends, private metadata included.
pub fn membership(membership: &Membership, options: &LocalOptions) -> Value {
    let organization = organization(&membership.organization, options);
    extend(
        common_membership(membership, organization, options),
        json!({ "private_metadata": membership.private_metadata }),
    )
}

/// A page of memberships, and how many there are in all.
pub fn membership_page(memberships: &[Membership], total: u64, options: &LocalOptions) -> Value {
    let data = memberships
        .iter()
        .map(|membership| self::membership(membership, options))
        .collect();
    page(data, total)
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

/// `SignInToken`; the token itself is signed anew each time, and is always the same.
///
/// # Errors
/// When the signature fails.
pub fn sign_in_token(state: &LocalState, token: &SignInToken) -> Result<Value> {
    let ticket = state.ticket_of(token)?;
    Ok(json!({
        "object": "sign_in_token",
        "id": token.id,
        "user_id": token.user_id,
        "status": token.status.as_str(),
        "url": state.ticket_url(&ticket),
        "token": ticket,
        "created_at": token.created_at,
        "updated_at": token.updated_at,
    }))
}
