//! By what a user can be recognised, and how that was verified.

use serde::{Deserialize, Serialize};

use super::{Metadata, null_is_default, time, time_if_any};

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
    /// What else is known to belong to the same person because of it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub linked_to: Vec<IdentificationLink>,
    /// When it was added.
    #[serde(default, deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(default, deserialize_with = "time")]
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

/// A telephone number of a user.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneNumber {
    /// Its identifier: `idn_…`.
    pub id: String,
    /// The number, as `+15555550100`.
    #[serde(deserialize_with = "null_is_default")]
    pub phone_number: String,
    /// Whether it is asked for as the second factor.
    #[serde(deserialize_with = "null_is_default")]
    pub reserved_for_second_factor: bool,
    /// Whether it is the first of the second factors.
    #[serde(deserialize_with = "null_is_default")]
    pub default_second_factor: bool,
    /// Whether the person has shown that it is theirs; none if they never tried.
    pub verification: Option<Verification>,
    /// What else is known to belong to the same person because of it.
    #[serde(deserialize_with = "null_is_default")]
    pub linked_to: Vec<IdentificationLink>,
    /// When it was added.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// A wallet of a user.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Web3Wallet {
    /// Its identifier: `idn_…`.
    pub id: String,
    /// The wallet's address.
    #[serde(deserialize_with = "null_is_default")]
    pub web3_wallet: String,
    /// Whether the person has shown that it is theirs; none if they never tried.
    pub verification: Option<Verification>,
    /// When it was added.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// A user's account with a provider such as Google.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExternalAccount {
    /// Its identifier: `idn_…` or `eac_…`.
    pub id: String,
    /// The `eac_…` identifier where [`ExternalAccount::id`] is not one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_account_id: Option<String>,
    /// The provider: `oauth_google`, …
    #[serde(deserialize_with = "null_is_default")]
    pub provider: String,
    /// The identification it stands for.
    #[serde(deserialize_with = "null_is_default")]
    pub identification_id: String,
    /// The person's identifier at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub provider_user_id: String,
    /// What the person allowed, with blanks between.
    #[serde(deserialize_with = "null_is_default")]
    pub approved_scopes: String,
    /// The address at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub email_address: String,
    /// Given name at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub first_name: String,
    /// Family name at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub last_name: String,
    /// The picture at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub image_url: String,
    /// User name at the provider.
    pub username: Option<String>,
    /// Telephone number at the provider.
    pub phone_number: Option<String>,
    /// Data that the browser may read.
    #[serde(deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// What the person calls it.
    pub label: Option<String>,
    /// How it was verified.
    pub verification: Option<Verification>,
}

/// A user's account in a company's directory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterpriseAccount {
    /// Its identifier: `eacc_…`.
    pub id: String,
    /// Whether its connection is on.
    #[serde(deserialize_with = "null_is_default")]
    pub active: bool,
    /// The address in the directory.
    #[serde(deserialize_with = "null_is_default")]
    pub email_address: String,
    /// The connection it came by, in short.
    pub enterprise_connection: Option<EnterpriseAccountConnection>,
    /// The connection's identifier.
    pub enterprise_connection_id: Option<String>,
    /// Given name in the directory.
    pub first_name: Option<String>,
    /// Family name in the directory.
    pub last_name: Option<String>,
    /// `saml` or `oauth`.
    #[serde(deserialize_with = "null_is_default")]
    pub protocol: String,
    /// The provider: `saml_okta`, …
    #[serde(deserialize_with = "null_is_default")]
    pub provider: String,
    /// The person's identifier at the provider.
    pub provider_user_id: Option<String>,
    /// Data that the browser may read.
    #[serde(deserialize_with = "null_is_default")]
    pub public_metadata: Metadata,
    /// How it was verified.
    pub verification: Option<Verification>,
    /// The last sign-in by it.
    #[serde(deserialize_with = "time_if_any")]
    pub last_authenticated_at: Option<i64>,
}

/// The connection by which an [`EnterpriseAccount`] came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterpriseAccountConnection {
    /// Its identifier.
    pub id: String,
    /// Whether it is on.
    #[serde(deserialize_with = "null_is_default")]
    pub active: bool,
    /// Whether a sign-in may begin at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub allow_idp_initiated: bool,
    /// Whether addresses of subdomains belong to it.
    #[serde(deserialize_with = "null_is_default")]
    pub allow_subdomains: bool,
    /// Whether people may add no other way to sign in.
    #[serde(deserialize_with = "null_is_default")]
    pub disable_additional_identifications: bool,
    /// The domain whose people come by it.
    #[serde(deserialize_with = "null_is_default")]
    pub domain: String,
    /// Its logo.
    pub logo_public_url: Option<String>,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// `saml` or `oauth`.
    #[serde(deserialize_with = "null_is_default")]
    pub protocol: String,
    /// The provider: `saml_okta`, …
    #[serde(deserialize_with = "null_is_default")]
    pub provider: String,
    /// Whether names and pictures are brought up to date at each sign-in.
    #[serde(deserialize_with = "null_is_default")]
    pub sync_user_attributes: bool,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// Something that belongs to the same person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentificationLink {
    /// Its identifier: `idn_…`.
    pub id: String,
    /// Its kind: `oauth_google`, `saml`, …
    #[serde(rename = "type", deserialize_with = "null_is_default")]
    pub kind: String,
}

/// How something was verified.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Verification {
    /// `verified`, `unverified`, `failed`, `expired` or `transferable`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// By what: `email_code`, `admin`, …
    #[serde(deserialize_with = "null_is_default")]
    pub strategy: String,
    /// How often it was tried.
    pub attempts: Option<u64>,
    /// Until when it can be tried.
    #[serde(deserialize_with = "time_if_any")]
    pub expire_at: Option<i64>,
}
