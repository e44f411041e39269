//! Changing and deleting people.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{User, clean, entity, load};
use crate::{
    error::{LocalError, Result},
    shapes,
    state::{MetadataMode, State, check_password_form, images, memberships, sessions},
};

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UserChanges {
    /// Given name; `Some(None)` clears it.
    pub first_name: Option<Option<String>>,
    /// Family name; `Some(None)` clears it.
    pub last_name: Option<Option<String>>,
    /// Which of the person's verified addresses comes first.
    pub primary_email_address_id: Option<String>,
    /// A new password in clear; its length is checked.
    pub password: Option<String>,
    /// Replaces the whole value.
    pub public_metadata: Option<Value>,
    /// Replaces the whole value.
    pub private_metadata: Option<Value>,
    /// Replaces the whole value.
    pub unsafe_metadata: Option<Value>,
    /// Whether metadata replaces what is stored or is merged into it.
    pub metadata_mode: MetadataMode,
}

impl State {
    /// Changes a person; emits `user.updated`.
    pub async fn update_user(&self, id: &str, changes: UserChanges) -> Result<User> {
        let digest = match &changes.password {
            Some(password) => {
                check_password_form(password)?;
                Some(self.hash_password(password).await?)
            }
            None => None,
        };
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        let updated_at = write.later_than(user.updated_at);
        let mode = changes.metadata_mode;
        let mut row = user.row.clone().into_active_model();
        if let Some(name) = changes.first_name {
            row.first_name = Set(clean(name));
        }
        if let Some(name) = changes.last_name {
            row.last_name = Set(clean(name));
        }
        if let Some(primary) = changes.primary_email_address_id {
            let known = user.email_addresses.iter();
            if !known
                .clone()
                .any(|email| email.id == primary && email.verified)
            {
                return Err(LocalError::form(
                    422,
                    "form_resource_not_found",
                    "The person has no such verified email address.",
                    "primary_email_address_id",
                ));
            }
            row.primary_email_address_id = Set(Some(primary));
        }
        if let Some(digest) = digest {
            row.password_digest = Set(Some(digest));
            row.password_last_updated_at = Set(Some(write.now));
        }
        if let Some(value) = changes.public_metadata {
            let value = mode.apply(&user.public_metadata, value, "public_metadata")?;
            row.public_metadata = Set(value);
        }
        if let Some(value) = changes.private_metadata {
            let value = mode.apply(&user.private_metadata, value, "private_metadata")?;
            row.private_metadata = Set(value);
        }
        if let Some(value) = changes.unsafe_metadata {
            let value = mode.apply(&user.unsafe_metadata, value, "unsafe_metadata")?;
            row.unsafe_metadata = Set(value);
        }
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let user = load(&write, id).await?;
        let data = shapes::backend::user(&user, write.options());
        write.emit("user.updated", data).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Deletes a person with sessions and memberships; emits `session.removed` and
    /// `organizationMembership.deleted` for each, then `user.deleted`.
    pub async fn delete_user(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        sessions::end_all_of_user(&mut write, &user).await?;
        memberships::delete_all_of_user(&mut write, &user).await?;
        images::remove(&write, id).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({
            "object": "user", "id": id, "deleted": true, "external_id": user.external_id,
        });
        write.emit("user.deleted", data).await?;
        write.commit().await
    }
}
