//! Verification of a single session token.

mod cache;
mod claims;
mod error;
mod machine;
mod options;
mod rsa;
mod times;

use std::sync::Arc;

pub use error::TokenError;
pub use options::{DEFAULT_CACHED_SESSIONS, DEFAULT_CLOCK_SKEW_MS, KeySource, VerifierOptions};
pub use rsa::{KeyParseError, RsaPublicKey};
pub(crate) use times::Times;

use crate::{
    claims::RawClaims,
    clock::SharedClock,
    machine::MachineToken,
    session::Session,
    token::{Algorithm, Category, DecodedToken, HeaderType},
};
use cache::{Candidate, Recalled, VerifiedTokens};

/// Checks session tokens of one instance (Clerk: manual JWT verification). Cheap to clone;
/// clones share the keys and the tokens they remember.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

struct Inner {
    issuer: String,
    other_issuers: Vec<String>,
    accept_missing_issuer: bool,
    keys: KeySource,
    authorized_parties: Vec<String>,
    audience: Vec<String>,
    clock_skew_ms: i64,
    clock: SharedClock,
    sessions: VerifiedTokens<Session>,
    machines: VerifiedTokens<MachineToken>,
}

impl TokenVerifier {
    /// A verifier for one instance.
    pub fn new(options: VerifierOptions) -> Self {
        Self(Arc::new(Inner {
            issuer: options.publishable_key.issuer(),
            other_issuers: options.other_issuers,
            accept_missing_issuer: options.accept_missing_issuer,
            keys: options.keys,
            authorized_parties: options.authorized_parties,
            audience: options.audience,
            clock_skew_ms: options.clock_skew_ms,
            clock: options.clock,
            sessions: VerifiedTokens::new(options.cached_sessions),
            machines: VerifiedTokens::new(options.cached_machine_jwts),
        }))
    }

    /// Verifies a session token. A session that is still pending is returned as well: look
    /// at [`SessionClaims::status`](crate::claims::SessionClaims::status).
    ///
    /// # Errors
    /// The first rule that is broken, in Clerk's order: shape, category, key, type,
    /// algorithm, signature, and only then the claims.
    pub async fn verify(&self, token: &str) -> Result<Session, TokenError> {
        let skew_ms = self.0.clock_skew_ms;
        DecodedToken::check_size(token)?;
        match self.recall(&self.0.sessions, token, skew_ms)? {
            Recalled::Known(session) => Ok(session),
            Recalled::New(candidate) => {
                let decoded = DecodedToken::parse(token)?;
                self.verify_new(&decoded, candidate, skew_ms).await
            }
        }
    }

    /// Verifies what has been taken apart already, with `skew_ms` between the clocks.
    pub(crate) async fn verify_decoded(
        &self,
        token: &DecodedToken<'_>,
        skew_ms: i64,
    ) -> Result<Session, TokenError> {
        match self.recall(&self.0.sessions, &token.text, skew_ms)? {
            Recalled::Known(session) => Ok(session),
            Recalled::New(candidate) => self.verify_new(token, candidate, skew_ms).await,
        }
    }

    async fn verify_new(
        &self,
        token: &DecodedToken<'_>,
        candidate: Option<Candidate>,
        skew_ms: i64,
    ) -> Result<Session, TokenError> {
        if token.category != Category::SessionOrUnknown {
            token.peek()?;
            return Err(TokenError::Category);
        }
        if let Err(error) = self.check_signature(token).await {
            // A payload that cannot be read is what is wrong first.
            token.peek()?;
            return Err(error);
        }
        if !token.is_text {
            return Err(TokenError::Malformed("UTF-8"));
        }
        let claims = RawClaims::parse(&token.payload)?;
        self.check_claims(&claims)?;
        let times = claims.times();
        times.check(self.0.clock.now_ms(), skew_ms)?;
        let session = Session::from_verified(claims.into_claims(&token.payload)?);
        self.0.sessions.insert(candidate, &session, times);
        Ok(session)
    }

    /// Checks type, algorithm and signature, and nothing else: a handshake token carries
    /// no other claims.
    pub(crate) async fn check_signature(&self, token: &DecodedToken<'_>) -> Result<(), TokenError> {
        let is_jwt = |kind| matches!(kind, HeaderType::Absent | HeaderType::Jwt);
        self.check_signature_of(token, is_jwt).await
    }

    /// The same for tokens of another type.
    async fn check_signature_of(
        &self,
        token: &DecodedToken<'_>,
        is_expected: impl Fn(HeaderType) -> bool,
    ) -> Result<(), TokenError> {
        let fetched;
        let key = match &self.0.keys {
            KeySource::Fixed(key) => key,
            KeySource::Jwks(jwks) => {
                fetched = jwks.get(token.kid.as_deref()).await?;
                &fetched
            }
        };
        if !is_expected(token.kind) {
            return Err(TokenError::HeaderType);
        }
        if token.algorithm == Algorithm::Other {
            return Err(TokenError::Algorithm);
        }
        key.verify(token.algorithm, token.signed(), &token.signature)
    }
}
