use std::sync::Arc;

use super::RsaPublicKey;
use crate::{
    clock::{SharedClock, SystemClock},
    jwks::Jwks,
    keys::PublishableKey,
};

/// How far clocks may be apart, in milliseconds (Clerk's default).
pub const DEFAULT_CLOCK_SKEW_MS: i64 = 5_000;
/// How many verified session tokens are remembered: a few megabytes at most.
pub const DEFAULT_CACHED_SESSIONS: usize = 4_096;

/// Where the keys of an instance come from.
#[derive(Clone)]
pub enum KeySource {
    /// One key, known from the start (`CLERK_JWT_KEY`): no network.
    Fixed(Arc<RsaPublicKey>),
    /// The instance's published keys.
    Jwks(Jwks),
}

/// What a token is held against.
#[derive(Clone)]
pub struct VerifierOptions {
    /// The instance's key; its host is the issuer accepted.
    pub publishable_key: PublishableKey,
    /// Further issuers of the same instance: a satellite's frontend API, with its scheme.
    pub other_issuers: Vec<String>,
    /// Whether a token without `iss` is accepted. Clerk's own SDK does.
    pub accept_missing_issuer: bool,
    /// Where the keys come from.
    pub keys: KeySource,
    /// The origins whose tokens are accepted (`azp`), such as `https://example.com`. If
    /// empty, any; otherwise a token without `azp` is refused as well.
    pub authorized_parties: Vec<String>,
    /// Accepted audiences. Looked at only if not empty and the token names one.
    pub audience: Vec<String>,
    /// How far clocks may be apart, in milliseconds; see [`DEFAULT_CLOCK_SKEW_MS`].
    pub clock_skew_ms: i64,
    /// How many verified session tokens are remembered, so that a repeat costs no signature
    /// check; zero turns it off. The time and the keys are looked at each time, so a token
    /// that ends, or whose key is seen to be withdrawn, is refused from then on. See
    /// [`DEFAULT_CACHED_SESSIONS`].
    pub cached_sessions: usize,
    /// The same for machine tokens that are JWTs; zero by default. Opaque machine tokens are
    /// never remembered: only Clerk knows whether one is revoked.
    pub cached_machine_jwts: usize,
    /// What time it is.
    pub clock: SharedClock,
}

impl VerifierOptions {
    /// Clerk's defaults, the machine's clock, and the default cache.
    pub fn new(publishable_key: PublishableKey, keys: KeySource) -> Self {
        Self {
            publishable_key,
            other_issuers: Vec::new(),
            accept_missing_issuer: false,
            keys,
            authorized_parties: Vec::new(),
            audience: Vec::new(),
            clock_skew_ms: DEFAULT_CLOCK_SKEW_MS,
            cached_sessions: DEFAULT_CACHED_SESSIONS,
            cached_machine_jwts: 0,
            clock: SystemClock::shared(),
        }
    }
}
