//! When a request cannot be decided.

use crate::{keys::DomainError, verify::TokenError};

/// A request that cannot be decided because the set-up is wrong. Answer it with 500. The
/// texts are those of Clerk's SDK where it has one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthenticateError {
    /// Development: a handshake token that does not verify.
    #[error("{}", handshake_text(.0))]
    HandshakeToken(TokenError),
    /// A satellite of a development instance does not know where people sign in.
    #[error("Missing signInUrl. Pass a signInUrl for dev instances if an app is satellite")]
    MissingSignInUrl,
    /// The sign-in address is not a full address.
    #[error("The signInUrl needs to have a absolute url format.")]
    InvalidSignInUrl,
    /// People would sign in at the satellite itself.
    #[error("The signInUrl needs to be on a different origin than your satellite application.")]
    SignInUrlOnSatellite,
    /// A satellite without a domain and without a proxy.
    #[error(
        "Missing domain and proxyUrl. A satellite application needs to specify a domain or a proxyUrl"
    )]
    MissingDomain,
    /// A satellite whose domain is none.
    #[error(transparent)]
    InvalidDomain(#[from] DomainError),
    /// Development: a satellite asks to be returned to what is no http(s) address.
    #[error("Invalid URL")]
    InvalidRedirectUrl,
}

fn handshake_text(error: &TokenError) -> String {
    if *error == TokenError::Signature {
        return "Clerk: Handshake token verification failed due to an invalid signature. If you \
                have switched Clerk keys locally, clear your cookies and try again."
            .to_owned();
    }
    let reason = error.reason();
    format!("Clerk: Handshake token verification failed: {error} (reason={reason}).")
}
