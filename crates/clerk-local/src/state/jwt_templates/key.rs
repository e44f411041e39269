//! How the tokens of a template are signed.

use jsonwebtoken::{Algorithm, EncodingKey};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::error::{LocalError, Result};

/// The algorithms a template may choose (backend API: `signing_algorithm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names of RFC 7518")]
pub enum SigningAlgorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
}

impl SigningAlgorithm {
    /// For the token's header.
    pub fn algorithm(self) -> Algorithm {
        match self {
            Self::Hs256 => Algorithm::HS256,
            Self::Hs384 => Algorithm::HS384,
            Self::Hs512 => Algorithm::HS512,
            Self::Rs256 => Algorithm::RS256,
            Self::Rs384 => Algorithm::RS384,
            Self::Rs512 => Algorithm::RS512,
            Self::Es256 => Algorithm::ES256,
            Self::Es384 => Algorithm::ES384,
        }
    }

    /// Reads a signing key: a secret for HS…, a private key as PEM for the others.
    ///
    /// # Errors
    /// 422 `form_param_value_invalid` (`signing_key`) for a key of another kind.
    pub fn read_key(self, key: &str) -> Result<EncodingKey> {
        let pem = key.as_bytes();
        let key = match self {
            Self::Hs256 | Self::Hs384 | Self::Hs512 => Ok(EncodingKey::from_secret(pem)),
            Self::Rs256 | Self::Rs384 | Self::Rs512 => EncodingKey::from_rsa_pem(pem),
            Self::Es256 | Self::Es384 => EncodingKey::from_ec_pem(pem),
        };
        key.map_err(|_| {
            let text = "signing_key is not a key for this signing_algorithm.";
            LocalError::form(422, "form_param_value_invalid", text, "signing_key")
        })
    }
}
