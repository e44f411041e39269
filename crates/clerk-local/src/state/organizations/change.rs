//! Changing and deleting organizations.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{
    Organization, entity,
    form::{check_slug, checked_name, refuse_taken},
    load,
};
use crate::{
    error::Result,
    shapes,
    state::{MetadataMode, State, images, memberships},
};

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct OrganizationChanges {
    /// A new name.
    pub name: Option<String>,
    /// A new slug.
    pub slug: Option<String>,
    /// Readable by the browser.
    pub public_metadata: Option<Value>,
    /// Readable by the backend only.
    pub private_metadata: Option<Value>,
    /// How the metadata given meets the stored one.
    pub metadata_mode: MetadataMode,
    /// How many members it may have; 0 = no limit.
    pub max_allowed_memberships: Option<i64>,
    /// Whether its admins may delete it.
    pub admin_delete_enabled: Option<bool>,
}

impl State {
    /// Changes an organization; emits `organization.updated`.
    ///
    /// # Errors
    /// As [`State::create_organization`]; `resource_not_found`.
    pub async fn update_organization(
        &self,
        id: &str,
        changes: OrganizationChanges,
    ) -> Result<Organization> {
        let mut write = self.write().await?;
        let organization = load(&write, id).await?;
        let updated_at = write.later_than(organization.updated_at);
        let mut row = organization.row.clone().into_active_model();
        if let Some(name) = changes.name {
            row.name = Set(checked_name(&name)?);
        }
        if let Some(slug) = changes.slug {
            let slug = slug.trim().to_owned();
            check_slug(&slug)?;
            refuse_taken(write.db(), &slug, Some(id)).await?;
            row.slug = Set(slug);
        }
        let mode = changes.metadata_mode;
        if let Some(given) = changes.public_metadata {
            let stored = &organization.public_metadata;
            row.public_metadata = Set(mode.apply(stored, given, "public_metadata")?);
        }
        if let Some(given) = changes.private_metadata {
            let stored = &organization.private_metadata;
            row.private_metadata = Set(mode.apply(stored, given, "private_metadata")?);
        }
        if let Some(limit) = changes.max_allowed_memberships {
            row.max_allowed_memberships = Set(limit.max(0));
        }
        if let Some(enabled) = changes.admin_delete_enabled {
            row.admin_delete_enabled = Set(enabled);
        }
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let organization = load(&write, id).await?;
        let data = shapes::backend::organization(&organization, write.options());
        write.emit("organization.updated", data).await?;
        write.commit().await?;
        Ok(organization)
    }

    /// Deletes an organization with its memberships and invitations; emits `organizationMembership.deleted` for
    /// each and `organization.deleted`.
    pub async fn delete_organization(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let organization = load(&write, id).await?;
        memberships::delete_all_of_organization(&mut write, &organization).await?;
        images::remove(&write, id).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({
            "object": "organization", "id": id, "slug": organization.slug, "deleted": true,
        });
        write.emit("organization.deleted", data).await?;
        write.commit().await
    }
}
