//! Accepting invitations.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Invitation, InvitationStatus, load::load};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::{
        Membership, State, User, Write, memberships,
        memberships::{Grant, insert},
        users,
    },
};

impl State {
    /// Accepts an invitation for the person who has its address. Into an organization: makes the
    /// membership and answers with it; emits `organizationMembership.created` and
    /// `organizationInvitation.accepted`. To the application: the person gets its public metadata;
    /// emits `user.updated` if that changes anything.
    ///
    /// # Errors
    /// `resource_not_found` when there is no such invitation for this person's addresses;
    /// [`Invitation::check_pending`]; `already_a_member_in_organization`,
    /// `organization_membership_quota_exceeded`.
    pub async fn accept_invitation(&self, id: &str, user_id: &str) -> Result<Option<Membership>> {
        let mut write = self.write().await?;
        let invitation = load(&write, id).await?;
        let user = users::load(&write, user_id).await?;
        let has_address = |user: &User| {
            let mut addresses = user.email_addresses.iter();
            addresses.any(|email| email.lookup_key == invitation.lookup_key)
        };
        if !has_address(&user) {
            return Err(LocalError::not_found());
        }
        invitation.check_pending(write.now)?;
        let membership = match &invitation.organization {
            Some(_) => Some(join(&mut write, &invitation, &user).await?),
            None => {
                give_metadata(&mut write, &invitation, user).await?;
                None
            }
        };
        let updated_at = write.later_than(invitation.updated_at);
        let mut row = invitation.row.into_active_model();
        row.status = Set(InvitationStatus::Accepted);
        row.user_id = Set(Some(user_id.to_owned()));
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        if membership.is_some() {
            let invitation = load(&write, id).await?;
            let data = shapes::invitations::backend(&invitation, &write.state, write.now)?;
            write.emit("organizationInvitation.accepted", data).await?;
        }
        write.commit().await?;
        Ok(membership)
    }
}

impl Invitation {
    /// Refuses an invitation that can't be accepted at a time (unix milliseconds).
    ///
    /// # Errors
    /// Into an organization: `organization_invitation_already_accepted`,
    /// `organization_invitation_revoked_code`, `organization_invitation_not_pending` when it is
    /// expired. To the application: `invitation_already_accepted`, `revoked_invitation`,
    /// `resource_not_found` when it is expired.
    pub fn check_pending(&self, now_ms: i64) -> Result<()> {
        let (accepted, revoked) = match self.organization_id {
            Some(_) => (
                "organization_invitation_already_accepted",
                "organization_invitation_revoked_code",
            ),
            None => ("invitation_already_accepted", "revoked_invitation"),
        };
        Err(match (self.status_at(now_ms), &self.organization_id) {
            (InvitationStatus::Pending, _) => return Ok(()),
            (InvitationStatus::Accepted, _) => LocalError::api(
                400,
                accepted,
                "This invitation has already been accepted. Sign in instead.",
            ),
            (InvitationStatus::Revoked, _) => LocalError::api(
                400,
                revoked,
                "This invitation has been revoked and cannot be used anymore.",
            ),
            (InvitationStatus::Expired, Some(_)) => LocalError::api(
                404,
                "organization_invitation_not_pending",
                "The organization invitation is not in the 'pending' status.",
            ),
            (InvitationStatus::Expired, None) => LocalError::not_found(),
        })
    }
}

/// The membership the invitation promises. Its own place in the organization is free for it.
async fn join(write: &mut Write, invitation: &Invitation, user: &User) -> Result<Membership> {
    let organization = invitation
        .organization
        .as_ref()
        .ok_or_else(LocalError::not_found)?;
    memberships::refuse_member(write, &organization.id, &user.id).await?;
    memberships::check_quota(organization, 0)?;
    let grant = Grant {
        role: invitation.role.clone().unwrap_or_default(),
        public_metadata: invitation.public_metadata.clone(),
        private_metadata: invitation.private_metadata.clone(),
    };
    insert(write, &organization.id, user, grant).await
}

/// The person's public metadata with the invitation's on top.
async fn give_metadata(write: &mut Write, invitation: &Invitation, user: User) -> Result<()> {
    let mut metadata = user.public_metadata.clone();
    if let (Some(of_person), Some(given)) = (
        metadata.as_object_mut(),
        invitation.public_metadata.as_object(),
    ) {
        of_person.extend(given.clone());
    }
    if metadata == user.public_metadata {
        return Ok(());
    }
    let updated_at = write.later_than(user.updated_at);
    let id = user.id.clone();
    let mut row = user.row.into_active_model();
    row.public_metadata = Set(metadata);
    row.updated_at = Set(updated_at);
    row.update(write.db()).await?;
    let user = users::load(write, &id).await?;
    let data = shapes::backend::user(&user, write.options());
    write.emit("user.updated", data).await
}
