//! Uploaded pictures of people and organizations.
//!
//! A picture never changes: another one gets another id, so that browsers may keep each for ever.

use std::collections::HashMap;

use imagesize::ImageType;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect,
};

use super::{State, Write, entities::image as entity, ids};
use crate::error::{LocalError, Result};

/// The largest picture, in bytes (Clerk: 10 MB).
pub const MAX_IMAGE_BYTES: usize = 10 * 1024 * 1024;

/// One stored picture.
pub type Image = entity::Model;

/// A file whose bytes are a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    content_type: &'static str,
    bytes: Vec<u8>,
}

impl Upload {
    /// Looks at the bytes; what the browser says about them does not count.
    ///
    /// # Errors
    /// 413 `image_too_large` above [`MAX_IMAGE_BYTES`]; 415 `unsupported_content_type` for anything
    /// but PNG, JPEG, GIF and WebP.
    pub fn new(bytes: Vec<u8>) -> Result<Self> {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(Self::too_large());
        }
        // The size is read to find out whether there is more to it than the first letters.
        let readable = imagesize::blob_size(&bytes).is_ok();
        let content_type = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) if readable => "image/png",
            Ok(ImageType::Jpeg) if readable => "image/jpeg",
            Ok(ImageType::Gif) if readable => "image/gif",
            Ok(ImageType::Webp) if readable => "image/webp",
            _ => {
                return Err(LocalError::form(
                    415,
                    "unsupported_content_type",
                    "The file must be a PNG, JPEG, GIF or WebP image.",
                    "file",
                ));
            }
        };
        Ok(Self {
            content_type,
            bytes,
        })
    }

    /// 413 `image_too_large`.
    pub fn too_large() -> LocalError {
        LocalError::form(
            413,
            "image_too_large",
            "The image being uploaded is more than 10MB. Please choose a smaller one.",
            "file",
        )
    }
}

impl State {
    /// One picture by its id.
    pub async fn image(&self, id: &str) -> Result<Option<Image>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }
}

/// Stores a picture in place of the owner's former one; returns its id. The caller emits the
/// owner's event.
pub(super) async fn put(write: &Write, owner_id: &str, upload: &Upload) -> Result<String> {
    remove(write, owner_id).await?;
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("img")),
        owner_id: Set(owner_id.to_owned()),
        content_type: Set(upload.content_type.to_owned()),
        bytes: Set(upload.bytes.clone()),
        created_at: Set(write.now),
    };
    Ok(row.insert(write.db()).await?.id)
}

/// Forgets the owner's picture; whether there was one.
pub(super) async fn remove(write: &Write, owner_id: &str) -> Result<bool> {
    let gone = entity::Entity::delete_many()
        .filter(entity::Column::OwnerId.eq(owner_id))
        .exec(write.db())
        .await?;
    Ok(gone.rows_affected > 0)
}

/// The ids of the owners' pictures, by owner.
pub(super) async fn of_owners(
    db: &impl ConnectionTrait,
    owners: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, String>> {
    let pairs: Vec<(String, String)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::OwnerId)
        .column(entity::Column::Id)
        .filter(entity::Column::OwnerId.is_in(owners))
        .into_tuple()
        .all(db)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// 404 `image_not_found`: there is no picture to remove.
pub(super) fn not_found() -> LocalError {
    LocalError::api(404, "image_not_found", "There is no image to remove.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        // One grey pixel.
        let gif =
            b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        let upload = Upload::new(gif.to_vec()).unwrap();
        assert_eq!(upload.content_type, "image/gif");
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
            b"<svg/>",
            b"BM\x1e\0\0\0",
        ] {
            let refused = Upload::new(bytes.to_vec()).unwrap_err();
            assert_eq!(
                refused.code(),
                Some("unsupported_content_type"),
                "{bytes:?}"
            );
        }
        let refused = Upload::new(vec![0; MAX_IMAGE_BYTES + 1]).unwrap_err();
        assert_eq!(refused.code(), Some("image_too_large"));
    }
}
