//! An RSA key, parsed once and used for many tokens.

use std::fmt;

use aws_lc_rs::{
    rsa::PublicKeyComponents,
    signature::{
        ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
        RSA_PKCS1_2048_8192_SHA512,
    },
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use super::TokenError;
use crate::token::Algorithm;

/// A key that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RSA public key of 2048 to 8192 bits")]
pub struct KeyParseError;

/// A public key with which tokens are checked: RSA, 2048 to 8192 bits. Parsing is done
/// when it is made, not for each token.
pub struct RsaPublicKey {
    sha256: ParsedPublicKey,
    sha384: ParsedPublicKey,
    sha512: ParsedPublicKey,
    /// The only algorithm it is for, if it says.
    only: Option<Algorithm>,
}

impl RsaPublicKey {
    /// Reads a key in PEM (`CLERK_JWT_KEY`): with its lines, with `\n` written out as
    /// environment files have it, or all on one line; with or without the markers at its
    /// ends.
    ///
    /// # Errors
    /// [`KeyParseError`] if there is no such key in it.
    pub fn from_pem(pem: &str) -> Result<Self, KeyParseError> {
        let unfolded = pem.replace("\\n", "\n").replace("\\r", "\n");
        let body = match unfolded.split_once("-----BEGIN ") {
            Some((_, marked)) => {
                let (label, rest) = marked.split_once("-----").ok_or(KeyParseError)?;
                if !label.ends_with("PUBLIC KEY") {
                    return Err(KeyParseError);
                }
                rest.split("-----END ").next().unwrap_or_default()
            }
            None => &unfolded,
        };
        let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        let der = STANDARD.decode(body).map_err(|_| KeyParseError)?;
        let parse = |algorithm| ParsedPublicKey::new(algorithm, &der).map_err(|_| KeyParseError);
        Self {
            sha256: parse(&RSA_PKCS1_2048_8192_SHA256)?,
            sha384: parse(&RSA_PKCS1_2048_8192_SHA384)?,
            sha512: parse(&RSA_PKCS1_2048_8192_SHA512)?,
            only: None,
        }
        .checked()
    }

    /// Reads a key from a JSON web key's modulus and exponent (base64url).
    ///
    /// # Errors
    /// [`KeyParseError`] if they do not make a key.
    pub fn from_components(n: &str, e: &str) -> Result<Self, KeyParseError> {
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyParseError);
        let components = PublicKeyComponents {
            n: decode(n)?,
            e: decode(e)?,
        };
        let parse = |algorithm| {
            components
                .to_parsed_public_key(algorithm)
                .map_err(|_| KeyParseError)
        };
        Self {
            sha256: parse(&RSA_PKCS1_2048_8192_SHA256)?,
            sha384: parse(&RSA_PKCS1_2048_8192_SHA384)?,
            sha512: parse(&RSA_PKCS1_2048_8192_SHA512)?,
            only: None,
        }
        .checked()
    }

    /// The library checks the size only when it verifies; a key that can never verify is
    /// better refused here. The modulus makes up nearly all of the encoded key.
    fn checked(self) -> Result<Self, KeyParseError> {
        let encoded = self.sha256.as_ref().len();
        if (2_048 / 8..=8_192 / 8 + 64).contains(&encoded) {
            Ok(self)
        } else {
            Err(KeyParseError)
        }
    }

    /// The same key for tokens of one algorithm only (RFC 7517: `alg`).
    pub(crate) fn only_for(mut self, algorithm: Option<&str>) -> Self {
        self.only = algorithm.map(|name| Algorithm::named(Some(name)));
        self
    }

    /// Checks the signature of `signed`.
    pub(crate) fn verify(
        &self,
        algorithm: Algorithm,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), TokenError> {
        let key = match algorithm {
            Algorithm::Rs256 => &self.sha256,
            Algorithm::Rs384 => &self.sha384,
            Algorithm::Rs512 => &self.sha512,
            Algorithm::Other => return Err(TokenError::Algorithm),
        };
        if self.only.is_some_and(|only| only != algorithm) {
            return Err(TokenError::KeyAlgorithm);
        }
        key.verify_sig(signed, signature)
            .map_err(|_| TokenError::Signature)
    }
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaPublicKey")
    }
}
