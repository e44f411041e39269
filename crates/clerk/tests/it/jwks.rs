//! The cache of published keys: one fetch at a time, not too often, and never without keys
//! once there were some.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use clerk::{
    BoxFuture,
    clock::{Clock, ManualClock},
    jwks::{DEFAULT_MIN_INTERVAL_MS, DEFAULT_TTL_MS, JsonWebKeySet, Jwks, JwksError, JwksSource},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::{KeySource, TokenError, TokenVerifier, VerifierOptions},
};
use tokio::sync::Semaphore;

use crate::world::HOST;

#[derive(Clone)]
struct Source {
    answer: Arc<Mutex<Result<JsonWebKeySet, JwksError>>>,
    fetches: Arc<AtomicUsize>,
    /// A fetch ends when it gets a permit.
    gate: Arc<Semaphore>,
}

impl Source {
    fn open() -> Self {
        let instance = TestInstance::new(InstanceKind::Production, HOST);
        Self {
            answer: Arc::new(Mutex::new(Ok(instance.jwks()))),
            fetches: Arc::default(),
            gate: Arc::new(Semaphore::new(1_000)),
        }
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }

    fn fails(&self) {
        *self.answer.lock().unwrap() = Err(JwksError::Failed("down".to_owned()));
    }
}

impl JwksSource for Source {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            self.gate.acquire().await.unwrap().forget();
            self.answer.lock().unwrap().clone()
        })
    }
}

fn cache() -> (Jwks, Source, ManualClock) {
    let (source, clock) = (Source::open(), ManualClock::at(1_000_000));
    (Jwks::new(source.clone(), clock.shared()), source, clock)
}

#[tokio::test]
async fn keys_are_fetched_once() {
    let (jwks, source, _) = cache();
    for _ in 0..100 {
        jwks.get(Some("ins_test")).await.unwrap();
    }
    assert_eq!(source.fetches(), 1);
}

#[tokio::test]
async fn ten_thousand_made_up_kids_cost_one_fetch_per_interval() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    clock.advance(DEFAULT_MIN_INTERVAL_MS);
    for n in 0..10_000 {
        let refused = jwks.get(Some(&format!("ins_{n}"))).await;
        assert_eq!(refused.err(), Some(TokenError::UnknownKey));
    }
    assert_eq!(source.fetches(), 2);
    clock.advance(DEFAULT_MIN_INTERVAL_MS - 1);
    assert!(jwks.get(Some("ins_x")).await.is_err());
    assert_eq!(source.fetches(), 2);
    clock.advance(1);
    assert!(jwks.get(Some("ins_x")).await.is_err());
    assert_eq!(source.fetches(), 3);
}

#[tokio::test]
async fn callers_share_one_fetch() {
    let (jwks, source, _) = cache();
    source.gate.forget_permits(1_000);
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let jwks = jwks.clone();
            tokio::spawn(async move { jwks.get(Some("ins_test")).await.is_ok() })
        })
        .collect();
    // Let every caller come as far as it can.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(source.fetches(), 1);
    source.gate.add_permits(1);
    for caller in callers {
        assert!(caller.await.unwrap());
    }
    assert_eq!(source.fetches(), 1);
}

#[tokio::test]
async fn a_fetch_outlives_the_request_that_began_it() {
    let (jwks, source, _) = cache();
    source.gate.forget_permits(1_000);
    let first = {
        let jwks = jwks.clone();
        tokio::spawn(async move { jwks.get(Some("ins_test")).await.is_ok() })
    };
    while source.fetches() == 0 {
        tokio::task::yield_now().await;
    }
    first.abort();
    source.gate.add_permits(1);
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    assert_eq!(source.fetches(), 1);
}

#[tokio::test]
async fn an_hour_without_clerk_leaves_known_keys_in_use() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    source.fails();
    for _ in 0..60 {
        clock.advance(60_000);
        assert!(jwks.get(Some("ins_test")).await.is_ok());
    }
    // It was tried, but no more often than allowed.
    assert!((2..=61).contains(&source.fetches()), "{}", source.fetches());
}

#[tokio::test]
async fn an_hour_without_clerk_leaves_signed_in_people_working() {
    let (jwks, source, clock) = cache();
    let instance = TestInstance::new(InstanceKind::Production, HOST);
    let key = instance.publishable_key().clone();
    let mut options = VerifierOptions::new(key, KeySource::Jwks(jwks));
    options.clock = clock.shared();
    let verifier = TokenVerifier::new(options);
    // One browser shows a new token each minute, another the same one for an hour.
    let at = |seconds: i64| instance.claims(seconds);
    let mut lasting = at(clock.now_ms() / 1_000);
    lasting["exp"] = (clock.now_ms() / 1_000 + 4_000).into();
    let lasting = instance.mint(&lasting);
    assert!(verifier.verify(&lasting).await.is_ok());
    source.fails();
    for _ in 0..60 {
        clock.advance(60_000);
        let fresh = instance.mint(&at(clock.now_ms() / 1_000));
        assert!(verifier.verify(&fresh).await.is_ok());
        assert!(verifier.verify(&lasting).await.is_ok());
    }
}

/// Publishes a second key beside the first.
fn rotate(source: &Source) {
    let mut set = source.answer.lock().unwrap().clone().unwrap();
    let mut newer = set.keys[0].clone();
    newer.kid = Some("ins_newer".to_owned());
    set.keys.push(newer);
    *source.answer.lock().unwrap() = Ok(set);
}

#[tokio::test]
async fn a_new_key_is_found_at_its_first_token() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    rotate(&source);
    clock.advance(DEFAULT_MIN_INTERVAL_MS);
    assert!(jwks.get(Some("ins_newer")).await.is_ok());
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn a_new_key_right_after_a_fetch_costs_one_failed_look_up() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    rotate(&source);
    let refused = jwks.get(Some("ins_newer")).await.err();
    assert_eq!(refused, Some(TokenError::UnknownKey));
    clock.advance(DEFAULT_MIN_INTERVAL_MS);
    assert!(jwks.get(Some("ins_newer")).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn nobody_with_a_known_key_waits_for_a_clerk_that_is_down() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    source.fails();
    clock.advance(DEFAULT_TTL_MS);
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    clock.advance(DEFAULT_MIN_INTERVAL_MS);
    // From now on Clerk does not even answer: only somebody without a key would wait.
    source.gate.forget_permits(1_000);
    let mut asked = Box::pin(jwks.get(Some("ins_test")));
    let at_once =
        std::future::poll_fn(|context| std::task::Poll::Ready(asked.as_mut().poll(context)));
    assert!(matches!(at_once.await, std::task::Poll::Ready(Ok(_))));
}

#[tokio::test]
async fn keys_that_are_withdrawn_stop_working() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    rotate(&source);
    if let Ok(set) = &mut *source.answer.lock().unwrap() {
        set.keys.remove(0);
    }
    clock.advance(DEFAULT_TTL_MS);
    assert_eq!(
        jwks.get(Some("ins_test")).await.err(),
        Some(TokenError::UnknownKey)
    );
    assert!(jwks.get(Some("ins_newer")).await.is_ok());
}

#[tokio::test]
async fn an_empty_answer_withdraws_nothing() {
    let (jwks, source, clock) = cache();
    jwks.get(Some("ins_test")).await.unwrap();
    *source.answer.lock().unwrap() = Ok(JsonWebKeySet::default());
    clock.advance(DEFAULT_TTL_MS);
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn a_first_fetch_that_fails_is_tried_again_soon() {
    let (jwks, source, clock) = cache();
    let good = source.answer.lock().unwrap().clone();
    source.fails();
    assert_eq!(
        jwks.get(Some("ins_test")).await.err(),
        Some(TokenError::KeysUnavailable)
    );
    assert_eq!(
        jwks.get(Some("ins_test")).await.err(),
        Some(TokenError::KeysUnavailable)
    );
    assert_eq!(source.fetches(), 1);
    *source.answer.lock().unwrap() = good;
    clock.advance(500);
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn a_wrong_secret_key_is_named() {
    let (jwks, source, _) = cache();
    *source.answer.lock().unwrap() = Err(JwksError::SecretKeyInvalid);
    assert_eq!(
        jwks.get(Some("ins_test")).await.err(),
        Some(TokenError::SecretKeyInvalid)
    );
}

#[tokio::test]
async fn keys_we_cannot_use_are_left_out() {
    let (jwks, source, _) = cache();
    let mut set = TestInstance::new(InstanceKind::Production, HOST).jwks();
    let mut other = set.keys[0].clone();
    (other.kty, other.kid) = ("EC".to_owned(), Some("ec".to_owned()));
    let mut broken = set.keys[0].clone();
    (broken.n, broken.kid) = ("!".to_owned(), Some("broken".to_owned()));
    let mut encryption = set.keys[0].clone();
    (encryption.usage, encryption.kid) = (Some("enc".to_owned()), Some("enc".to_owned()));
    set.keys.extend([other, broken, encryption]);
    *source.answer.lock().unwrap() = Ok(set);
    assert!(jwks.get(Some("ins_test")).await.is_ok());
    for kid in ["ec", "broken", "enc"] {
        assert_eq!(
            jwks.get(Some(kid)).await.err(),
            Some(TokenError::UnknownKey),
            "{kid}"
        );
    }
}
