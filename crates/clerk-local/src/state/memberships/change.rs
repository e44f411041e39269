//! Changing and ending memberships.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::Value;

use super::{Membership, delete::delete, entity, load::load, rules::keep_a_manager};
use crate::{
    error::Result,
    shapes,
    state::{MetadataMode, State, Write, roles},
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
    /// `resource_not_found`; those of [`MetadataMode`] for what may not be stored.
    pub async fn update_membership_metadata(
        &self,
        organization_id: &str,
        user_id: &str,
        mode: MetadataMode,
        public: Option<Value>,
        private: Option<Value>,
    ) -> Result<Membership> {
        let write = self.write().await?;
        let membership = load(&write, organization_id, user_id).await?;
        let mut row = membership.row.clone().into_active_model();
        if let Some(given) = public {
            let stored = &membership.public_metadata;
            row.public_metadata = Set(mode.apply(stored, given, "public_metadata")?);
        }
        if let Some(given) = private {
            let stored = &membership.private_metadata;
            row.private_metadata = Set(mode.apply(stored, given, "private_metadata")?);
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
