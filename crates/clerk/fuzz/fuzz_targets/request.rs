//! Requests with any address, cookies and headers: a line `METHOD address`, then a header a line.
//! The first byte chooses the options. `{TOKEN}`, `{EXPIRED}`, `{FOREIGN}`, `{HANDSHAKE}`,
//! `{FORGED}` (a handshake that another key signed) and `{SUFFIX}` stand for what a fuzzer cannot guess.
#![no_main]

use std::sync::{Arc, LazyLock};

use clerk::{
    BoxFuture,
    authenticate::{
        AuthenticateOptions, Authenticator, Backend, BackendError, OrganizationSync,
        RefreshSession, Status,
    },
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::{InstanceKind, ProxyUrl, PublishableKey},
    machine::AcceptsToken,
    test_util::TestInstance,
};
use clerk_fuzz::{HOST, INSTANCE, NOW, ORIGIN, PUBLIC_KEY, TOKEN, block_on, clock};
use http::{HeaderName, HeaderValue, Request, header::SET_COOKIE, request::Parts};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use url::{Url, form_urlencoded};

fuzz_target!(|data: &[u8]| {
    let Some((options, text)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    if let Some(parts) = request(&VALUES.fill(text)) {
        let believed = text.contains("{TOKEN}") || text.contains("{HANDSHAKE}");
        check(*options, &parts, believed);
    }
});

/// Decides about a request. `believed`: something in it was signed by the instance for now.
fn check(choice: u8, parts: &Parts, believed: bool) {
    let options = options(choice);
    let known_origin = options.public_origin.is_some();
    let is_development = options.publishable_key.instance_kind() == InstanceKind::Development;
    let authenticator = Authenticator::new(options, Arc::new(NoBackend));
    let state = match block_on(authenticator.authenticate(parts)) {
        Ok(state) => state,
        Err(error) => {
            assert!(is_development, "{error}");
            return;
        }
    };
    assert!(
        state.session().is_none() || believed,
        "nobody signed what {:?} believed",
        state.session()
    );
    let mut cookies = state.headers().get_all(SET_COOKIE).iter();
    assert!(
        believed || !cookies.any(|cookie| cookie.as_bytes().starts_with(b"__session")),
        "nobody signed the cookies that are set"
    );
    if state.status() == Status::Handshake {
        assert!(state.location().is_some(), "a handshake leads somewhere");
        assert!(state.session().is_none());
    }
    if let Some(location) = state.location() {
        let url = Url::parse(location).expect("a whole address");
        let origin = url.origin().ascii_serialization();
        let known = [ORIGIN, CLERK, SATELLITES_CLERK, PRIMARY];
        // The request's own headers say the origin where the options do not, and a primary
        // application in development sends people back to whichever satellite they came from.
        let free = !known_origin || (is_development && uri_has(parts, "__clerk_redirect_url"));
        assert!(
            free || known.contains(&origin.as_str()),
            "{location} leads to a stranger"
        );
    }
}

/// The frontend API, and the satellite's in production.
const CLERK: &str = "https://clerk.fuzz.lcl.dev";
const SATELLITES_CLERK: &str = "https://clerk.satellite.test";
/// Where people sign in who use the satellite.
const PRIMARY: &str = "https://primary.test";

fn uri_has(parts: &Parts, text: &str) -> bool {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == text)
}

fn options(choice: u8) -> AuthenticateOptions {
    let key = INSTANCE.publishable_key();
    let kind = if choice & 1 == 0 {
        InstanceKind::Development
    } else {
        InstanceKind::Production
    };
    let key = PublishableKey::for_host(kind, key.frontend_api()).expect("a key");
    let mut options = AuthenticateOptions::new(key);
    options.jwt_key = Some(PUBLIC_KEY.clone());
    options.clock = clock();
    if choice & 2 == 0 {
        options.public_origin = Url::parse(ORIGIN).ok();
    }
    if choice & 4 != 0 {
        options.proxy_url = ProxyUrl::parse("/__clerk").ok();
    }
    options.refresh_any_method = choice & 8 != 0;
    options.accept_pending = choice & 16 != 0;
    if choice & 32 != 0 {
        options.authorized_parties = vec![ORIGIN.to_owned()];
    }
    if choice & 64 != 0 {
        options.is_satellite = true;
        options.domain = Some("satellite.test".to_owned());
        options.sign_in_url = Some(format!("{PRIMARY}/sign-in"));
    }
    if choice & 128 != 0 {
        options.accepts = AcceptsToken::Any;
        options.organization_sync =
            OrganizationSync::new(["/orgs/:slug", "/o/:id/(.*)"], ["/me", "/me/(.*)"]).ok();
    }
    options
}

/// The request that a text describes; lines that HTTP does not allow are left out.
fn request(text: &str) -> Option<Parts> {
    let mut lines = text.lines();
    let (method, uri) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(uri).body(()).ok()?;
    for line in lines {
        let header = line.split_once(": ").and_then(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        });
        if let Some((name, value)) = header {
            request.headers_mut().append(name, value);
        }
    }
    Some(request.into_parts().0)
}

struct Values([(&'static str, String); 6]);

static VALUES: LazyLock<Values> = LazyLock::new(|| {
    let foreign = TestInstance::foreign(InstanceKind::Development, HOST);
    let suffix = INSTANCE.publishable_key().cookie_suffix().to_owned();
    let lines = |token: &str| {
        json!({ "handshake": [
            format!("__session={token}; Path=/; SameSite=Lax"),
            format!("__session_{suffix}={token}; Path=/; SameSite=Lax"),
            format!("__client_uat={NOW}; Path=/"),
        ]})
    };
    let handshake = INSTANCE.mint(&lines(&TOKEN));
    let foreign_token = foreign.mint(&foreign.claims(NOW));
    // What it brings is good: only its own signature is not.
    let forged = foreign.mint(&lines(&TOKEN));
    Values([
        ("{TOKEN}", TOKEN.clone()),
        ("{EXPIRED}", INSTANCE.mint(&INSTANCE.claims(NOW - 120))),
        ("{FOREIGN}", foreign_token),
        ("{HANDSHAKE}", handshake),
        ("{FORGED}", forged),
        ("{SUFFIX}", suffix),
    ])
});

impl Values {
    fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.0 {
            text = text.replace(name, value);
        }
        text
    }
}

/// A backend that knows nothing.
struct NoBackend;

impl Backend for NoBackend {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        Box::pin(async { Ok(INSTANCE.jwks()) })
    }

    fn handshake_payload<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async { Err(refused()) })
    }

    fn refresh<'a>(
        &'a self,
        _: &'a SessionId,
        _: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async { Err(refused()) })
    }
}

fn refused() -> BackendError {
    BackendError::Refused {
        code: "resource_not_found".to_owned(),
    }
}
