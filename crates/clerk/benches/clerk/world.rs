//! One instance, one token of version 2 as large as they usually are, and a verifier.

use std::{
    future::Future,
    pin::pin,
    sync::{Arc, LazyLock},
    task::{Context, Poll, Waker},
};

use clerk::{
    BoxFuture,
    authenticate::{Backend, BackendError, RefreshSession},
    clock::{Clock, SystemClock},
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::{KeySource, TokenVerifier, VerifierOptions},
};
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "https://app.example.com";

pub(crate) static INSTANCE: LazyLock<TestInstance> =
    LazyLock::new(|| TestInstance::new(InstanceKind::Production, "clerk.example.com"));

/// Good for an hour, so that a long run does not outlive it.
pub(crate) static TOKEN: LazyLock<String> = LazyLock::new(|| INSTANCE.mint(&claims()));

fn claims() -> Value {
    let now = SystemClock.now_ms() / 1_000;
    json!({
        "v": 2, "iss": INSTANCE.publishable_key().issuer(),
        "sub": "user_2g7np7Hrk0SN6kj5EDMLDaKNL0S", "sid": "sess_2g7np7Hrk0SN6kj5EDMLDaKNL0T",
        "azp": ORIGIN, "iat": now, "nbf": now - 10, "exp": now + 3_600,
        "jti": "1c1d8a5f9b0e4c3d2a1b", "fva": [3, -1], "sts": "active",
        "pla": "o:pro", "fea": "o:dashboard,o:invoices,uo:support,u:themes",
        "o": {
            "id": "org_2g7np7Hrk0SN6kj5EDMLDaKNL0U", "slg": "acme", "rol": "admin",
            "per": "create,read,update,delete,manage", "fpm": "31,15,2",
        },
    })
}

/// A verifier with a known key that remembers this many tokens.
pub(crate) fn verifier(cached_sessions: usize) -> TokenVerifier {
    let key = KeySource::Fixed(Arc::new(INSTANCE.public_key()));
    let mut options = VerifierOptions::new(INSTANCE.publishable_key().clone(), key);
    options.authorized_parties = vec![ORIGIN.to_owned()];
    options.cached_sessions = cached_sessions;
    TokenVerifier::new(options)
}

/// The outcome of something that waits for nothing.
pub(crate) fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it waits for the network"),
    }
}

/// A backend that is never asked.
pub(crate) struct NoBackend;

impl Backend for NoBackend {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        unreachable!("the key is known")
    }

    fn handshake_payload<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        unreachable!("nobody needs a handshake")
    }

    fn refresh<'a>(
        &'a self,
        _: &'a SessionId,
        _: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        unreachable!("the token is fresh")
    }
}
