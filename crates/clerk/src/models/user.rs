use serde::{Deserialize, Serialize};

use super::{
    EmailAddress, EnterpriseAccount, ExternalAccount, Metadata, PhoneNumber, Web3Wallet,
    null_is_default, time, time_if_any,
};
use crate::ids::UserId;

/// A user (Clerk: the backend `User` object).
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
    /// Which of [`User::phone_numbers`] is the main one.
    #[serde(default)]
    pub primary_phone_number_id: Option<String>,
    /// Which of [`User::web3_wallets`] is the main one.
    #[serde(default)]
    pub primary_web3_wallet_id: Option<String>,
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
    /// The time zone, as `Europe/Berlin`.
    #[serde(default)]
    pub timezone: Option<String>,
    /// The picture, or Clerk's generated one.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_url: String,
    /// Whether the person chose a picture.
    #[serde(default, deserialize_with = "null_is_default")]
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
    /// Every telephone number the person has added.
    #[serde(default, deserialize_with = "null_is_default")]
    pub phone_numbers: Vec<PhoneNumber>,
    /// Every wallet the person has added.
    #[serde(default, deserialize_with = "null_is_default")]
    pub web3_wallets: Vec<Web3Wallet>,
    /// Accounts with providers such as Google.
    #[serde(default, deserialize_with = "null_is_default")]
    pub external_accounts: Vec<ExternalAccount>,
    /// Accounts in companies' directories.
    #[serde(default, deserialize_with = "null_is_default")]
    pub enterprise_accounts: Vec<EnterpriseAccount>,
    /// Whether there is a password.
    #[serde(default, deserialize_with = "null_is_default")]
    pub password_enabled: bool,
    /// When the password last changed.
    #[serde(default, deserialize_with = "time_if_any")]
    pub password_last_updated_at: Option<i64>,
    /// Whether an authenticator application is set up.
    #[serde(default, deserialize_with = "null_is_default")]
    pub totp_enabled: bool,
    /// Whether there are backup codes.
    #[serde(default, deserialize_with = "null_is_default")]
    pub backup_code_enabled: bool,
    /// Whether a second factor is asked for.
    #[serde(default, deserialize_with = "null_is_default")]
    pub two_factor_enabled: bool,
    /// Whether the user may not sign in.
    #[serde(default, deserialize_with = "null_is_default")]
    pub banned: bool,
    /// Whether the user is locked out after too many attempts.
    #[serde(default, deserialize_with = "null_is_default")]
    pub locked: bool,
    /// How long the user stays locked out, in seconds.
    #[serde(default)]
    pub lockout_expires_in_seconds: Option<i64>,
    /// How many attempts are left before the user is locked out.
    #[serde(default)]
    pub verification_attempts_remaining: Option<i64>,
    /// Whether a company's directory took the user away.
    #[serde(default, deserialize_with = "null_is_default")]
    pub deprovisioned: bool,
    /// Whether the person may delete themselves.
    #[serde(default, deserialize_with = "null_is_default")]
    pub delete_self_enabled: bool,
    /// Whether the person may make organizations.
    #[serde(default, deserialize_with = "null_is_default")]
    pub create_organization_enabled: bool,
    /// How many organizations the person may make; 0 for any number, none for the
    /// instance's rule.
    #[serde(default)]
    pub create_organizations_limit: Option<u64>,
    /// When the person agreed to the terms.
    #[serde(default, deserialize_with = "time_if_any")]
    pub legal_accepted_at: Option<i64>,
    /// The last sign-in.
    #[serde(default, deserialize_with = "time_if_any")]
    pub last_sign_in_at: Option<i64>,
    /// The last activity, by the day.
    #[serde(default, deserialize_with = "time_if_any")]
    pub last_active_at: Option<i64>,
    /// When the user was made.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When anything above last changed: later states have a later one.
    #[serde(default, deserialize_with = "time")]
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
