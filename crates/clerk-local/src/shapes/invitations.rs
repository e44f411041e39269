//! Invitations, as both APIs show them.

use serde_json::{Value, json};

use super::{extend, images, public_user_data};
use crate::{
    LocalOptions, LocalState,
    error::Result,
    state::{Invitation, InvitationStatus, Organization},
};

/// `OrganizationInvitation` of the backend API as of a time (unix milliseconds). An accepted one
/// names the person, as its event does.
///
/// # Errors
/// When the link can't be signed.
pub fn backend(invitation: &Invitation, state: &LocalState, now_ms: i64) -> Result<Value> {
    let options = state.options();
    let inviter = invitation.inviter.as_ref();
    let mut body = extend(
        common(invitation, now_ms, options),
        json!({
            "inviter_id": invitation.inviter_id,
            "public_inviter_data": inviter.map(|inviter| public_user_data(inviter, options)),
            "private_metadata": invitation.private_metadata,
            "url": url(invitation, state, now_ms)?,
        }),
    );
    if let Some(user_id) = &invitation.user_id {
        body["user_id"] = json!(user_id);
    }
    Ok(body)
}

/// `OrganizationInvitation` of the browser API as of a time (unix milliseconds). The link is for
/// the mail only: whoever has it can sign in as the invited person.
pub fn browser(invitation: &Invitation, now_ms: i64, options: &LocalOptions) -> Value {
    common(invitation, now_ms, options)
}

/// `Invitation` of the backend API: to the application.
///
/// # Errors
/// When the link can't be signed.
pub fn to_application(invitation: &Invitation, state: &LocalState) -> Result<Value> {
    let now_ms = state.now_ms();
    let status = invitation.status_at(now_ms);
    Ok(json!({
        "object": "invitation",
        "id": invitation.id,
        "email_address": invitation.email_address,
        "public_metadata": invitation.public_metadata,
        "revoked": status == InvitationStatus::Revoked,
        "status": status.as_str(),
        "url": url(invitation, state, now_ms)?,
        "expires_at": invitation.expires_at,
        "created_at": invitation.created_at,
        "updated_at": invitation.updated_at,
    }))
}

/// The link of an invitation that can be accepted.
fn url(invitation: &Invitation, state: &LocalState, now_ms: i64) -> Result<Option<String>> {
    match invitation.status_at(now_ms) {
        InvitationStatus::Pending => state.invitation_url(invitation).map(Some),
        _ => Ok(None),
    }
}

fn common(invitation: &Invitation, now_ms: i64, options: &LocalOptions) -> Value {
    let organization = invitation.organization.as_ref();
    json!({
        "object": "organization_invitation",
        "id": invitation.id,
        "email_address": invitation.email_address,
        "role": invitation.role,
        "role_name": invitation.assigned.as_ref().map(|role| &role.name),
        "organization_id": invitation.organization_id,
        "public_organization_data":
            organization.map(|organization| public_organization_data(organization, options)),
        "status": invitation.status_at(now_ms).as_str(),
        "public_metadata": invitation.public_metadata,
        "url": null,
        "expires_at": invitation.expires_at,
        "created_at": invitation.created_at,
        "updated_at": invitation.updated_at,
    })
}

/// What people outside may know of an organization that invites them.
fn public_organization_data(organization: &Organization, options: &LocalOptions) -> Value {
    json!({
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "image_url": images::of_organization(organization, options),
        "has_image": organization.image_id.is_some(),
    })
}
