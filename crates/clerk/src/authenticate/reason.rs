//! Why a request is signed out or sent to a handshake.

use std::{borrow::Cow, fmt};

use crate::{machine::MachineTokenError, verify::TokenError};

/// Why a request is signed out or sent to a handshake, in Clerk's words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Neither session cookie nor sign-in time: nobody is signed in.
    SessionTokenAndUatMissing,
    /// A session cookie, but the browser's sign-in time is unknown.
    SessionTokenWithoutClientUat,
    /// The browser is signed in, but this site has no session cookie.
    ClientUatWithoutSessionToken,
    /// The session cookie is older than the browser's last sign-in or sign-out.
    SessionTokenIatBeforeClientUat,
    /// The session token's time is over and it was not refreshed.
    SessionTokenExpired(RefreshFailure),
    /// The session token's time has not come.
    SessionTokenNbf,
    /// The session token claims to be made later than now.
    SessionTokenIatInTheFuture,
    /// A handshake ended without a session.
    SessionTokenMissing,
    /// Development: the address carries a dev browser token that belongs into a cookie.
    DevBrowserSync,
    /// Development: the browser has no dev browser token yet.
    DevBrowserMissing,
    /// The person comes from another site, where they may have signed in or out.
    PrimaryDomainCrossOriginSync,
    /// A satellite does not know whether the person is signed in at the primary domain.
    SatelliteNeedsSyncing,
    /// Development: the primary domain sends the person back to the satellite.
    PrimaryRespondsToSyncing,
    /// Another organization must become active first.
    ActiveOrganizationMismatch,
    /// A token of a kind that is not accepted.
    TokenTypeMismatch,
    /// Nothing in the `Authorization` header, where only that counts.
    NoTokenInHeader,
    /// The machine token is not good.
    Machine(MachineTokenError),
    /// The token does not verify.
    Token(TokenError),
    /// Tasks are left to do in the session. Not one of Clerk's own reasons: its SDK calls
    /// such a request signed in and hides the person later.
    SessionPending,
}

/// Why an expired session token was not refreshed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshFailure {
    /// Only GET is refreshed.
    NonEligibleNonGet,
    /// There is no refresh cookie.
    NonEligibleNoCookie,
    /// The session cookie beside the expired token of the header is no token.
    UndecodableSessionToken,
    /// The expired token names no session.
    MissingSessionId,
    /// Clerk did not answer.
    FetchError,
    /// Clerk answered something unexpected.
    UnexpectedBackendError,
    /// Clerk answered without cookies.
    NoCookies,
    /// The new token does not verify.
    InvalidSessionToken,
    /// Clerk refused, with this code.
    Refused(String),
}

impl Reason {
    /// Clerk's string, as in `x-clerk-auth-reason` and in the handshake's address.
    pub fn as_str(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::SessionTokenAndUatMissing => "session-token-and-uat-missing",
            Self::SessionTokenWithoutClientUat => "session-token-but-no-client-uat",
            Self::ClientUatWithoutSessionToken => "client-uat-but-no-session-token",
            Self::SessionTokenIatBeforeClientUat => "session-token-iat-before-client-uat",
            Self::SessionTokenExpired(failure) => {
                return Cow::Owned(format!("session-token-expired-refresh-{failure}"));
            }
            Self::SessionTokenNbf => "session-token-nbf",
            Self::SessionTokenIatInTheFuture => "session-token-iat-in-the-future",
            Self::SessionTokenMissing => "session-token-missing",
            Self::DevBrowserSync => "dev-browser-sync",
            Self::DevBrowserMissing => "dev-browser-missing",
            Self::PrimaryDomainCrossOriginSync => "primary-domain-cross-origin-sync",
            Self::SatelliteNeedsSyncing => "satellite-needs-syncing",
            Self::PrimaryRespondsToSyncing => "primary-responds-to-syncing",
            Self::ActiveOrganizationMismatch => "active-organization-mismatch",
            Self::TokenTypeMismatch => "token-type-mismatch",
            Self::NoTokenInHeader => "No token in header",
            Self::Machine(error) => error.code(),
            Self::Token(error) => error.reason(),
            Self::SessionPending => "session-pending",
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str())
    }
}

impl fmt::Display for RefreshFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NonEligibleNonGet => "non-eligible-non-get",
            Self::NonEligibleNoCookie => "non-eligible-no-refresh-cookie",
            Self::UndecodableSessionToken => "expired-session-token-decode-failed",
            Self::MissingSessionId => "expired-session-token-missing-sid-claim",
            Self::FetchError => "fetch-error",
            Self::UnexpectedBackendError => "unexpected-bapi-error",
            Self::NoCookies => "unexpected-sdk-error",
            Self::InvalidSessionToken => "invalid-session-token",
            Self::Refused(code) => code,
        })
    }
}
