//! Objects of the browser API.

use serde_json::{Value, json};

use super::{
    common_membership, common_organization, common_user, extend, factor_age, page,
    public_user_data, token,
};
use crate::{
    LocalOptions, LocalState,
    error::Result,
    state::{Client, Membership, Organization, Session, User},
};

/// `User` as its own browser sees it, memberships included.
pub fn user(user: &User, memberships: &[Membership], options: &LocalOptions) -> Value {
    let memberships: Vec<Value> = memberships
        .iter()
        .map(|membership| self::membership(membership, options))
        .collect();
    extend(
        common_user(user, options),
        json!({ "organization_memberships": memberships }),
    )
}

/// `Organization`.
pub fn organization(organization: &Organization, options: &LocalOptions) -> Value {
    extend(
        common_organization(organization, options),
        json!({ "self_serve_sso_enabled": false }),
    )
}

/// `OrganizationMembership` with both its ends.
pub fn membership(membership: &Membership, options: &LocalOptions) -> Value {
    let organization = organization(&membership.organization, options);
    common_membership(membership, organization, options)
}

/// A page of memberships, and how many there are in all.
pub fn membership_page(memberships: &[Membership], total: u64, options: &LocalOptions) -> Value {
    let data = memberships
        .iter()
        .map(|membership| self::membership(membership, options))
        .collect();
    page(data, total)
}

/// `Session` with its person; `jwt` becomes `last_active_token`.
pub fn session(
    session: &Session,
    person: &User,
    memberships: &[Membership],
    jwt: Option<&str>,
    now_ms: i64,
    options: &LocalOptions,
) -> Value {
    json!({
        "object": "session",
        "id": session.id,
        "status": session.status_at(now_ms).as_str(),
        "expire_at": session.expire_at,
        "abandon_at": session.abandon_at,
        "last_active_at": session.last_active_at,
        "last_active_token": jwt.map(token),
        "last_active_organization_id": session.active_organization_id,
        "factor_verification_age": factor_age(session, now_ms),
        "actor": null,
        "tasks": null,
        "user": user(person, memberships, options),
        "public_user_data": public_user_data(person, options),
        "created_at": session.created_at,
        "updated_at": session.updated_at,
    })
}

/// Loads and builds a `Session`; a live one carries a fresh token for `azp`.
///
/// # Errors
/// When the database fails or the person is gone.
pub async fn load_session(state: &LocalState, of: &Session, azp: Option<&str>) -> Result<Value> {
    let person = state
        .user(&of.user_id)
        .await?
        .ok_or_else(crate::LocalError::not_found)?;
    let memberships = state.memberships_of_user(&of.user_id).await?;
    let now = state.now_ms();
    let jwt = match of.is_active(now) {
        true => Some(state.mint_session_token(of, azp).await?),
        false => None,
    };
    let jwt = jwt.as_deref();
    Ok(session(
        of,
        &person,
        &memberships,
        jwt,
        now,
        state.options(),
    ))
}

/// Loads and builds a `Client` with its live sessions and the attempts in progress.
///
/// # Errors
/// When the database fails.
pub async fn load_client(state: &LocalState, client: &Client, azp: Option<&str>) -> Result<Value> {
    let mut sessions = Vec::new();
    for session in state.sessions_of_client(&client.id).await? {
        sessions.push(load_session(state, &session, azp).await?);
    }
    let is_live = |id: &&str| sessions.iter().any(|session| session["id"] == **id);
    let active = client.last_active_session_id.as_deref().filter(is_live);
    let sign_in = match state.sign_in_of_client(client).await? {
        Some(attempt) => super::attempts::load_sign_in(state, &attempt).await?,
        None => Value::Null,
    };
    let sign_up = match state.sign_up_of_client(client).await? {
        Some(attempt) => super::attempts::sign_up(&attempt, state.options()),
        None => Value::Null,
    };
    Ok(json!({
        "object": "client",
        "id": client.id,
        "sessions": sessions,
        "sign_in": sign_in,
        "sign_up": sign_up,
        "last_active_session_id": active,
        "last_authentication_strategy": client.last_authentication_strategy,
        "cookie_expires_at": null,
        "captcha_bypass": false,
        "created_at": client.created_at,
        "updated_at": client.updated_at,
    }))
}
