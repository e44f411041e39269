//! Who sent this request? (Clerk: `authenticateRequest`.)
//!
//! [`Authenticator::authenticate`] looks at one request's headers and address and decides:
//! signed in, signed out, or first a *handshake*, a round trip of the browser through
//! Clerk's frontend API that brings this site's cookies up to date. All it asks of the
//! network goes through [`Backend`]; a request with a fresh token asks nothing.
//!
//! # Where it deliberately differs from `@clerk/backend` 3.25.0
//! * `iss` must be this instance's, or the satellite's: `token-verification-failed`. Clerk's
//!   SDK does not look at it, so that whoever signs with a key of the instance is believed.
//!   [`AuthenticateOptions::accept_missing_issuer`] lets tokens without any pass.
//! * A session token that a handshake brings must be a session's by its `cat`; Clerk's SDK
//!   refuses only machines' there.
//! * A path that begins with two slashes stays a path. Behind `X-Forwarded-Host`, Clerk's SDK
//!   takes it for another host and would send the browser there.
//! * `X-Forwarded-Proto` other than `http` and `https` is not believed, and user names and
//!   passwords in a host are dropped.
//! * `__clerk_redirect_url` (development) must be an http(s) address.
//! * A token with base64's padding (`=`) is malformed; Clerk's SDK drops the padding.
//! * A token whose header or payload is JSON but no object is signed out as `token-invalid`;
//!   Clerk's SDK throws on some of them.
//! * A token in which a member of Clerk's stands twice is malformed; Clerk's SDK takes the last.
//! * The cookie that counts handshakes holds a whole number in digits, or none; Clerk's SDK
//!   counts on from 1.5 and never comes to the three that end it.
//! * An empty list of patterns in [`OrganizationSync`] matches nothing; Clerk's SDK then takes
//!   every path for one of the personal account.
//! * An unknown `kid` does not fetch the keys anew each time, see [`Jwks`].
//! * A sign-in address is demanded of a satellite by the publishable key's kind, not by the
//!   secret key's, which this part does not know.
//! * Platforms' environment variables do not set a proxy.

mod backend;
mod cookie_path;
mod cookies;
mod error;
mod handshake;
mod header_path;
mod jar;
mod machine_path;
mod message;
mod options;
mod organization;
mod organization_sync;
mod public_url;
mod query;
mod reason;
mod recover;
mod referrer;
mod refresh;
mod request;
mod resolve;
mod satellite;
mod session_cookie;
mod sign_in;
mod sign_out;
mod state;

use std::sync::Arc;

use http::request::Parts;

pub use backend::{Backend, BackendError, RefreshFormat, RefreshSession};
pub use error::AuthenticateError;
pub use handshake::handshakes_ended;
pub use options::AuthenticateOptions;
pub use organization_sync::OrganizationSync;
pub use reason::{Reason, RefreshFailure};
pub use sign_out::signed_out_cookies;
pub use state::{RequestState, Status};

use crate::{
    BoxFuture,
    jwks::{JsonWebKeySet, Jwks, JwksError, JwksSource},
    keys::{DomainError, FrontendApi, InstanceKind, satellite_host},
    machine::{AcceptsToken, TokenType},
    verify::{KeySource, TokenVerifier, VerifierOptions},
};
use request::Incoming;

/// Decides who sent a request. Cheap to clone; clones share the keys.
#[derive(Clone)]
pub struct Authenticator(Arc<Inner>);

struct Inner {
    options: AuthenticateOptions,
    frontend_api: FrontendApi,
    /// What is wrong with a satellite's domain.
    fault: Option<DomainError>,
    verifier: TokenVerifier,
    backend: Arc<dyn Backend>,
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
        Self::with_keys(options, backend, keys)
    }

    /// The same with keys that are kept elsewhere: with other times than [`Jwks::new`] has,
    /// or in common with other authenticators of the same instance.
    pub fn with_keys(
        options: AuthenticateOptions,
        backend: Arc<dyn Backend>,
        keys: KeySource,
    ) -> Self {
        let key = &options.publishable_key;
        let domain = options.domain.as_deref().filter(|_| options.is_satellite);
        let proxy = options.proxy_url.as_ref();
        let (frontend_api, fault) = match FrontendApi::new(key, proxy, domain) {
            Ok(frontend_api) => (frontend_api, None),
            Err(error) => (FrontendApi::At(key.frontend_api_url().clone()), Some(error)),
        };
        let is_production = key.instance_kind() == InstanceKind::Production;
        let satellite = domain.filter(|_| is_production).map(satellite_host);
        let verifier = TokenVerifier::new(VerifierOptions {
            publishable_key: key.clone(),
            other_issuers: satellite
                .iter()
                .map(|host| format!("https://{host}"))
                .collect(),
            accept_missing_issuer: options.accept_missing_issuer,
            keys,
            authorized_parties: options.authorized_parties.clone(),
            audience: options.audience.clone(),
            clock_skew_ms: options.clock_skew_ms,
            cached_sessions: options.cached_sessions,
            cached_machine_jwts: options.cached_machine_jwts,
            clock: Arc::clone(&options.clock),
        });
        Self(Arc::new(Inner {
            options,
            frontend_api,
            fault,
            verifier,
            backend,
        }))
    }

    /// Decides about one request. Apply [`RequestState::headers`] to the answer, and if
    /// they hold a `Location`, answer with 307 and nothing else.
    ///
    /// # Errors
    /// [`AuthenticateError`], only for development instances and for satellites.
    pub async fn authenticate(&self, parts: &Parts) -> Result<RequestState, AuthenticateError> {
        let incoming = Incoming::read(parts, &self.0.options);
        if self.0.options.accepts != AcceptsToken::One(TokenType::M2m) {
            self.check_satellite(&incoming)?;
        }
        if let Some(decided) = self.authenticate_machine(&incoming).await {
            return Ok(decided);
        }
        if let Some(token) = &incoming.header_token {
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
