//! Tokens that were found good a moment ago.

use aws_lc_rs::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use quick_cache::sync::Cache;

use super::times::Times;
use crate::session::Session;

/// The sessions of tokens that verified, by the SHA-256 of the whole token, signature
/// included: only the very same text finds one. Bounded; what is asked for least is
/// dropped first. Refused tokens leave nothing behind.
///
/// It holds what does not change about a token: that Clerk signed it and that its claims
/// suit the options. What does change, the time and the instance's keys, is checked at
/// every use.
pub(super) struct VerifiedTokens(Option<Cache<Fingerprint, Verified>>);

/// A token in the cache.
#[derive(Clone)]
pub(super) struct Verified {
    pub(super) session: Session,
    pub(super) times: Times,
    /// Which keys it was verified with.
    pub(super) key_generation: u64,
}

/// The SHA-256 of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint([u8; SHA256_OUTPUT_LEN]);

impl VerifiedTokens {
    /// Holds up to `capacity` tokens; with zero, none.
    pub(super) fn new(capacity: usize) -> Self {
        Self((capacity > 0).then(|| Cache::new(capacity)))
    }

    /// What a token is looked up by; none if nothing is held.
    pub(super) fn fingerprint(&self, token: &str) -> Option<Fingerprint> {
        self.0.as_ref()?;
        let hash = digest(&SHA256, token.as_bytes());
        hash.as_ref().try_into().ok().map(Fingerprint)
    }

    pub(super) fn get(&self, token: &Fingerprint) -> Option<Verified> {
        self.0.as_ref()?.get(token)
    }

    pub(super) fn insert(&self, token: Fingerprint, verified: Verified) {
        if let Some(cache) = &self.0 {
            cache.insert(token, verified);
        }
    }

    pub(super) fn remove(&self, token: &Fingerprint) {
        if let Some(cache) = &self.0 {
            cache.remove(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        clock::ManualClock,
        keys::InstanceKind,
        test_util::{TestInstance, session},
        token::Number,
        verify::{KeySource, TokenVerifier, VerifierOptions},
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
        let verified = &verifier.0.verified;
        let fingerprint = verified.fingerprint(token);
        fingerprint.is_some_and(|token| verified.get(&token).is_some())
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

    #[test]
    fn it_is_bounded() {
        let cache = VerifiedTokens::new(100);
        for n in 0..10_000 {
            let token = cache.fingerprint(&n.to_string()).unwrap();
            let verified = Verified {
                session: session("user_1", None),
                times: Times {
                    exp: Number::Is(1.0),
                    nbf: Number::Absent,
                    iat: Number::Absent,
                },
                key_generation: 0,
            };
            cache.insert(token, verified);
        }
        let held = cache.0.unwrap().len();
        assert!((1..=100).contains(&held), "{held}");
    }
}
