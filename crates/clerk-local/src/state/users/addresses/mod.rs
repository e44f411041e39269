//! The addresses people add to their accounts.

mod holder;
mod proof;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{EmailAddress, User, check_email_form, email_address, finish, load, lookup_key};
use crate::{
    error::{LocalError, Result},
    state::{State, ids},
};

pub(in crate::state) use holder::{address_taken, holder};
pub use proof::EmailProof;
pub(super) use proof::of_addresses;

/// How many addresses an account may have that are not verified.
const MAX_UNVERIFIED: usize = 10;

impl User {
    /// One of the person's addresses.
    ///
    /// # Errors
    /// `resource_not_found`: the same for a foreign id and a missing one.
    pub fn email_address(&self, id: &str) -> Result<&EmailAddress> {
        self.email_addresses
            .iter()
            .find(|email| email.id == id)
            .ok_or_else(LocalError::not_found)
    }
}

impl State {
    /// Adds an address to a person, to be verified; emits `user.updated`.
    ///
    /// # Errors
    /// `form_param_format_invalid`; `form_identifier_exists` for an address that the person has
    /// already or that is somebody else's; `too_many_unverified_identifications`.
    pub async fn add_email_address(&self, user_id: &str, email: &str) -> Result<EmailAddress> {
        let email = email.trim();
        check_email_form(email, "email_address")?;
        let key = lookup_key(email);
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        let own = |known: &EmailAddress| known.lookup_key == key;
        if user.email_addresses.iter().any(own) || address_taken(write.db(), &key).await? {
            return Err(LocalError::form(
                422,
                "form_identifier_exists",
                "That email address is taken. Please try another.",
                "email_address",
            ));
        }
        let open = user.email_addresses.iter().filter(|known| !known.verified);
        if open.count() >= MAX_UNVERIFIED {
            let text = "There are too many unverified contacts for this user.";
            let code = "too_many_unverified_identifications";
            return Err(LocalError::api(400, code, text));
        }
        let row = email_address::ActiveModel {
            id: Set(ids::prefixed("idn")),
            user_id: Set(user_id.to_owned()),
            email_address: Set(email.to_owned()),
            lookup_key: Set(key),
            verified: Set(false),
            strategy: Set("email_code".to_owned()),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let address = row.insert(write.db()).await?;
        finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(address)
    }

    /// Notes that mail to an address reaches the person; emits `user.updated`. `strategy` is how it
    /// was shown.
    ///
    /// # Errors
    /// `identification_claimed` for an address that became somebody else's meanwhile.
    pub async fn verify_email_address(
        &self,
        user_id: &str,
        id: &str,
        strategy: &str,
    ) -> Result<EmailAddress> {
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        let address = user.email_address(id)?.clone();
        let holder = holder(write.db(), &address.lookup_key).await?;
        if holder.is_some_and(|holder| holder.user_id != user_id) {
            let text = "This email address was meanwhile verified by another user.";
            return Err(LocalError::api(400, "identification_claimed", text));
        }
        let mut row = address.into_active_model();
        row.verified = Set(true);
        row.strategy = Set(strategy.to_owned());
        row.updated_at = Set(write.now);
        row.update(write.db()).await?;
        proof::forget(&write, id).await?;
        let user = finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(user.email_address(id)?.clone())
    }

    /// Takes an address away from a person; emits `user.updated`. Was it the primary one, the
    /// oldest verified one of the others takes its place.
    ///
    /// # Errors
    /// `resource_not_found`; `last_required_identification_deletion_failed` when no verified address
    /// would be left.
    pub async fn remove_email_address(&self, user_id: &str, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let user = load(&write, user_id).await?;
        user.email_address(id)?;
        let heir = user
            .email_addresses
            .iter()
            .find(|email| email.id != id && email.verified);
        let Some(heir) = heir.map(|email| email.id.clone()) else {
            return Err(LocalError::api(
                400,
                "last_required_identification_deletion_failed",
                "You are required to maintain at least one email address in your account at all \
                 times",
            ));
        };
        if user.primary_email_address_id.as_deref() == Some(id) {
            let mut row = user.row.into_active_model();
            row.primary_email_address_id = Set(Some(heir));
            row.update(write.db()).await?;
        }
        email_address::Entity::delete_by_id(id)
            .exec(write.db())
            .await?;
        finish(&mut write, user_id).await?;
        write.commit().await
    }
}
