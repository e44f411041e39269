//! [`GivenFactors`]: second factors that a person had elsewhere and keeps (backend API: `totp_secret`
//! and `backup_codes`).

use std::fmt;

use totp_rs::Secret;

use super::{Write, backup_codes, totp};
use crate::error::{LocalError, Result};

/// What the backend gives; none leaves a factor as it is.
#[derive(Clone, Default)]
pub struct GivenFactors {
    totp_secret: Option<Vec<u8>>,
    backup_codes: Option<Vec<String>>,
}

impl GivenFactors {
    /// Reads a secret in base32, as authenticator apps show it (blanks, small letters and padding do
    /// not matter), and backup codes in clear. An empty list gives no codes.
    ///
    /// # Errors
    /// 422 `form_param_value_invalid` for `totp_secret` or `backup_codes`. Clerk takes bcrypt digests
    /// of backup codes as well; the local instance can't verify them.
    pub fn read(totp_secret: Option<&str>, backup_codes: Option<Vec<String>>) -> Result<Self> {
        Ok(Self {
            totp_secret: totp_secret.map(secret).transpose()?,
            backup_codes: backup_codes
                .filter(|codes| !codes.is_empty())
                .map(checked)
                .transpose()?,
        })
    }

    /// Puts them in the place of the person's own ones. The person is to be loaded anew afterwards.
    pub(super) async fn store(self, write: &Write, user_id: &str) -> Result<()> {
        if let Some(secret) = self.totp_secret {
            totp::put_confirmed(write, user_id, secret).await?;
        }
        if let Some(codes) = self.backup_codes {
            backup_codes::put(write, user_id, &codes).await?;
        }
        Ok(())
    }
}

// Without the secrets, so that no log can hold them.
impl fmt::Debug for GivenFactors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenFactors")
            .field("totp", &self.totp_secret.is_some())
            .field("backup_codes", &self.backup_codes.is_some())
            .finish_non_exhaustive()
    }
}

fn secret(text: &str) -> Result<Vec<u8>> {
    let text: String = text
        .trim_end_matches('=')
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    let bytes = Secret::try_from_base32(text).map(|secret| secret.as_bytes().to_vec());
    match bytes {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => Err(invalid("totp_secret", "must be a secret in base32")),
    }
}

fn checked(codes: Vec<String>) -> Result<Vec<String>> {
    const PARAM: &str = "backup_codes";
    if codes.iter().any(|code| code.starts_with("$2")) {
        return Err(invalid(
            PARAM,
            "must be in clear: the local instance does not verify bcrypt digests",
        ));
    }
    if codes.iter().any(|code| !backup_codes::is_usable(code)) {
        return Err(invalid(PARAM, "must have letters or digits"));
    }
    Ok(codes)
}

fn invalid(param_name: &str, why: &str) -> LocalError {
    let text = format!("{param_name} {why}.");
    LocalError::form(422, "form_param_value_invalid", &text, param_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_read_as_people_write_them_down() {
        for text in [
            "GEZDGNBVGY3TQOJQ",
            "gezd gnbv gy3t qojq",
            "GEZDGNBVGY3TQOJQ====",
        ] {
            assert_eq!(secret(text).unwrap(), b"1234567890");
        }
        for text in ["", "====", "0189", "GEZD-GNBV"] {
            assert!(secret(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_log_shows_them() {
        let given = GivenFactors::read(Some("GEZDGNBV"), Some(vec!["code".to_owned()])).unwrap();
        let shown = format!("{given:?}");
        assert!(
            !shown.contains("code\"") && !shown.contains("49"),
            "{shown}"
        );
    }
}
