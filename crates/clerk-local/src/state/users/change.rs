//! Changing and deleting people.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{
    SettingsChanges, User, clean, entity, finish, load, refuse_taken_external_id, settings,
};
use crate::{
    error::{LocalError, Result},
    state::{
        GivenFactors, MetadataMode, State, check_password_form, images, memberships, sessions,
    },
};

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UserChanges {
    /// Given name; `Some(None)` clears it.
    pub first_name: Option<Option<String>>,
    /// Family name; `Some(None)` clears it.
    pub last_name: Option<Option<String>>,
    /// The caller's own id; `Some(None)` clears it.
    pub external_id: Option<Option<String>>,
    /// Which of the person's verified addresses comes first.
    pub primary_email_address_id: Option<String>,
    /// A new password in clear; its length is checked.
    pub password: Option<String>,
    /// Whether any password will do that is not empty.
    pub skip_password_checks: bool,
    /// A digest in PHC form, used when `password` is none.
    pub password_digest: Option<String>,
    /// Whether a new password ends the person's sessions.
    pub sign_out_of_other_sessions: bool,
    /// Readable by the browser.
    pub public_metadata: Option<Value>,
    /// For the backend alone.
    pub private_metadata: Option<Value>,
    /// Readable and writable by the browser.
    pub unsafe_metadata: Option<Value>,
    /// Whether metadata replaces what is stored or is merged into it.
    pub metadata_mode: MetadataMode,
    /// Second factors from elsewhere, in the place of those the person has.
    pub factors: GivenFactors,
    /// Exceptions from the instance's settings.
    pub settings: SettingsChanges,
    /// When the person is said to have signed up (unix milliseconds).
    pub created_at: Option<i64>,
}

impl State {
    /// Changes a person; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `form_identifier_exists` (`external_id`), `form_resource_not_found`
    /// (`primary_email_address_id`), `form_password_length_too_short`/`_long`,
    /// `form_param_type_invalid` and `form_param_exceeds_allowed_size` for metadata.
    pub async fn update_user(&self, id: &str, changes: UserChanges) -> Result<User> {
        let digest = match &changes.password {
            Some(password) => {
                if !changes.skip_password_checks || password.is_empty() {
                    check_password_form(password)?;
                }
                Some(self.hash_password(password).await?)
            }
            None => changes.password_digest,
        };
        let mode = changes.metadata_mode;
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        let mut row = user.row.clone().into_active_model();
        if let Some(name) = changes.first_name {
            row.first_name = Set(clean(name));
        }
        if let Some(name) = changes.last_name {
            row.last_name = Set(clean(name));
        }
        if let Some(external_id) = changes.external_id {
            let external_id = external_id.filter(|id| !id.is_empty());
            refuse_taken_external_id(write.db(), external_id.as_deref(), Some(id)).await?;
            row.external_id = Set(external_id);
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
            settings::clear_compromised(&write, &user).await?;
            if changes.sign_out_of_other_sessions {
                sessions::revoke_others(&mut write, id, None).await?;
            }
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
        if let Some(created_at) = changes.created_at {
            row.created_at = Set(created_at);
        }
        row.update(write.db()).await?;
        let user = load(&write, id).await?;
        settings::store_changes(&write, &user, changes.settings).await?;
        changes.factors.store(&write, id).await?;
        let user = finish(&mut write, id).await?;
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
