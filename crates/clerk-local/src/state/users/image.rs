//! People's pictures.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{User, load};
use crate::{
    error::Result,
    shapes,
    state::{State, Upload, Write, images},
};

impl State {
    /// Gives a person a picture in place of the former one; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person.
    pub async fn set_user_image(&self, id: &str, upload: &Upload) -> Result<User> {
        let write = self.write().await?;
        images::put(&write, id, upload).await?;
        finish(write, id).await
    }

    /// Takes a person's picture away; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person, `image_not_found` for one without a picture.
    pub async fn remove_user_image(&self, id: &str) -> Result<User> {
        let write = self.write().await?;
        load(&write, id).await?;
        if !images::remove(&write, id).await? {
            return Err(images::not_found());
        }
        finish(write, id).await
    }
}

async fn finish(mut write: Write, id: &str) -> Result<User> {
    let user = load(&write, id).await?;
    let updated_at = write.later_than(user.updated_at);
    let mut row = user.row.into_active_model();
    row.updated_at = Set(updated_at);
    row.update(write.db()).await?;
    let user = load(&write, id).await?;
    let data = shapes::backend::user(&user, write.options());
    write.emit("user.updated", data).await?;
    write.commit().await?;
    Ok(user)
}
