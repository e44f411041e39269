//! Email addresses of people: adding, verifying, choosing the first one, removing.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    EmailAddress, User, check_email_form, create::insert_address, email_address, entity, finish,
    load,
};
use crate::{
    error::{LocalError, Result},
    state::{State, Write},
};

/// An address to be added to a person.
#[derive(Debug, Clone, Default)]
pub struct NewEmailAddress {
    /// The address.
    pub email_address: String,
    /// How it is already shown to be the person's (`admin`, `email_code`, …); none: it is not.
    pub verified_by: Option<String>,
    /// Whether it becomes the first one; a person's only address always is.
    pub primary: bool,
}

/// What is to change in an address.
#[derive(Debug, Clone, Default)]
pub struct EmailAddressChanges {
    /// `Some(Some(strategy))` verifies it by that strategy, `Some(None)` forgets that it was.
    pub verified_by: Option<Option<String>>,
    /// Makes it the first one.
    pub primary: bool,
}

impl State {
    /// One address.
    pub async fn email_address(&self, id: &str) -> Result<Option<EmailAddress>> {
        Ok(email_address::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Adds an address to a person; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person; `form_param_format_invalid` and
    /// `form_identifier_exists` (`email_address`).
    pub async fn add_email_address(
        &self,
        user_id: &str,
        new: NewEmailAddress,
    ) -> Result<EmailAddress> {
        let address = new.email_address.trim();
        check_email_form(address, "email_address")?;
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        let address = insert(&write, user_id, address, new.verified_by.as_deref()).await?;
        if new.primary || user.email_addresses.is_empty() {
            set_primary(&write, user, Some(&address.id)).await?;
        }
        finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(address)
    }

    /// Changes an address; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn update_email_address(
        &self,
        id: &str,
        changes: EmailAddressChanges,
    ) -> Result<EmailAddress> {
        let mut write = self.write().await?;
        let address = load_address(&write, id).await?;
        let user = load(&write, &address.user_id).await?;
        let user_id = address.user_id.clone();
        let mut row = address.into_active_model();
        if let Some(verified_by) = changes.verified_by {
            row.verified = Set(verified_by.is_some());
            if let Some(strategy) = verified_by {
                row.strategy = Set(strategy);
            }
        }
        row.updated_at = Set(write.now);
        let address = row.update(write.db()).await?;
        if changes.primary {
            set_primary(&write, user, Some(id)).await?;
        }
        finish(&mut write, &user_id).await?;
        write.commit().await?;
        Ok(address)
    }

    /// Removes an address; the oldest verified one that is left becomes the first when it was.
    /// Emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `last_required_identification_deletion_failed` for a person's last
    /// verified address, without which nobody could sign in.
    pub async fn delete_email_address(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let address = load_address(&write, id).await?;
        let user_id = address.user_id.clone();
        let user = load(&write, &user_id).await?;
        let others = user.email_addresses.iter().filter(|other| other.id != id);
        let successor = others.clone().find(|other| other.verified);
        if successor.is_none() && (address.verified || others.count() == 0) {
            return Err(LocalError::api(
                400,
                "last_required_identification_deletion_failed",
                "You cannot delete your last identification of a type that is required.",
            ));
        }
        if user.primary_email_address_id.as_deref() == Some(id) {
            let successor = successor.map(|other| other.id.clone());
            set_primary(&write, user, successor.as_deref()).await?;
        }
        email_address::Entity::delete_by_id(id)
            .exec(write.db())
            .await?;
        finish(&mut write, &user_id).await?;
        write.commit().await
    }

    /// Gives a person one address in place of all others (Clerk: replace a user's email address);
    /// emits `user.updated`.
    ///
    /// # Errors
    /// As [`State::add_email_address`].
    pub async fn replace_email_addresses(
        &self,
        user_id: &str,
        new: NewEmailAddress,
    ) -> Result<User> {
        let address = new.email_address.trim();
        check_email_form(address, "email_address")?;
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        for former in &user.email_addresses {
            email_address::Entity::delete_by_id(former.id.as_str())
                .exec(write.db())
                .await?;
        }
        let address = insert(&write, user_id, address, new.verified_by.as_deref()).await?;
        set_primary(&write, user, Some(&address.id)).await?;
        let user = finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(user)
    }
}

async fn insert(
    write: &Write,
    user_id: &str,
    address: &str,
    verified_by: Option<&str>,
) -> Result<EmailAddress> {
    let (verified, strategy) = (verified_by.is_some(), verified_by.unwrap_or("email_code"));
    insert_address(write, user_id, address, verified, strategy).await
}

async fn load_address(write: &Write, id: &str) -> Result<EmailAddress> {
    email_address::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}

async fn set_primary(write: &Write, user: User, id: Option<&str>) -> Result<()> {
    let mut row: entity::ActiveModel = user.row.into_active_model();
    row.primary_email_address_id = Set(id.map(str::to_owned));
    row.update(write.db()).await?;
    Ok(())
}
