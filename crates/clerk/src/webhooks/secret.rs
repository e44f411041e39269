use std::fmt;

use aws_lc_rs::hmac;
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The secret that deliveries to one endpoint are signed with: `whsec_…`. `Debug` hides it.
#[derive(Clone)]
pub struct WebhookSecret {
    text: String,
    key: hmac::Key,
}

/// A secret that is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a webhook signing secret looks like whsec_ followed by base64")]
pub struct WebhookSecretError;

impl WebhookSecret {
    /// Reads a secret; surrounding white space is ignored.
    ///
    /// # Errors
    /// [`WebhookSecretError`] unless it is `whsec_` and the base64 of something.
    pub fn parse(text: &str) -> Result<Self, WebhookSecretError> {
        let text = text.trim();
        let encoded = text.strip_prefix("whsec_").ok_or(WebhookSecretError)?;
        let key = LENIENT.decode(encoded).map_err(|_| WebhookSecretError)?;
        if key.is_empty() {
            return Err(WebhookSecretError);
        }
        Ok(Self {
            text: text.to_owned(),
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
        })
    }

    /// The secret of these raw bytes (Clerk uses 24).
    ///
    /// # Errors
    /// [`WebhookSecretError`] if there are none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WebhookSecretError> {
        Self::parse(&format!(
            "whsec_{}",
            base64::engine::general_purpose::STANDARD.encode(bytes)
        ))
    }

    /// The secret itself. Keep it out of logs.
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub(super) fn key(&self) -> &hmac::Key {
        &self.key
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(whsec_…)")
    }
}
