//! People's pictures.

use super::{User, finish, load};
use crate::{
    error::Result,
    state::{State, Upload, images},
};

impl State {
    /// Gives a person a picture in place of the former one; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person.
    pub async fn set_user_image(&self, id: &str, upload: &Upload) -> Result<User> {
        let mut write = self.write().await?;
        images::put(&write, id, upload).await?;
        let user = finish(&mut write, id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Takes a person's picture away; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person, `image_not_found` for one without a picture.
    pub async fn remove_user_image(&self, id: &str) -> Result<User> {
        let mut write = self.write().await?;
        load(&write, id).await?;
        if !images::remove(&write, id).await? {
            return Err(images::not_found());
        }
        let user = finish(&mut write, id).await?;
        write.commit().await?;
        Ok(user)
    }
}
