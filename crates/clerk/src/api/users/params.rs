use serde::Serialize;

use crate::{
    api::{Change, Metadata, Secret, params::params},
    ids::{OrganizationId, UserId},
};

/// Which users to list: those that fit every member. Lists say "one of these, or any if
/// empty"; Clerk takes up to 100 in each.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListUsers {
    /// Whole addresses.
    #[serde(rename = "email_address")]
    pub email_addresses: Vec<String>,
    /// Whole telephone numbers.
    #[serde(rename = "phone_number")]
    pub phone_numbers: Vec<String>,
    /// Identifiers you gave them.
    #[serde(rename = "external_id")]
    pub external_ids: Vec<String>,
    /// Whole user names.
    #[serde(rename = "username")]
    pub usernames: Vec<String>,
    /// Wallets.
    #[serde(rename = "web3_wallet")]
    pub web3_wallets: Vec<String>,
    /// Identifiers.
    #[serde(rename = "user_id")]
    pub user_ids: Vec<UserId>,
    /// Organizations that they are members of.
    #[serde(rename = "organization_id")]
    pub organization_ids: Vec<OrganizationId>,
    /// Text in any of the names, addresses, numbers and identifiers.
    pub query: Option<String>,
    /// Text in an address.
    pub email_address_query: Option<String>,
    /// Text in a telephone number.
    pub phone_number_query: Option<String>,
    /// Text in a user name.
    pub username_query: Option<String>,
    /// Text in a name.
    pub name_query: Option<String>,
    /// Whether they are banned.
    pub banned: Option<bool>,
    /// Last active before this day (unix milliseconds).
    pub last_active_at_before: Option<i64>,
    /// Last active after this day (unix milliseconds).
    pub last_active_at_after: Option<i64>,
    /// Made before this time (unix milliseconds).
    pub created_at_before: Option<i64>,
    /// Made after this time (unix milliseconds).
    pub created_at_after: Option<i64>,
    /// Last signed in before this time (unix milliseconds).
    pub last_sign_in_at_before: Option<i64>,
    /// Last signed in after this time (unix milliseconds).
    pub last_sign_in_at_after: Option<i64>,
    /// With an account at this provider, `oauth_google`; together with
    /// [`ListUsers::provider_user_ids`].
    pub provider: Option<String>,
    /// Identifiers at that provider.
    #[serde(rename = "provider_user_id")]
    pub provider_user_ids: Vec<String>,
    /// `created_at`, `updated_at`, `email_address`, `first_name`, `last_name`,
    /// `phone_number`, `username`, `web3wallet`, `last_active_at` or `last_sign_in_at`, with
    /// `-` for the reverse; the newest first if there is none.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}

params! {
    /// A user to be made. Addresses and numbers count as verified.
    #[derive(Default)]
    pub struct CreateUser {
        /// Email addresses; the first becomes the main one.
        #[serde(rename = "email_address")]
        pub email_addresses: Vec<String>,
        /// Telephone numbers; the first becomes the main one.
        #[serde(rename = "phone_number")]
        pub phone_numbers: Vec<String>,
        /// The user name.
        pub username: Option<String>,
        /// Given name.
        pub first_name: Option<String>,
        /// Family name.
        pub last_name: Option<String>,
        /// The language, as a BCP 47 tag.
        pub locale: Option<String>,
        /// The password in clear; Clerk keeps a hash.
        pub password: Option<Secret>,
        /// The password's hash, from another service.
        pub password_digest: Option<Secret>,
        /// How [`CreateUser::password_digest`] was made: `bcrypt`, `argon2id`, …
        pub password_hasher: Option<String>,
        /// Whether a weak or breached password is taken too.
        pub skip_password_checks: bool,
        /// Whether there may be no password where the instance demands one.
        pub skip_password_requirement: bool,
        /// The secret of an authenticator (SHA-1, 6 digits, 30 seconds).
        pub totp_secret: Option<Secret>,
        /// Backup codes, in clear or as bcrypt hashes.
        pub backup_codes: Vec<Secret>,
        /// The identifier you give it.
        pub external_id: Option<String>,
        /// Data that the browser may read.
        pub public_metadata: Metadata,
        /// Data that only the backend may read.
        pub private_metadata: Metadata,
        /// Data that the browser may write.
        pub unsafe_metadata: Metadata,
        /// Whether the person may delete themselves.
        pub delete_self_enabled: Option<bool>,
        /// Whether the person may make organizations.
        pub create_organization_enabled: Option<bool>,
        /// How many organizations the person may make; 0 for any number.
        pub create_organizations_limit: Option<u64>,
        /// When the person agreed to the terms (RFC 3339).
        pub legal_accepted_at: Option<String>,
        /// Whether the person need not have agreed to the terms.
        pub skip_legal_checks: bool,
        /// When the user was made, for one from another service (RFC 3339).
        pub created_at: Option<String>,
        /// Whether the user is banned from the start.
        pub banned: bool,
        /// Whether the user is locked out from the start.
        pub locked: bool,
    }
}

params! {
    /// What to change in a user. Data is changed by
    /// [`Users::merge_metadata`](super::Users::merge_metadata).
    #[derive(Default)]
    pub struct UpdateUser {
        /// The identifier you give it.
        pub external_id: Change<String>,
        /// Given name.
        pub first_name: Change<String>,
        /// Family name.
        pub last_name: Change<String>,
        /// The user name.
        pub username: Change<String>,
        /// The language, as a BCP 47 tag.
        pub locale: Change<String>,
        /// Which verified address becomes the main one.
        pub primary_email_address_id: Option<String>,
        /// Whether the person is told that the main address changed.
        pub notify_primary_email_address_changed: bool,
        /// Which verified telephone number becomes the main one.
        pub primary_phone_number_id: Option<String>,
        /// Which verified wallet becomes the main one.
        pub primary_web3_wallet_id: Option<String>,
        /// The password in clear; Clerk keeps a hash.
        pub password: Option<Secret>,
        /// The password's hash, from another service.
        pub password_digest: Option<Secret>,
        /// How [`UpdateUser::password_digest`] was made: `bcrypt`, `argon2id`, …
        pub password_hasher: Option<String>,
        /// Whether a weak or breached password is taken too.
        pub skip_password_checks: bool,
        /// Whether a new password ends all sessions.
        pub sign_out_of_other_sessions: bool,
        /// The secret of an authenticator (SHA-1, 6 digits, 30 seconds).
        pub totp_secret: Option<Secret>,
        /// Backup codes, in clear or as bcrypt hashes.
        pub backup_codes: Vec<Secret>,
        /// Whether the person may delete themselves.
        pub delete_self_enabled: Option<bool>,
        /// Whether the person may make organizations.
        pub create_organization_enabled: Option<bool>,
        /// How many organizations the person may make; 0 for any number, none for the
        /// instance's rule.
        pub create_organizations_limit: Change<u64>,
        /// When the person agreed to the terms (RFC 3339).
        pub legal_accepted_at: Option<String>,
        /// Whether the person need not have agreed to the terms.
        pub skip_legal_checks: bool,
        /// When the user was made (RFC 3339).
        pub created_at: Option<String>,
    }
}

params! {
    /// Data kept with a user; what is none is not sent.
    #[derive(Default)]
    pub struct UserMetadata {
        /// Data that the browser may read.
        pub public_metadata: Option<Metadata>,
        /// Data that only the backend may read.
        pub private_metadata: Option<Metadata>,
        /// Data that the browser may write.
        pub unsafe_metadata: Option<Metadata>,
    }
}

/// Which invitations to organizations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListUserInvitations {
    /// `pending`, `accepted`, `revoked` or `expired`.
    pub status: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
