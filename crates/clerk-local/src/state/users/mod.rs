//! People and their email addresses.

mod addresses;
mod change;
mod create;
mod emails;
mod external;
mod form;
mod image;
mod list;
mod load;
mod own_password;
mod password;
mod settings;

use std::ops::Deref;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use super::{
    Factors, Lockout, State, Write,
    entities::{email_address, user as entity},
    external_accounts::ExternalAccount,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

pub(super) use addresses::address_taken;
use addresses::holder;

pub use addresses::EmailProof;
pub use change::UserChanges;
pub use create::NewUser;
pub use emails::{EmailAddressChanges, NewEmailAddress};
pub(super) use external::take_over_address;
pub use form::check_email_form;
pub use list::{TimeRange, UserQuery};
pub(super) use load::{by_ids, load};
pub use own_password::CurrentPassword;
pub(super) use settings::refuse_banned;
pub use settings::{SettingsChanges, UserSettings};

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
    /// What the backend decided about the person.
    pub settings: UserSettings,
    /// How many wrong answers were given in the person's name.
    pub lockout: Lockout,
    /// Oldest first.
    pub email_addresses: Vec<EmailAddress>,
    /// Authenticator app, backup codes and passkeys.
    pub factors: Factors,
    /// Oldest first.
    pub external_accounts: Vec<ExternalAccount>,
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

    /// The addresses at which mail reaches the person: verified ones, and the primary one. What
    /// somebody merely added may be another's.
    pub fn own_addresses(&self) -> impl Iterator<Item = &EmailAddress> {
        let primary = self.row.primary_email_address_id.as_deref();
        self.email_addresses
            .iter()
            .filter(move |email| email.verified || Some(email.id.as_str()) == primary)
    }

    /// Whether the person may delete the own account.
    pub fn may_delete_self(&self) -> bool {
        let exception = self.settings.delete_self_enabled;
        exception.unwrap_or(DELETE_SELF_ENABLED)
    }

    /// The address that identifies the person to others; empty when there is none.
    pub fn identifier(&self) -> &str {
        self.primary_email()
            .map_or("", |email| email.email_address.as_str())
    }
}

impl State {
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
pub(super) async fn finish(write: &mut Write, id: &str) -> Result<User> {
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

/// Refuses another person's own id of the caller.
///
/// # Errors
/// `form_identifier_exists` (`external_id`).
async fn refuse_taken_external_id(
    db: &impl ConnectionTrait,
    external_id: Option<&str>,
    except: Option<&str>,
) -> Result<()> {
    let Some(external_id) = external_id else {
        return Ok(());
    };
    let holder = entity::Entity::find()
        .filter(entity::Column::ExternalId.eq(external_id))
        .one(db)
        .await?;
    match holder {
        Some(row) if Some(row.id.as_str()) != except => Err(LocalError::form(
            422,
            "form_identifier_exists",
            "That external_id is taken. Please try another.",
            "external_id",
        )),
        _ => Ok(()),
    }
}

/// Trims a name; an empty one is none.
fn clean(name: Option<String>) -> Option<String> {
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}
