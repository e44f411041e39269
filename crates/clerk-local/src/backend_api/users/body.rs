//! What a person is created from and changed by.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    LocalState,
    backend_api::input::{date, present, unsupported},
    error::{LocalError, Result},
    shapes::ADMIN_STRATEGY,
    state::{GivenFactors, NewUser, SettingsChanges, UserChanges, usable_digest},
};

/// What a person is created from. Checks of legal terms and required fields that Clerk's callers
/// may skip are not made here.
#[derive(Deserialize)]
pub(super) struct Create {
    #[serde(default)]
    email_address: Vec<String>,
    email_address_identification_status: Option<Vec<IdentificationStatus>>,
    #[serde(default)]
    phone_number: Vec<String>,
    #[serde(default)]
    web3_wallet: Vec<String>,
    username: Option<String>,
    password: Option<String>,
    password_digest: Option<String>,
    password_hasher: Option<String>,
    #[serde(default)]
    skip_password_checks: Option<bool>,
    totp_secret: Option<String>,
    backup_codes: Option<Vec<String>>,
    first_name: Option<String>,
    last_name: Option<String>,
    locale: Option<String>,
    external_id: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
    delete_self_enabled: Option<bool>,
    create_organization_enabled: Option<bool>,
    create_organizations_limit: Option<i64>,
    legal_accepted_at: Option<String>,
    bypass_client_trust: Option<bool>,
    banned: Option<bool>,
    locked: Option<bool>,
    created_at: Option<String>,
}

/// Whether an address is the person's or only kept for the person.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum IdentificationStatus {
    Verified,
    Reserved,
}

impl Create {
    /// Whether the person may not sign in for a while.
    pub(super) fn locked(&self) -> bool {
        self.locked == Some(true)
    }

    pub(super) fn into_new_user(self, state: &LocalState) -> Result<NewUser> {
        unsupported("phone_number", !self.phone_number.is_empty())?;
        unsupported("web3_wallet", !self.web3_wallet.is_empty())?;
        unsupported("username", self.username.is_some())?;
        let mut emails = self.email_address.into_iter();
        let email = emails
            .next()
            .ok_or_else(|| LocalError::missing("email_address"))?;
        let statuses = self.email_address_identification_status;
        let verified = statuses
            .unwrap_or_default()
            .iter()
            .all(|status| *status == IdentificationStatus::Verified);
        Ok(NewUser {
            email,
            more_emails: emails.collect(),
            email_verified: verified,
            email_strategy: verified.then(|| ADMIN_STRATEGY.to_owned()),
            first_name: self.first_name,
            last_name: self.last_name,
            password: self.password,
            skip_password_checks: self.skip_password_checks == Some(true),
            external_account: None,
            password_digest: digest(self.password_digest, self.password_hasher.as_deref())?,
            factors: GivenFactors::read(self.totp_secret.as_deref(), self.backup_codes)?,
            external_id: self.external_id.filter(|id| !id.is_empty()),
            public_metadata: self.public_metadata,
            private_metadata: self.private_metadata,
            unsafe_metadata: self.unsafe_metadata,
            settings: SettingsChanges {
                locale: Some(self.locale),
                delete_self_enabled: Some(self.delete_self_enabled),
                create_organization_enabled: Some(self.create_organization_enabled),
                create_organizations_limit: Some(limit(self.create_organizations_limit)?),
                legal_accepted_at: Some(date(self.legal_accepted_at, "legal_accepted_at")?),
                bypass_client_trust: self.bypass_client_trust,
            },
            banned: self.banned == Some(true),
            created_at: past(state, self.created_at)?,
        })
    }
}

/// What may change; an absent field stays, an explicit null clears where that makes sense.
#[derive(Deserialize)]
pub(super) struct Update {
    #[serde(default, deserialize_with = "present")]
    first_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    last_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    external_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    locale: Option<Option<String>>,
    username: Option<String>,
    primary_email_address_id: Option<String>,
    primary_phone_number_id: Option<String>,
    primary_web3_wallet_id: Option<String>,
    password: Option<String>,
    password_digest: Option<String>,
    password_hasher: Option<String>,
    skip_password_checks: Option<bool>,
    sign_out_of_other_sessions: Option<bool>,
    totp_secret: Option<String>,
    backup_codes: Option<Vec<String>>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
    delete_self_enabled: Option<bool>,
    create_organization_enabled: Option<bool>,
    create_organizations_limit: Option<i64>,
    legal_accepted_at: Option<String>,
    bypass_client_trust: Option<bool>,
    created_at: Option<String>,
}

impl Update {
    pub(super) fn into_changes(self, state: &LocalState) -> Result<UserChanges> {
        unsupported("username", self.username.is_some())?;
        unsupported(
            "primary_phone_number_id",
            self.primary_phone_number_id.is_some(),
        )?;
        unsupported(
            "primary_web3_wallet_id",
            self.primary_web3_wallet_id.is_some(),
        )?;
        let legal_accepted_at = date(self.legal_accepted_at, "legal_accepted_at")?;
        Ok(UserChanges {
            first_name: self.first_name,
            last_name: self.last_name,
            external_id: self.external_id,
            primary_email_address_id: self.primary_email_address_id,
            password: self.password,
            skip_password_checks: self.skip_password_checks == Some(true),
            password_digest: digest(self.password_digest, self.password_hasher.as_deref())?,
            sign_out_of_other_sessions: self.sign_out_of_other_sessions == Some(true),
            factors: GivenFactors::read(self.totp_secret.as_deref(), self.backup_codes)?,
            public_metadata: self.public_metadata,
            private_metadata: self.private_metadata,
            unsafe_metadata: self.unsafe_metadata,
            settings: SettingsChanges {
                locale: self.locale,
                delete_self_enabled: self.delete_self_enabled.map(Some),
                create_organization_enabled: self.create_organization_enabled.map(Some),
                create_organizations_limit: limit(self.create_organizations_limit)?.map(Some),
                legal_accepted_at: legal_accepted_at.map(Some),
                bypass_client_trust: self.bypass_client_trust,
            },
            created_at: past(state, self.created_at)?,
            ..UserChanges::default()
        })
    }
}

/// A digest whose password can be verified here.
fn digest(digest: Option<String>, hasher: Option<&str>) -> Result<Option<String>> {
    let Some(digest) = digest else {
        return Ok(None);
    };
    let hasher = hasher.ok_or_else(|| LocalError::missing("password_hasher"))?;
    if !["argon2i", "argon2id"].contains(&hasher) {
        return Err(LocalError::form(
            422,
            "form_param_value_invalid",
            "The local instance verifies digests of argon2i and argon2id only.",
            "password_hasher",
        ));
    }
    if !usable_digest(&digest) {
        return Err(LocalError::form(
            422,
            "form_password_digest_invalid_code",
            "The password digest is not of the hasher that was named.",
            "password_digest",
        ));
    }
    Ok(Some(digest))
}

fn limit(limit: Option<i64>) -> Result<Option<i64>> {
    match limit {
        Some(limit) if limit < 0 => Err(LocalError::form(
            422,
            "form_param_value_invalid",
            "create_organizations_limit must be 0 or more.",
            "create_organizations_limit",
        )),
        limit => Ok(limit),
    }
}

/// A time of signing up is not in the future.
fn past(state: &LocalState, time: Option<String>) -> Result<Option<i64>> {
    match date(time, "created_at")? {
        Some(time) if time > state.now_ms() => Err(LocalError::form(
            422,
            "form_disallow_future_date",
            "created_at must not be in the future.",
            "created_at",
        )),
        time => Ok(time),
    }
}
