//! Tokens that were seen before: remembered, but not beyond what made them good.

use std::sync::Arc;

use clerk::{
    BoxFuture,
    clock::ManualClock,
    jwks::{DEFAULT_TTL_MS, JsonWebKeySet, Jwks, JwksError, JwksSource},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::{KeySource, TokenError, TokenVerifier, VerifierOptions},
};

use crate::world::{FakeBackend, HOST, NOW};

struct Published(Arc<FakeBackend>);

impl JwksSource for Published {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        let keys = self.0.jwks.lock().unwrap().clone();
        Box::pin(async move { Ok(keys) })
    }
}

struct Setup {
    instance: TestInstance,
    clock: ManualClock,
    backend: Arc<FakeBackend>,
    options: VerifierOptions,
}

/// An instance whose keys are published, and the default cache.
fn setup() -> Setup {
    let instance = TestInstance::new(InstanceKind::Production, HOST);
    let clock = ManualClock::at(NOW * 1_000);
    let backend = Arc::new(FakeBackend::default());
    *backend.jwks.lock().unwrap() = instance.jwks();
    let keys = KeySource::Jwks(Jwks::new(Published(Arc::clone(&backend)), clock.shared()));
    let mut options = VerifierOptions::new(instance.publishable_key().clone(), keys);
    options.clock = clock.shared();
    Setup {
        instance,
        clock,
        backend,
        options,
    }
}

#[tokio::test]
async fn a_repeat_is_the_same_session() {
    let Setup {
        instance, options, ..
    } = setup();
    let verifier = TokenVerifier::new(options);
    let token = instance.mint(&instance.claims(NOW));
    let first = verifier.verify(&token).await.unwrap();
    assert_eq!(verifier.verify(&token).await, Ok(first));
}

#[tokio::test]
async fn a_remembered_token_ends_when_it_ends() {
    let Setup {
        instance,
        clock,
        options,
        ..
    } = setup();
    let verifier = TokenVerifier::new(options);
    let token = instance.mint(&instance.claims(NOW));
    assert!(verifier.verify(&token).await.is_ok());
    // Sixty seconds of life and five of grace, to the millisecond.
    clock.set((NOW + 65) * 1_000 - 1);
    assert!(verifier.verify(&token).await.is_ok());
    clock.advance(1);
    for _ in 0..2 {
        let refused = verifier.verify(&token).await;
        let (at, now) = (NOW + 60, NOW + 65);
        assert_eq!(refused, Err(TokenError::Expired { at, now }));
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_is_noticed() {
    let Setup {
        instance,
        clock,
        options,
        ..
    } = setup();
    let verifier = TokenVerifier::new(options);
    let token = instance.mint(&instance.claims(NOW));
    assert!(verifier.verify(&token).await.is_ok());
    clock.set((NOW - 6) * 1_000);
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), "token-iat-in-the-future");
    clock.set((NOW - 60) * 1_000);
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), "token-not-active-yet");
    clock.set(NOW * 1_000);
    assert!(verifier.verify(&token).await.is_ok());
}

#[tokio::test]
async fn a_withdrawn_key_takes_its_tokens_along() {
    let Setup {
        instance,
        clock,
        backend,
        options,
    } = setup();
    let verifier = TokenVerifier::new(options);
    let mut claims = instance.claims(NOW);
    claims["exp"] = (NOW + 3_600).into();
    let token = instance.mint(&claims);
    assert!(verifier.verify(&token).await.is_ok());
    // The same keys once more change nothing.
    clock.advance(DEFAULT_TTL_MS);
    assert!(verifier.verify(&token).await.is_ok());
    backend.jwks.lock().unwrap().keys[0].kid = Some("ins_newer".to_owned());
    assert!(verifier.verify(&token).await.is_ok());
    clock.advance(DEFAULT_TTL_MS);
    assert_eq!(verifier.verify(&token).await, Err(TokenError::UnknownKey));
}

#[tokio::test]
async fn verifiers_do_not_share_what_they_remember() {
    let Setup {
        instance,
        mut options,
        ..
    } = setup();
    let token = instance.mint(&instance.claims(NOW));
    let lax = TokenVerifier::new(options.clone());
    assert!(lax.verify(&token).await.is_ok());
    options.authorized_parties = vec!["https://other.com".to_owned()];
    let strict = TokenVerifier::new(options);
    assert_eq!(
        strict.verify(&token).await,
        Err(TokenError::AuthorizedParty)
    );
    assert!(lax.verify(&token).await.is_ok());
}

#[tokio::test]
async fn a_changed_token_is_not_the_remembered_one() {
    let Setup {
        instance, options, ..
    } = setup();
    let verifier = TokenVerifier::new(options);
    let token = instance.mint(&instance.claims(NOW));
    assert!(verifier.verify(&token).await.is_ok());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{signed}.{other}{}", &signature[1..]);
    assert_eq!(verifier.verify(&forged).await, Err(TokenError::Signature));
    assert!(verifier.verify(&format!("{token} ")).await.is_err());
    assert!(verifier.verify(&token).await.is_ok());
}
