use serde::{Deserialize, Serialize};

use super::{Metadata, null_is_default};
use crate::ids::UserId;

/// A user (Clerk: the backend `User` object), as far as applications need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its identifier.
    pub id: UserId,
    /// The identifier you gave it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Which of [`User::email_addresses`] is the main one.
    #[serde(default)]
    pub primary_email_address_id: Option<String>,
    /// The user name, if the instance has them.
    #[serde(default)]
    pub username: Option<String>,
    /// Given name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The language, as a BCP 47 tag.
    #[serde(default)]
    pub locale: Option<String>,
    /// The picture, or Clerk's generated one.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_url: String,
    /// Whether the person chose a picture.
    #[serde(default)]
    pub has_image: bool,
    /// Data that the browser may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// Data that only the backend may read.
    #[serde(default, deserialize_with = "null_is_default")]
    pub private_metadata: Metadata,
    /// Data that the browser may write: not to be relied on.
    #[serde(default, deserialize_with = "null_is_default")]
    pub unsafe_metadata: Metadata,
    /// Every address the person has added.
    #[serde(default, deserialize_with = "null_is_default")]
    pub email_addresses: Vec<EmailAddress>,
    /// Whether there is a password.
    #[serde(default)]
    pub password_enabled: bool,
    /// Whether a second factor is asked for.
    #[serde(default)]
    pub two_factor_enabled: bool,
    /// Whether the user may not sign in.
    #[serde(default)]
    pub banned: bool,
    /// Whether the user is locked out after too many attempts.
    #[serde(default)]
    pub locked: bool,
    /// The last sign-in.
    #[serde(default)]
    pub last_sign_in_at: Option<i64>,
    /// The last activity, by the day.
    #[serde(default)]
    pub last_active_at: Option<i64>,
    /// When the user was made.
    #[serde(default)]
    pub created_at: i64,
    /// When anything above last changed: later states have a later one.
    #[serde(default)]
    pub updated_at: i64,
}

impl User {
    /// The main address, or the first if none is marked.
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let primary = self.primary_email_address_id.as_deref();
        let marked = self
            .email_addresses
            .iter()
            .find(|email| Some(email.id.as_str()) == primary);
        marked.or_else(|| self.email_addresses.first())
    }

    /// Given and family name, or what there is of them.
    pub fn full_name(&self) -> Option<String> {
        let names = [&self.first_name, &self.last_name];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        let name = names.join(" ").trim().to_owned();
        (!name.is_empty()).then_some(name)
    }
}

/// An address of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailAddress {
    /// Its identifier: `idn_…`.
    pub id: String,
    /// The address.
    pub email_address: String,
    /// Whether the person has shown that it is theirs; none if they never tried.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// When it was added.
    #[serde(default)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: i64,
}

impl EmailAddress {
    /// Whether the person has shown that the address is theirs.
    pub fn is_verified(&self) -> bool {
        self.verification
            .as_ref()
            .is_some_and(|verification| verification.status == "verified")
    }
}

/// How something was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// `verified`, `unverified`, `failed`, `expired` or `transferable`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub status: String,
    /// By what: `email_code`, `admin`, …
    #[serde(default, deserialize_with = "null_is_default")]
    pub strategy: String,
}
