//! What the fuzz targets share: an instance with its keys, and a clock that stands still.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use clerk::{
    clock::{ManualClock, SharedClock},
    keys::InstanceKind,
    test_util::TestInstance,
    verify::RsaPublicKey,
};

/// The frontend API of the instance.
pub const HOST: &str = "clerk.fuzz.lcl.dev";
/// The present, in unix seconds.
pub const NOW: i64 = 1_700_000_000;
/// The only origin whose tokens are accepted.
pub const ORIGIN: &str = "http://localhost:3000";

/// A development instance; its key is new in every run.
pub static INSTANCE: LazyLock<TestInstance> =
    LazyLock::new(|| TestInstance::new(InstanceKind::Development, HOST));

/// The instance's public key: verification needs no network.
pub static PUBLIC_KEY: LazyLock<Arc<RsaPublicKey>> =
    LazyLock::new(|| Arc::new(INSTANCE.public_key()));

/// A session token that is good now.
pub static TOKEN: LazyLock<String> = LazyLock::new(|| INSTANCE.mint(&INSTANCE.claims(NOW)));

/// A clock at [`NOW`].
pub fn clock() -> SharedClock {
    ManualClock::at(NOW * 1_000).shared()
}

/// Runs what never really waits.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(work))
}
