//! Organizations' logos.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Organization, load};
use crate::{
    error::Result,
    shapes,
    state::{State, Upload, Write, images},
};

impl State {
    /// Gives an organization a logo in place of the former one; emits `organization.updated`.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn set_logo(&self, id: &str, upload: &Upload) -> Result<Organization> {
        let write = self.write().await?;
        let former = load(&write, id).await?;
        images::put(&write, id, upload).await?;
        finish(write, former).await
    }

    /// Takes an organization's logo away; emits `organization.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `image_not_found` when there is none.
    pub async fn remove_logo(&self, id: &str) -> Result<Organization> {
        let write = self.write().await?;
        let former = load(&write, id).await?;
        if !images::remove(&write, id).await? {
            return Err(images::not_found());
        }
        finish(write, former).await
    }
}

async fn finish(mut write: Write, former: Organization) -> Result<Organization> {
    let updated_at = write.later_than(former.updated_at);
    let id = former.id.clone();
    let mut row = former.row.into_active_model();
    row.updated_at = Set(updated_at);
    row.update(write.db()).await?;
    let organization = load(&write, &id).await?;
    let data = shapes::backend::organization(&organization, write.options());
    write.emit("organization.updated", data).await?;
    write.commit().await?;
    Ok(organization)
}
