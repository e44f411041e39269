//! A whole request of somebody who is signed in: a page load with Clerk's cookies.

use std::sync::Arc;

use clerk::{
    authenticate::{AuthenticateOptions, Authenticator},
    clock::{Clock, SystemClock},
};
use divan::{Bencher, black_box};
use http::request::Parts;

use crate::world::{INSTANCE, ORIGIN, TOKEN, ready};

fn page_load() -> Parts {
    let suffix = INSTANCE.publishable_key().cookie_suffix();
    let signed_in = SystemClock.now_ms() / 1_000 - 3_600;
    let token = &*TOKEN;
    let cookies = format!(
        "theme=dark; __client_uat={signed_in}; __client_uat_{suffix}={signed_in}; \
         __session={token}; __session_{suffix}={token}; \
         clerk_active_context=sess_2g7np7Hrk0SN6kj5EDMLDaKNL0T:"
    );
    let request = http::Request::builder()
        .uri("/invoices?page=2")
        .header("host", "app.example.com")
        .header("accept", "text/html,application/xhtml+xml")
        .header("sec-fetch-dest", "document")
        .header("x-forwarded-proto", "https")
        .header("cookie", cookies);
    request.body(()).unwrap().into_parts().0
}

fn authenticator(cached_sessions: usize) -> Authenticator {
    let mut options = AuthenticateOptions::new(INSTANCE.publishable_key().clone());
    options.jwt_key = Some(Arc::new(INSTANCE.public_key()));
    options.authorized_parties = vec![ORIGIN.to_owned()];
    options.cached_sessions = cached_sessions;
    Authenticator::new(options, Arc::new(crate::world::NoBackend))
}

/// The page load, its token remembered (1000) or verified each time (0).
#[divan::bench(args = [0, 1_000])]
fn authenticate_signed_in_cookies(bencher: Bencher<'_, '_>, cached_sessions: usize) {
    let (authenticator, parts) = (authenticator(cached_sessions), page_load());
    let state = ready(authenticator.authenticate(&parts)).unwrap();
    assert!(state.session().is_some());
    bencher.bench_local(|| ready(authenticator.authenticate(black_box(&parts))).unwrap());
}
