//! Who sent this request? (Clerk: `authenticateRequest`.)
//!
//! [`Authenticator::authenticate`] looks at one request's headers and address and decides:
//! signed in, signed out, or first a *handshake*, a round trip of the browser through
//! Clerk's frontend API that brings this site's cookies up to date. All it asks of the
//! network goes through [`Backend`]; a request with a fresh token asks nothing.

mod backend;
mod cookie_path;
mod cookies;
mod handshake;
mod header_path;
mod jar;
mod options;
mod organization;
mod reason;
mod recover;
mod refresh;
mod request;
mod resolve;
mod state;

use std::sync::Arc;

use http::request::Parts;

pub use backend::{Backend, BackendError, RefreshFormat, RefreshSession};
pub use options::AuthenticateOptions;
pub use reason::{Reason, RefreshFailure};
pub use state::{RequestState, Status};

use crate::{
    BoxFuture,
    jwks::{JsonWebKeySet, Jwks, JwksError, JwksSource},
    keys::InstanceKind,
    verify::{KeySource, TokenError, TokenVerifier, VerifierOptions},
};
use request::Incoming;

/// Decides who sent a request. Cheap to clone; clones share the keys.
#[derive(Clone)]
pub struct Authenticator(Arc<Inner>);

struct Inner {
    options: AuthenticateOptions,
    verifier: TokenVerifier,
    backend: Arc<dyn Backend>,
}

/// A request that cannot be decided because the set-up is wrong. Answer it with 500; only
/// development instances give it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticateError {
    /// A handshake token that does not verify.
    #[error("Clerk: Handshake token verification failed{}: {} (reason={})",
        if matches!(.0, TokenError::Signature) {
            " due to an invalid signature. If you have switched Clerk keys locally, clear your cookies and try again"
        } else {
            ""
        },
        .0, .0.reason())]
    HandshakeToken(TokenError),
}

impl Authenticator {
    /// An authenticator for one instance. Without [`AuthenticateOptions::jwt_key`] the keys
    /// are fetched through `backend` when the first token arrives.
    pub fn new(options: AuthenticateOptions, backend: Arc<dyn Backend>) -> Self {
        let clock = Arc::clone(&options.clock);
        let keys = match &options.jwt_key {
            Some(key) => KeySource::Fixed(Arc::clone(key)),
            None => KeySource::Jwks(Jwks::new(BackendKeys(Arc::clone(&backend)), clock)),
        };
        let verifier = TokenVerifier::new(VerifierOptions {
            publishable_key: options.publishable_key.clone(),
            keys,
            authorized_parties: options.authorized_parties.clone(),
            audience: options.audience.clone(),
            clock_skew_ms: options.clock_skew_ms,
            cached_sessions: options.cached_sessions,
            clock: Arc::clone(&options.clock),
        });
        Self(Arc::new(Inner {
            options,
            verifier,
            backend,
        }))
    }

    /// Decides about one request. Apply [`RequestState::headers`] to the answer, and if
    /// they hold a `Location`, answer with 307 and nothing else.
    ///
    /// # Errors
    /// [`AuthenticateError`], only for development instances.
    pub async fn authenticate(&self, parts: &Parts) -> Result<RequestState, AuthenticateError> {
        let incoming = Incoming::read(parts, &self.0.options);
        if let Some(token) = incoming.header_token {
            return Ok(self.authenticate_header(&incoming, token).await);
        }
        self.authenticate_cookie(&incoming).await
    }

    /// What tokens are held against: for tokens that come by another way than a request.
    pub fn verifier(&self) -> &TokenVerifier {
        &self.0.verifier
    }

    /// The settings it was made with.
    pub fn options(&self) -> &AuthenticateOptions {
        &self.0.options
    }

    fn is_development(&self) -> bool {
        self.0.options.publishable_key.instance_kind() == InstanceKind::Development
    }
}

/// The backend as a source of keys.
struct BackendKeys(Arc<dyn Backend>);

impl JwksSource for BackendKeys {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        self.0.jwks()
    }
}
