use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::verify::RsaPublicKey;

/// A JSON web key set (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JsonWebKeySet {
    /// The keys.
    #[serde(default)]
    pub keys: Vec<JsonWebKey>,
}

/// One public key of a set; members we have no use for are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonWebKey {
    /// What the key is for: `sig`.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// The family: only `RSA` is used.
    pub kty: String,
    /// Its name, which tokens carry: the instance's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// The algorithm: `RS256`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// The modulus, base64url.
    #[serde(default)]
    pub n: String,
    /// The exponent, base64url.
    #[serde(default)]
    pub e: String,
}

impl JsonWebKeySet {
    /// The RSA signature keys by name; others are left out.
    pub(super) fn usable(&self) -> HashMap<Box<str>, Arc<RsaPublicKey>> {
        let usable = self.keys.iter().filter(|key| key.kty == "RSA");
        let usable = usable.filter(|key| key.usage.as_deref().is_none_or(|usage| usage == "sig"));
        usable
            .filter_map(|key| {
                let parsed = RsaPublicKey::from_components(&key.n, &key.e).ok()?;
                let parsed = parsed.only_for(key.alg.as_deref());
                Some((key.kid.as_deref()?.into(), Arc::new(parsed)))
            })
            .collect()
    }
}
