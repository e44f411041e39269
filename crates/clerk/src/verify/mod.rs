//! Verification of a single session token.

mod error;
mod machine;
mod rsa;

use std::sync::Arc;

pub use error::TokenError;
pub use rsa::{KeyParseError, RsaPublicKey};

use crate::{
    claims::{RawClaims, SessionClaims},
    clock::SharedClock,
    jwks::Jwks,
    keys::PublishableKey,
    session::Session,
    token::{Algorithm, Category, DecodedToken, HeaderType, Number},
};

/// How far clocks may be apart, in milliseconds (Clerk's default).
pub const DEFAULT_CLOCK_SKEW_MS: i64 = 5_000;

/// Checks session tokens of one instance (Clerk: manual JWT verification). Cheap to clone.
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
}

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
    /// What time it is.
    pub clock: SharedClock,
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
        }))
    }

    /// Verifies a session token. A session that is still pending is returned as well: look
    /// at [`SessionClaims::status`].
    ///
    /// # Errors
    /// The first rule that is broken, in Clerk's order: shape, category, key, type,
    /// algorithm, signature, and only then the claims.
    pub async fn verify(&self, token: &str) -> Result<Session, TokenError> {
        let decoded = DecodedToken::parse(token)?;
        self.verify_decoded(&decoded, self.0.clock_skew_ms)
            .await
            .map(Session::from_verified)
    }

    /// Verifies what has been taken apart already, with `skew_ms` between the clocks.
    pub(crate) async fn verify_decoded(
        &self,
        token: &DecodedToken<'_>,
        skew_ms: i64,
    ) -> Result<SessionClaims, TokenError> {
        if token.category != Category::SessionOrUnknown {
            return Err(TokenError::Category);
        }
        self.check_signature(token).await?;
        let claims = RawClaims::parse(&token.payload)?;
        self.check_claims(&claims, skew_ms)?;
        claims.into_claims(&token.payload)
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
        key.verify(token.algorithm, token.signed, token.signature)
    }

    fn check_claims(&self, claims: &RawClaims<'_>, skew_ms: i64) -> Result<(), TokenError> {
        let Inner {
            issuer,
            authorized_parties,
            audience,
            ..
        } = &*self.0;
        if claims.sub.as_str().is_none() {
            return Err(TokenError::Claim("sub"));
        }
        let is_ours = match claims.iss.as_str() {
            Some(iss) => iss == issuer || self.0.other_issuers.iter().any(|other| iss == other),
            None => self.0.accept_missing_issuer && claims.iss.is_absent(),
        };
        if !is_ours {
            return Err(TokenError::Issuer {
                expected: issuer.clone(),
            });
        }
        if let Some(aud) = &claims.aud
            && !audience.is_empty()
            && !aud.is_empty()
            && !aud.intersects(audience)
        {
            return Err(TokenError::Audience);
        }
        if !authorized_parties.is_empty() {
            let known = |azp: &str| authorized_parties.iter().any(|party| party == azp);
            if !claims.azp.as_str().is_some_and(known) {
                return Err(TokenError::AuthorizedParty);
            }
        }
        self.check_times(claims.exp, claims.nbf, claims.iat, skew_ms)
    }

    fn check_times(
        &self,
        exp: Number,
        nbf: Number,
        iat: Number,
        skew_ms: i64,
    ) -> Result<(), TokenError> {
        let now_ms = self.0.clock.now_ms();
        #[allow(clippy::cast_precision_loss)] // exact for any date before the year 200,000
        let (earliest, latest) = (
            now_ms.saturating_sub(skew_ms) as f64,
            now_ms.saturating_add(skew_ms) as f64,
        );
        let Number::Is(exp) = exp else {
            return Err(TokenError::Claim("exp"));
        };
        if exp * 1_000.0 <= earliest {
            return Err(TokenError::Expired {
                at: whole(exp),
                now: now_ms.div_euclid(1_000),
            });
        }
        match nbf {
            Number::Is(nbf) if nbf * 1_000.0 > latest => {
                let now = now_ms.div_euclid(1_000);
                return Err(TokenError::NotActiveYet {
                    at: whole(nbf),
                    now,
                });
            }
            Number::Wrong => return Err(TokenError::Claim("nbf")),
            _ => {}
        }
        match iat {
            Number::Is(iat) if iat * 1_000.0 > latest => {
                let now = now_ms.div_euclid(1_000);
                Err(TokenError::IssuedInTheFuture {
                    at: whole(iat),
                    now,
                })
            }
            Number::Wrong => Err(TokenError::Claim("iat")),
            _ => Ok(()),
        }
    }
}

fn whole(seconds: f64) -> i64 {
    Number::Is(seconds).seconds().unwrap_or(0)
}
