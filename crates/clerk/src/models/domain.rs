use serde::{Deserialize, Serialize};

use super::null_is_default;

/// A domain of the instance: its own, or that of a satellite (Clerk: `domain`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Domain {
    /// Its identifier: `dmn_…`.
    pub id: String,
    /// The domain: `example.com`.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Whether it takes its sign-ins from the instance's own domain.
    #[serde(deserialize_with = "null_is_default")]
    pub is_satellite: bool,
    /// Where its frontend API is.
    #[serde(deserialize_with = "null_is_default")]
    pub frontend_api_url: String,
    /// Where its account portal is; none for satellites.
    pub accounts_portal_url: Option<String>,
    /// Where its frontend API is reached through the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// The origin it has in development.
    #[serde(deserialize_with = "null_is_default")]
    pub development_origin: String,
    /// What its name server must say.
    #[serde(deserialize_with = "null_is_default")]
    pub cname_targets: Vec<CnameTarget>,
}

/// A record that a domain's name server must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CnameTarget {
    /// The name.
    #[serde(deserialize_with = "null_is_default")]
    pub host: String,
    /// What it must point to.
    #[serde(deserialize_with = "null_is_default")]
    pub value: String,
    /// Whether nothing works without it.
    #[serde(deserialize_with = "null_is_default")]
    pub required: bool,
}
