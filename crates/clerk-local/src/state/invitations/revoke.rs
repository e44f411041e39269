//! Taking invitations back.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Invitation, InvitationStatus, load::load};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::State,
};

impl State {
    /// Takes a pending invitation back. `organization_id` is where it has to belong; none: to the
    /// application. Emits `organizationInvitation.revoked`.
    ///
    /// # Errors
    /// `resource_not_found`; `organization_invitation_not_pending`, or
    /// `invitation_already_accepted`/`revoked_invitation` for one to the application.
    pub async fn revoke_invitation(
        &self,
        organization_id: Option<&str>,
        id: &str,
    ) -> Result<Invitation> {
        let mut write = self.write().await?;
        let invitation = load(&write, id).await?;
        if invitation.organization_id.as_deref() != organization_id {
            return Err(LocalError::not_found());
        }
        match organization_id {
            Some(_) if invitation.status_at(write.now) != InvitationStatus::Pending => {
                return Err(LocalError::api(
                    404,
                    "organization_invitation_not_pending",
                    "The organization invitation is not in the 'pending' status.",
                ));
            }
            Some(_) => {}
            None => invitation.check_pending(write.now)?,
        }
        let updated_at = write.later_than(invitation.updated_at);
        let mut row = invitation.row.into_active_model();
        row.status = Set(InvitationStatus::Revoked);
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let invitation = load(&write, id).await?;
        if organization_id.is_some() {
            let data = shapes::invitations::backend(&invitation, &write.state, write.now)?;
            write.emit("organizationInvitation.revoked", data).await?;
        }
        write.commit().await?;
        Ok(invitation)
    }
}
