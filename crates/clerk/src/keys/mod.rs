//! The keys of a Clerk instance and what can be read from them.

mod frontend_api;
mod proxy;
mod publishable;
mod secret;

pub use frontend_api::{DomainError, FrontendApi};
pub(crate) use frontend_api::{account_portal, satellite_host};
pub use proxy::{ProxyUrl, ProxyUrlError};
pub use publishable::PublishableKey;
pub use secret::SecretKey;

/// Whether an instance is for development or for production; keys say which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InstanceKind {
    /// `pk_test_…`: browsers are told apart by the dev browser token.
    Development,
    /// `pk_live_…`.
    Production,
}

impl InstanceKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Development => "test",
            Self::Production => "live",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        match word {
            "test" => Some(Self::Development),
            "live" => Some(Self::Production),
            _ => None,
        }
    }
}

/// A key that is not one of Clerk's. The text names the fault, never the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `pk_test_…` or `pk_live_…`.
    #[error("a publishable key looks like pk_test_… or pk_live_…")]
    PublishablePrefix,
    /// What follows the prefix is not base64 of text.
    #[error("the part after pk_test_ or pk_live_ is not valid base64")]
    PublishableEncoding,
    /// The encoded text is not a host name and a dollar sign.
    #[error("the publishable key does not hold the host name of a frontend API followed by $")]
    FrontendApi,
    /// Not `sk_test_…` or `sk_live_…`.
    #[error("a secret key looks like sk_test_… or sk_live_…")]
    SecretPrefix,
}
