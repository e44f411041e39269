use serde::{Deserialize, Serialize};

use super::{null_is_default, time, time_if_any};

/// A domain whose people may come into an organization (Clerk: `organization_domain`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationDomain {
    /// Its identifier: `orgdmn_…`.
    pub id: String,
    /// The domain: `example.com`.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// The organization.
    #[serde(deserialize_with = "null_is_default")]
    pub organization_id: String,
    /// `manual_invitation`, `automatic_invitation`, `automatic_suggestion` or
    /// `enterprise_sso`.
    #[serde(deserialize_with = "null_is_default")]
    pub enrollment_mode: String,
    /// Whether the organization has shown that the domain is its own; none if it never
    /// tried.
    pub verification: Option<OrganizationDomainVerification>,
    /// The address that the showing goes by.
    pub affiliation_email_address: Option<String>,
    /// How many invitations because of it wait for an answer.
    #[serde(deserialize_with = "null_is_default")]
    pub total_pending_invitations: u64,
    /// How many suggestions because of it wait for an answer.
    #[serde(deserialize_with = "null_is_default")]
    pub total_pending_suggestions: u64,
    /// When it was added.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// How far an organization is in showing that a domain is its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationDomainVerification {
    /// `unverified`, `verified`, `failed` or `expired`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// By what: `txt_record`, `affiliation_email_code`, …
    #[serde(deserialize_with = "null_is_default")]
    pub strategy: String,
    /// How often it was tried.
    pub attempts: Option<u64>,
    /// Until when it can be tried. The schema says `expire_at`, Clerk's own SDK reads
    /// `expires_at`; both are taken.
    #[serde(alias = "expire_at", deserialize_with = "time_if_any")]
    pub expires_at: Option<i64>,
}
