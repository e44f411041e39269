//! Email addresses as the backend sets them: it vouches for them, so nothing is mailed.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    EmailAddress, User, address_taken, check_email_form, email_address, entity, finish, holder,
    load, lookup_key,
};
use crate::{
    error::{LocalError, Result},
    state::{State, Write, ids},
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
    /// One address, whoever has it.
    pub async fn email_address(&self, id: &str) -> Result<Option<EmailAddress>> {
        let row = email_address::Entity::find_by_id(id).one(self.db()).await?;
        let Some(row) = row else {
            return Ok(None);
        };
        // The person knows how far its verification has come.
        let user = self.user(&row.user_id).await?;
        Ok(user.and_then(|user| user.email_address(id).ok().cloned()))
    }

    /// Gives a person an address that the backend knows of; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` for an unknown person; `form_param_format_invalid` and
    /// `form_identifier_exists` (`email_address`).
    pub async fn give_email_address(
        &self,
        user_id: &str,
        new: NewEmailAddress,
    ) -> Result<EmailAddress> {
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        let address = insert_address(&write, user_id, &new).await?;
        if new.primary || user.email_addresses.is_empty() {
            set_primary(&write, user, &address.id).await?;
        }
        finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(address)
    }

    /// Changes an address; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found`; `identification_claimed` for an address that another person verified.
    pub async fn update_email_address(
        &self,
        id: &str,
        changes: EmailAddressChanges,
    ) -> Result<EmailAddress> {
        let mut write = self.write().await?;
        let address = email_address::Entity::find_by_id(id)
            .one(write.db())
            .await?
            .ok_or_else(LocalError::not_found)?;
        let user = load(&write, &address.user_id).await?;
        let user_id = address.user_id.clone();
        let holder = holder(write.db(), &address.lookup_key).await?;
        if holder.is_some_and(|holder| holder.user_id != user_id) {
            let text = "This email address was meanwhile verified by another user.";
            return Err(LocalError::api(400, "identification_claimed", text));
        }
        let mut row = address.into_active_model();
        if let Some(verified_by) = changes.verified_by {
            row.verified = Set(verified_by.is_some());
            if let Some(strategy) = verified_by {
                row.strategy = Set(strategy);
            }
        }
        row.updated_at = Set(write.now);
        row.update(write.db()).await?;
        if changes.primary {
            set_primary(&write, user, id).await?;
        }
        let user = finish(&mut write, &user_id).await?;
        write.commit().await?;
        Ok(user.email_address(id)?.clone())
    }

    /// Gives a person one address in place of all others (Clerk: replace a user's email address);
    /// emits `user.updated`.
    ///
    /// # Errors
    /// As [`State::give_email_address`].
    pub async fn replace_email_addresses(
        &self,
        user_id: &str,
        new: NewEmailAddress,
    ) -> Result<EmailAddress> {
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        for former in &user.email_addresses {
            email_address::Entity::delete_by_id(former.id.as_str())
                .exec(write.db())
                .await?;
        }
        let address = insert_address(&write, user_id, &new).await?;
        set_primary(&write, user, &address.id).await?;
        finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(address)
    }
}

/// Writes an address of a person.
///
/// # Errors
/// `form_param_format_invalid`, and `form_identifier_exists` when it is taken or the person has it
/// already.
pub(super) async fn insert_address(
    write: &Write,
    user_id: &str,
    new: &NewEmailAddress,
) -> Result<EmailAddress> {
    let email = new.email_address.trim();
    check_email_form(email, "email_address")?;
    let lookup_key = lookup_key(email);
    let user = load(write, user_id).await?;
    let own = |known: &EmailAddress| known.lookup_key == lookup_key;
    if user.email_addresses.iter().any(own) || address_taken(write.db(), &lookup_key).await? {
        return Err(LocalError::form(
            422,
            "form_identifier_exists",
            "That email address is taken. Please try another.",
            "email_address",
        ));
    }
    let strategy = new.verified_by.as_deref().unwrap_or("email_code");
    let address = email_address::ActiveModel {
        id: Set(ids::prefixed("idn")),
        user_id: Set(user_id.to_owned()),
        lookup_key: Set(lookup_key),
        email_address: Set(email.to_owned()),
        verified: Set(new.verified_by.is_some()),
        strategy: Set(strategy.to_owned()),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    Ok(address.insert(write.db()).await?)
}

async fn set_primary(write: &Write, user: User, id: &str) -> Result<()> {
    let mut row: entity::ActiveModel = user.row.into_active_model();
    row.primary_email_address_id = Set(Some(id.to_owned()));
    row.update(write.db()).await?;
    Ok(())
}
