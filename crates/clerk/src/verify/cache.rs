//! Tokens that were found good a moment ago.

use aws_lc_rs::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use quick_cache::sync::Cache;

use super::{KeySource, Times, TokenError, TokenVerifier};

/// What tokens that verified were found to say, by the SHA-256 of the whole token,
/// signature included: only the very same text finds it. Bounded; what is asked for least
/// is dropped first. Refused tokens leave nothing behind.
///
/// It holds what does not change about a token: that Clerk signed it and that its claims
/// suit the options. What does change, the time and the instance's keys, is checked at
/// every use.
pub(super) struct VerifiedTokens<T>(Option<Cache<[u8; SHA256_OUTPUT_LEN], Verified<T>>>);

#[derive(Clone)]
struct Verified<T> {
    said: T,
    times: Times,
    key_generation: u64,
}

/// A token that is about to be verified, if it shall be remembered.
pub(super) struct Candidate {
    fingerprint: [u8; SHA256_OUTPUT_LEN],
    /// Which keys there were before it was verified: if others come meanwhile, it may have
    /// been verified with one that is withdrawn.
    key_generation: Option<u64>,
}

impl<T: Clone> VerifiedTokens<T> {
    /// Holds up to `capacity` tokens; with zero, none.
    pub(super) fn new(capacity: usize) -> Self {
        Self((capacity > 0).then(|| Cache::new(capacity)))
    }

    /// Keeps what a token said.
    pub(super) fn insert(&self, candidate: Option<Candidate>, said: &T, times: Times) {
        if let Some(cache) = &self.0
            && let Some(candidate) = candidate
            && let Some(key_generation) = candidate.key_generation
        {
            let said = said.clone();
            let verified = Verified {
                said,
                times,
                key_generation,
            };
            cache.insert(candidate.fingerprint, verified);
        }
    }
}

impl TokenVerifier {
    /// What a token said that was verified before, with keys that are still the instance's.
    /// Otherwise the token has to be verified, and may then be kept.
    ///
    /// # Errors
    /// [`TokenError`] if the token is known but does not hold now.
    pub(super) fn recall<T: Clone>(
        &self,
        cache: &VerifiedTokens<T>,
        token: &str,
        skew_ms: i64,
    ) -> Result<Recalled<T>, TokenError> {
        let Some(held) = &cache.0 else {
            return Ok(Recalled::New(None));
        };
        let mut fingerprint = [0; SHA256_OUTPUT_LEN];
        fingerprint.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let key_generation = self.key_generation();
        let new = Candidate {
            fingerprint,
            key_generation,
        };
        match held.get(&fingerprint) {
            Some(known) if key_generation == Some(known.key_generation) => {
                let holds = known.times.check(self.0.clock.now_ms(), skew_ms);
                if holds.is_err() {
                    held.remove(&fingerprint);
                }
                holds.map(|()| Recalled::Known(known.said))
            }
            _ => Ok(Recalled::New(Some(new))),
        }
    }

    /// Changes when the keys do; none while it is not known which keys are the instance's.
    fn key_generation(&self) -> Option<u64> {
        match &self.0.keys {
            KeySource::Fixed(_) => Some(0),
            KeySource::Jwks(jwks) => jwks.generation(),
        }
    }
}

/// Whether a token was verified before.
pub(super) enum Recalled<T> {
    /// It was, and said this.
    Known(T),
    /// It was not.
    New(Option<Candidate>),
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::{
        clock::ManualClock,
        keys::InstanceKind,
        machine::TokenType,
        test_util::TestInstance,
        token::{DecodedToken, Number},
        verify::VerifierOptions,
    };

    const NOW: i64 = 1_700_000_000;

    fn verifier(instance: &TestInstance, cached_sessions: usize) -> TokenVerifier {
        let key = KeySource::Fixed(Arc::new(instance.public_key()));
        let mut options = VerifierOptions::new(instance.publishable_key().clone(), key);
        options.clock = ManualClock::at(NOW * 1_000).shared();
        options.cached_sessions = cached_sessions;
        TokenVerifier::new(options)
    }

    fn remembers(verifier: &TokenVerifier, token: &str) -> bool {
        let recalled = verifier.recall(&verifier.0.sessions, token, 5_000);
        matches!(recalled, Ok(Recalled::Known(_)))
    }

    #[tokio::test]
    async fn only_what_verified_is_remembered() {
        let instance = TestInstance::new(InstanceKind::Production, "clerk.a.com");
        let verifier = verifier(&instance, 10);
        let mut claims = instance.claims(NOW);
        let good = instance.mint(&claims);
        verifier.verify(&good).await.unwrap();
        assert!(remembers(&verifier, &good));
        // The same claims under another signature are another token.
        let resigned = TestInstance::foreign(InstanceKind::Production, "clerk.a.com").mint(&claims);
        assert!(!remembers(&verifier, &resigned));
        assert!(verifier.verify(&resigned).await.is_err());
        claims["exp"] = NOW.into();
        claims["iss"] = "https://clerk.b.com".into();
        let elsewhere = instance.mint(&claims);
        assert!(verifier.verify(&elsewhere).await.is_err());
        assert!(!remembers(&verifier, &resigned) && !remembers(&verifier, &elsewhere));
    }

    #[tokio::test]
    async fn it_can_be_turned_off() {
        let instance = TestInstance::new(InstanceKind::Production, "clerk.a.com");
        let verifier = verifier(&instance, 0);
        let token = instance.mint(&instance.claims(NOW));
        verifier.verify(&token).await.unwrap();
        assert!(!remembers(&verifier, &token));
    }

    #[tokio::test]
    async fn machine_jwts_are_remembered_only_if_asked_for() {
        let instance = TestInstance::new(InstanceKind::Production, "clerk.a.com");
        let mut options = VerifierOptions::new(
            instance.publishable_key().clone(),
            KeySource::Fixed(Arc::new(instance.public_key())),
        );
        let clock = ManualClock::at(NOW * 1_000);
        options.clock = clock.shared();
        let header = json!({
            "alg": "RS256", "kid": "ins_test", "typ": "JWT", "cat": "cl_B7d4PD333AAA",
        });
        let claims = json!({ "sub": "mch_1", "jti": "mt_1", "iat": NOW, "exp": NOW + 60 });
        let token = instance.mint_with_header(&header, &claims);
        let decoded = DecodedToken::parse(&token).unwrap();
        for capacity in [0, 10] {
            clock.set(NOW * 1_000);
            options.cached_machine_jwts = capacity;
            let verifier = TokenVerifier::new(options.clone());
            let verify = || verifier.verify_machine_jwt(TokenType::M2m, &decoded);
            let recall = || verifier.recall(&verifier.0.machines, &token, 5_000);
            let first = verify().await.unwrap();
            let remembered = matches!(recall(), Ok(Recalled::Known(_)));
            assert_eq!(remembered, capacity > 0);
            assert_eq!(verify().await.unwrap(), first);
            clock.set((NOW + 65) * 1_000);
            assert!(verify().await.is_err());
            assert!(!matches!(recall(), Ok(Recalled::Known(_))));
        }
    }

    #[test]
    fn it_is_bounded() {
        let cache = VerifiedTokens::new(100);
        for n in 0..10_000_u64 {
            let mut fingerprint = [0; SHA256_OUTPUT_LEN];
            fingerprint[..8].copy_from_slice(&n.to_le_bytes());
            let candidate = Candidate {
                fingerprint,
                key_generation: Some(0),
            };
            let times = Times {
                exp: Number::Is(1.0),
                nbf: Number::Absent,
                iat: Number::Absent,
            };
            cache.insert(Some(candidate), &n, times);
        }
        let held = cache.0.unwrap().len();
        assert!((1..=100).contains(&held), "{held}");
    }
}
