//! The published keys of an instance, kept at hand.

mod set;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use tokio::sync::watch;

pub use set::{JsonWebKey, JsonWebKeySet};

use crate::{
    BoxFuture,
    clock::SharedClock,
    verify::{RsaPublicKey, TokenError},
};

/// How long after one fetch the next is allowed, whatever is asked for.
pub const DEFAULT_MIN_INTERVAL_MS: i64 = 30_000;
/// How long fetched keys are good without asking again (Clerk's default).
pub const DEFAULT_TTL_MS: i64 = 5 * 60_000;

/// How long somebody with a known key waits for newer keys before the old ones have to do.
const PATIENCE: Duration = Duration::from_secs(2);
/// The first pause after a failure while no key is known at all; it doubles.
const FIRST_PAUSE_MS: i64 = 500;

/// Where keys are fetched from.
pub trait JwksSource: Send + Sync + 'static {
    /// Fetches the instance's keys.
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>>;
}

/// Why keys could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwksError {
    /// Clerk does not know our secret key.
    #[error("Clerk refused the secret key")]
    SecretKeyInvalid,
    /// Nobody answered, or nobody who speaks for Clerk.
    #[error("the keys could not be asked for: {0}")]
    Unreachable(String),
    /// Anything else, which another attempt may cure.
    #[error("the keys could not be fetched: {0}")]
    Failed(String),
}

/// A cache of an instance's keys. Cheap to clone; clones share the cache.
///
/// However many tokens ask at once, one fetch runs. An unknown `kid` starts one, but not
/// within the interval after the last, so that made-up tokens cannot make us call Clerk.
/// Keys outlive Clerk's absence: what is known stays in use until newer keys arrive.
#[derive(Clone)]
pub struct Jwks(Arc<Inner>);

struct Inner {
    source: Box<dyn JwksSource>,
    clock: SharedClock,
    min_interval_ms: i64,
    ttl_ms: i64,
    keys: RwLock<Arc<Keys>>,
    fetching: Mutex<Fetching>,
}

#[derive(Default)]
struct Keys {
    /// As they were published.
    set: JsonWebKeySet,
    by_kid: Arc<HashMap<Box<str>, Arc<RsaPublicKey>>>,
    /// Counts the times that other keys were published.
    generation: u64,
    /// When they were fetched; none if never.
    fetched_ms: Option<i64>,
}

#[derive(Default)]
struct Fetching {
    /// Closed when the running fetch is over.
    running: Option<watch::Receiver<()>>,
    /// When the last fetch began.
    last_ms: Option<i64>,
    failures: u32,
    last_error: Option<JwksError>,
}

impl Jwks {
    /// A cache with Clerk's time to live and the default interval.
    pub fn new(source: impl JwksSource, clock: SharedClock) -> Self {
        Self::with_times(source, clock, DEFAULT_MIN_INTERVAL_MS, DEFAULT_TTL_MS)
    }

    /// A cache that fetches at most once in `min_interval_ms` and asks for newer keys after
    /// `ttl_ms`.
    pub fn with_times(
        source: impl JwksSource,
        clock: SharedClock,
        min_interval_ms: i64,
        ttl_ms: i64,
    ) -> Self {
        Self(Arc::new(Inner {
            source: Box::new(source),
            clock,
            min_interval_ms,
            ttl_ms,
            keys: RwLock::default(),
            fetching: Mutex::default(),
        }))
    }

    /// The key named `kid`, fetched if need be. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`TokenError::UnknownKey`] if the instance has no such key,
    /// [`TokenError::KeysUnavailable`] or [`TokenError::SecretKeyInvalid`] if no keys could
    /// be fetched so far.
    pub async fn get(&self, kid: Option<&str>) -> Result<Arc<RsaPublicKey>, TokenError> {
        // A token that names no key is treated like one that names an unknown one.
        let kid = kid.unwrap_or_default();
        let keys = self.keys();
        let known = keys.by_kid.get(kid);
        if let Some(key) = known
            && self.is_fresh(&keys)
        {
            return Ok(Arc::clone(key));
        }
        if let Some(mut done) = self.fetch_unless_too_soon() {
            // An error is the sender's end, which is what we wait for.
            let over = async move { drop(done.changed().await) };
            match known {
                None => over.await,
                // Clerk did not answer last time: nobody is kept waiting for the next.
                Some(key) if self.fetching().failures > 0 => return Ok(Arc::clone(key)),
                Some(_) => drop(tokio::time::timeout(PATIENCE, over).await),
            }
        }
        let keys = self.keys();
        match keys.by_kid.get(kid) {
            Some(key) => Ok(Arc::clone(key)),
            None if keys.fetched_ms.is_some() => Err(TokenError::UnknownKey),
            None => Err(match self.fetching().last_error {
                Some(JwksError::SecretKeyInvalid) => TokenError::SecretKeyInvalid,
                Some(JwksError::Unreachable(_)) => TokenError::KeysUnreachable,
                _ => TokenError::KeysUnavailable,
            }),
        }
    }

    /// Changes whenever other keys are published; none if it is time to ask again.
    pub(crate) fn generation(&self) -> Option<u64> {
        let keys = self.keys();
        self.is_fresh(&keys).then_some(keys.generation)
    }

    fn is_fresh(&self, keys: &Keys) -> bool {
        let age = |fetched: i64| self.0.clock.now_ms().saturating_sub(fetched);
        keys.fetched_ms
            .is_some_and(|fetched| age(fetched) < self.0.ttl_ms)
    }

    /// Joins the running fetch or starts one, unless it is too soon for that.
    fn fetch_unless_too_soon(&self) -> Option<watch::Receiver<()>> {
        let cold = self.keys().fetched_ms.is_none();
        let mut fetching = self.fetching();
        if let Some(running) = &fetching.running {
            return Some(running.clone());
        }
        let now_ms = self.0.clock.now_ms();
        // With no key at all nobody can sign in, so the first failures are retried sooner.
        let pause = if cold && fetching.failures > 0 {
            (FIRST_PAUSE_MS << (fetching.failures - 1).min(10)).min(self.0.min_interval_ms)
        } else {
            self.0.min_interval_ms
        };
        if fetching
            .last_ms
            .is_some_and(|last| now_ms.saturating_sub(last) < pause)
        {
            return None;
        }
        let (over, done) = watch::channel(());
        fetching.last_ms = Some(now_ms);
        fetching.running = Some(done.clone());
        drop(fetching);
        // In a task of its own: it ends also when the request that started it goes away.
        let jwks = self.clone();
        tokio::spawn(async move {
            // Dropped last, also if the fetch panics.
            let _over = over;
            let _running = ClearRunning(&jwks);
            jwks.fetch(now_ms).await;
        });
        Some(done)
    }

    async fn fetch(&self, now_ms: i64) {
        let fetched = match self.0.source.fetch().await {
            // An instance has a key; an empty answer must not cost us those we know.
            Ok(set) if set.keys.is_empty() => Err(JwksError::Failed("no keys".to_owned())),
            fetched => fetched,
        };
        match fetched {
            Ok(set) => {
                let known = self.keys();
                let fetched_ms = Some(now_ms);
                let keys = if known.set == set && known.fetched_ms.is_some() {
                    Keys {
                        set,
                        by_kid: Arc::clone(&known.by_kid),
                        generation: known.generation,
                        fetched_ms,
                    }
                } else {
                    Keys {
                        by_kid: Arc::new(set.usable()),
                        set,
                        generation: known.generation.wrapping_add(1),
                        fetched_ms,
                    }
                };
                tracing::debug!(keys = keys.by_kid.len(), "fetched Clerk's keys");
                *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
                let mut fetching = self.fetching();
                (fetching.failures, fetching.last_error) = (0, None);
            }
            Err(error) => {
                tracing::warn!(%error, "could not fetch Clerk's keys");
                let mut fetching = self.fetching();
                fetching.failures = fetching.failures.saturating_add(1);
                fetching.last_error = Some(error);
            }
        }
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn fetching(&self) -> std::sync::MutexGuard<'_, Fetching> {
        self.0
            .fetching
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

struct ClearRunning<'a>(&'a Jwks);

impl Drop for ClearRunning<'_> {
    fn drop(&mut self) {
        self.0.fetching().running = None;
    }
}
