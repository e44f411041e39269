use std::fmt;

use super::{InstanceKind, KeyError};

/// The secret key of an instance, which may do anything through the backend API.
/// `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(String);

impl SecretKey {
    /// Reads a key; surrounding white space is ignored.
    ///
    /// # Errors
    /// [`KeyError::SecretPrefix`] if it does not begin as Clerk's secret keys do, is empty
    /// after that, or holds a character that cannot stand in an HTTP header.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let rest = text
            .strip_prefix("sk_test_")
            .or_else(|| text.strip_prefix("sk_live_"));
        match rest {
            Some(rest) if !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic()) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(KeyError::SecretPrefix),
        }
    }

    /// The key itself, for the `Authorization` header. Keep it out of logs.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Development or production.
    pub fn instance_kind(&self) -> InstanceKind {
        if self.0.starts_with("sk_live_") {
            InstanceKind::Production
        } else {
            InstanceKind::Development
        }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey(sk_{}_…)", self.instance_kind().word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_key_does_not_show_itself() {
        let secret = SecretKey::parse(" sk_live_abc123\n").unwrap();
        assert_eq!(secret.expose(), "sk_live_abc123");
        assert!(!format!("{secret:?}").contains("abc123"));
        for wrong in ["sk_test_", "pk_test_abc", "sk_live_a b", "sk_live_ä"] {
            assert_eq!(
                SecretKey::parse(wrong),
                Err(KeyError::SecretPrefix),
                "{wrong}"
            );
        }
    }
}
