//! Why a machine token is refused.

use super::TokenType;
use crate::verify::TokenError;

/// Why a machine token is refused. The text and [`MachineTokenError::code`] are Clerk's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MachineTokenError {
    /// Clerk knows no such token, or no longer (404).
    #[error("{} not found", noun(*.0))]
    TokenInvalid(TokenType),
    /// Clerk gave it as revoked or expired. Stricter than Clerk's own SDK, which trusts that
    /// Clerk answers 404 then.
    #[error("{} is revoked or expired", noun(*.0))]
    Inactive(TokenType),
    /// Three parts with dots between, like a JWT, but not readable as one.
    #[error("Invalid JWT form. The header, payload, or signature could not be decoded.")]
    Malformed,
    /// A machine's JWT of another category (`cat`).
    #[error("Invalid M2M JWT category.")]
    Category,
    /// A JWT that does not verify.
    #[error(transparent)]
    Jwt(#[from] TokenError),
    /// An audience is expected, and the OAuth token's is missing or is no list of names.
    #[error(
        "Invalid OAuth audience claim (aud) {aud}. Expected a non-empty string or a non-empty \
         array of non-empty strings."
    )]
    AudienceClaim {
        /// What the token has, as JSON; `undefined` if nothing.
        aud: String,
    },
    /// The OAuth token was made for another audience.
    #[error(
        "OAuth audience mismatch. Verification expected audience {expected}, but incoming token \
         has aud {aud}."
    )]
    AudienceMismatch {
        /// The configured audiences, as JSON.
        expected: String,
        /// The token's, as JSON.
        aud: String,
    },
    /// Clerk does not know our secret key (401).
    #[error("{message}")]
    SecretKeyInvalid {
        /// Clerk's words.
        message: String,
    },
    /// Clerk did not answer, or with something else. Nobody is let in for that.
    #[error("Unexpected error")]
    Unexpected {
        /// The HTTP status, if there was an answer.
        status: Option<u16>,
    },
    /// Not a machine token.
    #[error("Unknown machine token type")]
    UnknownType,
}

impl MachineTokenError {
    /// Clerk's own string for this error, as in `x-clerk-auth-reason`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TokenInvalid(_) | Self::Inactive(_) | Self::Malformed | Self::Category => {
                "token-invalid"
            }
            Self::Jwt(_) | Self::AudienceClaim { .. } | Self::AudienceMismatch { .. } => {
                "token-verification-failed"
            }
            Self::SecretKeyInvalid { .. } => "secret-key-invalid",
            Self::Unexpected { .. } | Self::UnknownType => "unexpected-error",
        }
    }

    /// The HTTP status of Clerk's answer, if it was asked and answered with an error.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::TokenInvalid(_) => Some(404),
            Self::SecretKeyInvalid { .. } => Some(401),
            Self::Unexpected { status } => *status,
            _ => None,
        }
    }

    /// The text with code and status, as in `x-clerk-auth-message`.
    pub(crate) fn full_message(&self) -> String {
        let status = match self.status() {
            Some(status) => status.to_string(),
            None => "n/a".to_owned(),
        };
        format!("{self} (code={}, status={status})", self.code())
    }

    /// What an answer of the backend API means for a token.
    #[cfg(feature = "client")]
    pub(crate) fn from_api(kind: TokenType, error: &crate::api::ApiError) -> Self {
        match error.status() {
            Some(401) => Self::SecretKeyInvalid {
                message: error
                    .message()
                    .filter(|message| !message.is_empty())
                    .unwrap_or("Invalid secret key")
                    .to_owned(),
            },
            Some(404) => Self::TokenInvalid(kind),
            status => Self::Unexpected { status },
        }
    }
}

const fn noun(kind: TokenType) -> &'static str {
    match kind {
        TokenType::ApiKey => "API key",
        TokenType::M2m => "Machine token",
        TokenType::OAuth => "OAuth token",
        TokenType::Session => "Session token",
    }
}
