//! Deleting invitations for good.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{entity, load::load};
use crate::{
    error::{LocalError, Result},
    state::{State, entities::mail, search::contains},
};

impl State {
    /// Deletes an invitation to the application, whatever its state, with the mail that was kept of
    /// it (`@clerk/backend`: `deleteInvitation`).
    ///
    /// # Errors
    /// `resource_not_found`, also for an invitation into an organization.
    pub async fn delete_invitation(&self, id: &str) -> Result<()> {
        let write = self.write().await?;
        let invitation = load(&write, id).await?;
        if invitation.organization_id.is_some() {
            return Err(LocalError::not_found());
        }
        let link = self.invitation_url(&invitation)?;
        mail::Entity::delete_many()
            .filter(mail::Column::Recipient.eq(&invitation.email_address))
            .filter(contains(mail::Column::Body, &link))
            .exec(write.db())
            .await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        write.commit().await
    }
}
