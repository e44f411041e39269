//! People and their email addresses.

mod addresses;
mod change;
mod form;
mod image;
mod list;
mod load;
mod own_password;

use std::ops::Deref;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};

use super::{
    Lockout, State, Write, check_password_form,
    entities::{email_address, user as entity},
    ids,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

pub(super) use addresses::address_taken;
use addresses::holder;

pub use addresses::EmailProof;
pub use change::UserChanges;
pub use form::check_email_form;
pub use list::UserQuery;
pub(super) use load::{by_ids, load};

/// Whether people may delete themselves.
pub const DELETE_SELF_ENABLED: bool = true;

/// One email address of a person.
pub type EmailAddress = email_address::Model;

/// One person with email addresses. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// The person's own fields.
    pub row: entity::Model,
    /// The id of the uploaded picture, if there is one.
    pub image_id: Option<String>,
    /// How many wrong answers were given in the person's name.
    pub lockout: Lockout,
    /// Oldest first.
    pub email_addresses: Vec<EmailAddress>,
}

impl Deref for User {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl User {
    /// The primary address, or the first one.
    pub fn primary_email(&self) -> Option<&EmailAddress> {
        let primary = self.row.primary_email_address_id.as_deref();
        self.email_addresses
            .iter()
            .find(|email| Some(email.id.as_str()) == primary)
            .or(self.email_addresses.first())
    }

    /// The address that identifies the person to others; empty when there is none.
    pub fn identifier(&self) -> &str {
        self.primary_email()
            .map_or("", |email| email.email_address.as_str())
    }
}

/// What a person is made from.
#[derive(Debug, Clone, Default)]
pub struct NewUser {
    /// The first, primary address.
    pub email: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// A password in clear; its length is checked.
    pub password: Option<String>,
    /// A digest made earlier by [`State::hash_password`], used when `password` is none.
    pub password_digest: Option<String>,
    /// Whether the address is already shown to be the person's.
    pub email_verified: bool,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// `{}` when none.
    pub public_metadata: Option<Value>,
    /// `{}` when none.
    pub private_metadata: Option<Value>,
    /// `{}` when none.
    pub unsafe_metadata: Option<Value>,
}

impl State {
    /// Makes a person; emits `user.created`.
    ///
    /// # Errors
    /// `form_param_format_invalid`, `form_password_length_too_short`/`_long`, and
    /// `form_identifier_exists` for an address that is taken.
    pub async fn create_user(&self, new: NewUser) -> Result<User> {
        let email = new.email.trim().to_owned();
        check_email_form(&email, "email_address")?;
        let digest = match &new.password {
            Some(password) => {
                check_password_form(password)?;
                Some(self.hash_password(password).await?)
            }
            None => new.password_digest,
        };
        let mut write = self.write().await?;
        let now = write.now;
        if address_taken(write.db(), &lookup_key(&email)).await? {
            return Err(LocalError::form(
                422,
                "form_identifier_exists",
                "That email address is taken. Please try another.",
                "email_address",
            ));
        }
        let (user_id, email_id) = (ids::prefixed("user"), ids::prefixed("idn"));
        let object = |value: Option<Value>| value.unwrap_or_else(|| json!({}));
        let row = entity::ActiveModel {
            id: Set(user_id.clone()),
            external_id: Set(new.external_id),
            first_name: Set(clean(new.first_name)),
            last_name: Set(clean(new.last_name)),
            primary_email_address_id: Set(Some(email_id.clone())),
            password_last_updated_at: Set(digest.as_ref().map(|_| now)),
            password_digest: Set(digest),
            public_metadata: Set(object(new.public_metadata)),
            private_metadata: Set(object(new.private_metadata)),
            unsafe_metadata: Set(object(new.unsafe_metadata)),
            last_sign_in_at: Set(None),
            last_active_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(write.db()).await?;
        let address = email_address::ActiveModel {
            id: Set(email_id),
            user_id: Set(user_id),
            lookup_key: Set(lookup_key(&email)),
            email_address: Set(email),
            verified: Set(new.email_verified),
            strategy: Set("email_code".to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let email_addresses = vec![address.insert(write.db()).await?];
        let user = User {
            row,
            image_id: None,
            lockout: Lockout::default(),
            email_addresses,
        };
        write
            .emit(
                "user.created",
                shapes::backend::user(&user, write.options()),
            )
            .await?;
        write.commit().await?;
        tracing::info!(user_id = %user.id, "user created");
        Ok(user)
    }

    /// One person.
    pub async fn user(&self, id: &str) -> Result<Option<User>> {
        Ok(by_ids(self.db(), &[id.to_owned()]).await?.remove(id))
    }

    /// The person with this address, upper and lower case alike: who verified it, or whose primary
    /// one it is.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>> {
        let found = holder(self.db(), &lookup_key(email.trim())).await?;
        match found {
            Some(address) => self.user(&address.user_id).await,
            None => Ok(None),
        }
    }
}

/// The form of an address under which it is looked up.
pub(super) fn lookup_key(email: &str) -> String {
    email.to_lowercase()
}

/// Ends a change of a person in this transaction: `updated_at` rises and `user.updated` is emitted.
async fn finish(write: &mut Write, id: &str) -> Result<User> {
    let user = load(write, id).await?;
    let updated_at = write.later_than(user.updated_at);
    let mut row = user.row.into_active_model();
    row.updated_at = Set(updated_at);
    row.update(write.db()).await?;
    let user = load(write, id).await?;
    let data = shapes::backend::user(&user, write.options());
    write.emit("user.updated", data).await?;
    Ok(user)
}

/// Trims a name; an empty one is none.
fn clean(name: Option<String>) -> Option<String> {
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}
