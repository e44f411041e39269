//! Why a token is refused.

use crate::clock::http_date;

/// Why a token is refused. The text follows Clerk's; [`TokenError::reason`] is the
/// machine-readable form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token at all; names what is missing.
    #[error("Invalid JWT form. A JWT consists of three parts separated by dots ({0} expected).")]
    Malformed(&'static str),
    /// A token for something else than a session (`cat`).
    #[error("Expected a session token but received a token of another category.")]
    Category,
    /// `typ` is not `JWT`.
    #[error("Invalid JWT type. Expected \"JWT\".")]
    HeaderType,
    /// `alg` is not RS256, RS384 or RS512.
    #[error("Invalid JWT algorithm. Supported: RS256, RS384, RS512.")]
    Algorithm,
    /// Changed on the way, or signed by somebody else.
    #[error("JWT signature is invalid.")]
    Signature,
    /// Signed with another algorithm than the key is for.
    #[error("Error verifying JWT signature. The key is not for this algorithm.")]
    KeyAlgorithm,
    /// A claim is missing or of the wrong type; names it.
    #[error("Invalid JWT claim ({0}).")]
    Claim(&'static str),
    /// Made by another instance. Stricter than Clerk's own SDK.
    #[error("Invalid JWT issuer claim (iss). Expected \"{expected}\".")]
    Issuer {
        /// The only issuer accepted.
        expected: String,
    },
    /// Made for another audience.
    #[error("Invalid JWT audience claim (aud).")]
    Audience,
    /// Made for another origin, or for none while origins are configured.
    #[error("Invalid JWT Authorized party claim (azp).")]
    AuthorizedParty,
    /// Its time is over.
    #[error(
        "JWT is expired. Expiry date: {}, Current date: {}.",
        http_date(*at),
        http_date(*now)
    )]
    Expired {
        /// When it expired, in unix seconds.
        at: i64,
        /// The time it was checked, in unix seconds.
        now: i64,
    },
    /// Its time has not come.
    #[error(
        "JWT cannot be used prior to not before date claim (nbf). Not before date: {}; Current date: {};",
        http_date(*at),
        http_date(*now)
    )]
    NotActiveYet {
        /// From when on it holds, in unix seconds.
        at: i64,
        /// The time it was checked, in unix seconds.
        now: i64,
    },
    /// It claims to be made later than now.
    #[error(
        "JWT issued at date claim (iat) is in the future. Issued at date: {}; Current date: {};",
        http_date(*at),
        http_date(*now)
    )]
    IssuedInTheFuture {
        /// When it claims to be made, in unix seconds.
        at: i64,
        /// The time it was checked, in unix seconds.
        now: i64,
    },
    /// No key of the instance has this `kid`.
    #[error("Unable to find a signing key in JWKS that matches the kid of the token.")]
    UnknownKey,
    /// The keys could not be loaded and none are known from before.
    #[error("Failed to load JWKS from the Clerk Backend API.")]
    KeysUnavailable,
    /// The keys could not be asked for and none are known from before.
    #[error("Clerk could not be asked for the keys.")]
    KeysUnreachable,
    /// Clerk refused the secret key with which the keys were asked for.
    #[error("The provided Clerk Secret Key is invalid.")]
    SecretKeyInvalid,
}

impl TokenError {
    /// Clerk's own string for this error, as in `x-clerk-auth-reason`.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Malformed(_) | Self::Category | Self::HeaderType => "token-invalid",
            Self::Algorithm => "token-invalid-algorithm",
            Self::Signature => "token-invalid-signature",
            Self::KeyAlgorithm | Self::Claim(_) | Self::Issuer { .. } | Self::Audience => {
                "token-verification-failed"
            }
            Self::AuthorizedParty => "token-invalid-authorized-parties",
            Self::Expired { .. } => "token-expired",
            Self::NotActiveYet { .. } => "token-not-active-yet",
            Self::IssuedInTheFuture { .. } => "token-iat-in-the-future",
            Self::UnknownKey => "jwk-kid-mismatch",
            Self::KeysUnavailable => "jwk-remote-failed-to-load",
            Self::KeysUnreachable => "unexpected-error",
            Self::SecretKeyInvalid => "secret-key-invalid",
        }
    }

    /// Whether only the time is wrong: such a token is otherwise good.
    pub(crate) const fn is_about_time(&self) -> bool {
        matches!(
            self,
            Self::Expired { .. } | Self::NotActiveYet { .. } | Self::IssuedInTheFuture { .. }
        )
    }
}
