//! People's pictures.

use super::{User, load, touch};
use crate::{
    error::Result,
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
    let user = touch(&mut write, id).await?;
    write.commit().await?;
    Ok(user)
}
