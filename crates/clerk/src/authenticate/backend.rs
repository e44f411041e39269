//! What a decision may ask of Clerk's backend API.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    BoxFuture,
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    machine::{MachineToken, MachineTokenError, TokenType},
};

/// The backend API as far as decisions need it; [`crate::api::ApiClient`] is one.
pub trait Backend: Send + Sync + 'static {
    /// Fetches the instance's keys.
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>>;

    /// Exchanges the nonce of a handshake for its `Set-Cookie` lines.
    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>>;

    /// Exchanges an expired token for new cookies, as `Set-Cookie` lines.
    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>>;

    /// Asks what an opaque machine token stands for: `ak_…`, `mt_…` or `oat_…`, as `kind`
    /// says. Without an implementation of its own no such token is good.
    fn verify_machine_token<'a>(
        &'a self,
        kind: TokenType,
        token: &'a str,
    ) -> BoxFuture<'a, Result<MachineToken, MachineTokenError>> {
        let _ = token;
        tracing::error!(%kind, "this backend does not verify machine tokens");
        Box::pin(async { Err(MachineTokenError::Unexpected { status: None }) })
    }
}

/// Why the backend did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// It refused, with Clerk's error code.
    #[error("Clerk refused: {code}")]
    Refused {
        /// Clerk's error code.
        code: String,
    },
    /// It did not answer, or with something that cannot be read.
    #[error("Clerk could not be asked: {0}")]
    Unreachable(String),
    /// It did not do it and gave no code.
    #[error("Clerk failed: {0}")]
    Failed(String),
}

/// What a refresh needs (Clerk: `POST /sessions/{id}/refresh`).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RefreshSession {
    /// The session token whose time is over.
    pub expired_token: String,
    /// The token from the `__refresh` cookie.
    pub refresh_token: String,
    /// The application's own origin.
    pub request_origin: String,
    /// The headers of the request that asks, by lower-case name, as Clerk's SDK sends them.
    pub request_headers: BTreeMap<String, Vec<String>>,
    /// In which form the answer is wanted.
    pub format: RefreshFormat,
    /// Whether the new cookies' names shall end in the instance's suffix.
    pub suffixed_cookies: bool,
}

/// The form of a refresh's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RefreshFormat {
    /// `Set-Cookie` lines.
    #[default]
    Cookie,
}
