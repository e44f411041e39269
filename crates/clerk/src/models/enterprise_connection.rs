use serde::{Deserialize, Serialize};

use super::{null_is_default, time, time_if_any};

/// A connection to a company's directory (Clerk: `enterprise_connection`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterpriseConnection {
    /// Its identifier: `ent_…`.
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// The provider: `saml_okta`, `oidc_custom`, …
    #[serde(deserialize_with = "null_is_default")]
    pub provider: String,
    /// Its logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_public_url: Option<String>,
    /// The domains whose people come by it.
    #[serde(deserialize_with = "null_is_default")]
    pub domains: Vec<String>,
    /// The organization that its people come into, if any.
    pub organization_id: Option<String>,
    /// Whether it is on.
    #[serde(deserialize_with = "null_is_default")]
    pub active: bool,
    /// Whether names and pictures are brought up to date at each sign-in.
    #[serde(deserialize_with = "null_is_default")]
    pub sync_user_attributes: bool,
    /// Whether people may add no other way to sign in.
    #[serde(deserialize_with = "null_is_default")]
    pub disable_additional_identifications: bool,
    /// Whether accounts may be linked because of a membership.
    #[serde(deserialize_with = "null_is_default")]
    pub allow_organization_account_linking: bool,
    /// Whether people can sign in by it.
    #[serde(deserialize_with = "null_is_default")]
    pub authenticatable: bool,
    /// Whether nobody is made a user by signing in for the first time.
    #[serde(deserialize_with = "null_is_default")]
    pub disable_jit_provisioning: bool,
    /// What else is taken over from the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_attributes: Option<Vec<CustomAttribute>>,
    /// Its SAML side, if it has one.
    pub saml_connection: Option<SamlConnection>,
    /// Its OAuth side, if it has one.
    pub oauth_config: Option<OauthConfig>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// Something of the directory's that becomes part of the user's data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomAttribute {
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Under what it is kept.
    #[serde(deserialize_with = "null_is_default")]
    pub key: String,
    /// Where it stands in what a sign-in brings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sso_path: Option<String>,
    /// Where it stands in what the directory sends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scim_path: Option<String>,
    /// Whether it may have several values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_valued: Option<bool>,
}

/// The SAML side of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SamlConnection {
    /// Its identifier: `samlc_…`.
    pub id: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// The provider's name for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_entity_id: Option<String>,
    /// Where the provider signs people in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_sso_url: Option<String>,
    /// The provider's certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_certificate: Option<String>,
    /// From when the certificate counts.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "time_if_any"
    )]
    pub idp_certificate_issued_at: Option<i64>,
    /// Until when the certificate counts.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "time_if_any"
    )]
    pub idp_certificate_expires_at: Option<i64>,
    /// All certificates of the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub idp_certificates: Vec<IdpCertificate>,
    /// Where the provider describes itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_metadata_url: Option<String>,
    /// Where the provider sends people back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acs_url: Option<String>,
    /// Our name for ourselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sp_entity_id: Option<String>,
    /// Where we describe ourselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sp_metadata_url: Option<String>,
    /// Whether it is on.
    #[serde(deserialize_with = "null_is_default")]
    pub active: bool,
    /// Whether addresses of subdomains belong to it.
    #[serde(deserialize_with = "null_is_default")]
    pub allow_subdomains: bool,
    /// Whether a sign-in may begin at the provider.
    #[serde(deserialize_with = "null_is_default")]
    pub allow_idp_initiated: bool,
    /// Whether the provider must ask people anew each time.
    #[serde(deserialize_with = "null_is_default")]
    pub force_authn: bool,
    /// What the provider is told about who wants to sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<SamlLoginHint>,
}

/// A certificate of a SAML provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdpCertificate {
    /// The certificate.
    #[serde(deserialize_with = "null_is_default")]
    pub certificate: String,
    /// From when it counts.
    #[serde(deserialize_with = "time_if_any")]
    pub issued_at: Option<i64>,
    /// Until when it counts.
    #[serde(deserialize_with = "time_if_any")]
    pub expires_at: Option<i64>,
}

/// What a SAML provider is told about who wants to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SamlLoginHint {
    /// `email_address`, `custom_attribute` or `off`.
    #[serde(deserialize_with = "null_is_default")]
    pub mode: String,
    /// Which attribute, for `custom_attribute`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The OAuth side of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OauthConfig {
    /// Its identifier.
    pub id: String,
    /// Which provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_key: Option<String>,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Who we are to the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Where the provider describes itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_url: Option<String>,
    /// Where the provider asks people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_url: Option<String>,
    /// Where the provider hands out tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    /// Where the provider tells about people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_info_url: Option<String>,
    /// Its logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_public_url: Option<String>,
    /// Whether PKCE is a must.
    #[serde(deserialize_with = "null_is_default")]
    pub requires_pkce: bool,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
