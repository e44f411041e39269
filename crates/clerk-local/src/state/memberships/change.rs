//! Changing and ending memberships.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Membership, delete::delete, entity, load::load, rules::keep_a_manager};
use crate::{
    error::Result,
    shapes,
    state::{MetadataChange, State, Write, roles},
};

impl State {
    /// Changes a member's role; emits `organizationMembership.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for the membership and for the role (`role`),
    /// `organization_minimum_permissions_needed` for the last one who can run the organization.
    pub async fn update_role(
        &self,
        organization_id: &str,
        user_id: &str,
        role: &str,
    ) -> Result<Membership> {
        let write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        let wanted = roles::named(write.db(), role).await?;
        if !wanted.is_creator_eligible() {
            keep_a_manager(&write, &membership).await?;
        }
        let mut row = membership.row.clone().into_active_model();
        row.role = Set(role.to_owned());
        finish(write, row, &membership).await
    }

    /// Changes a membership's metadata; emits `organizationMembership.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `form_param_format_invalid` for metadata that is no object.
    pub async fn update_membership_metadata(
        &self,
        organization_id: &str,
        user_id: &str,
        public: Option<MetadataChange>,
        private: Option<MetadataChange>,
    ) -> Result<Membership> {
        let write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        let mut row = membership.row.clone().into_active_model();
        if let Some(change) = public {
            let former = membership.public_metadata.clone();
            row.public_metadata = Set(change.apply(former, "public_metadata")?);
        }
        if let Some(change) = private {
            let former = membership.private_metadata.clone();
            row.private_metadata = Set(change.apply(former, "private_metadata")?);
        }
        finish(write, row, &membership).await
    }

    /// Removes a person from an organization; sessions working in it lose it at once. Emits
    /// `organizationMembership.deleted`.
    ///
    /// # Errors
    /// `resource_not_found`; `organization_minimum_permissions_needed` for the last one who can
    /// run the organization.
    pub async fn remove_member(&self, organization_id: &str, user_id: &str) -> Result<Membership> {
        let mut write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        keep_a_manager(&write, &membership).await?;
        delete(&mut write, &membership).await?;
        write.commit().await?;
        Ok(membership)
    }
}

/// Writes the row with a new `updated_at` and its event.
async fn finish(
    mut write: Write,
    mut row: entity::ActiveModel,
    former: &Membership,
) -> Result<Membership> {
    row.updated_at = Set(write.later_than(former.updated_at));
    row.update(write.db()).await?;
    let membership = load(&write, &former.organization_id, &former.user_id).await?;
    let data = shapes::backend::membership(&membership, write.options());
    write.emit("organizationMembership.updated", data).await?;
    write.commit().await?;
    Ok(membership)
}
