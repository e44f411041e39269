use std::sync::Arc;

use url::Url;

use super::OrganizationSync;
use crate::{
    clock::{SharedClock, SystemClock},
    keys::{ProxyUrl, PublishableKey},
    machine::AcceptsToken,
    verify::{DEFAULT_CACHED_SESSIONS, DEFAULT_CLOCK_SKEW_MS, RsaPublicKey},
};

/// How requests are judged.
#[derive(Clone)]
pub struct AuthenticateOptions {
    /// The instance.
    pub publishable_key: PublishableKey,
    /// The instance's public key (`CLERK_JWT_KEY`): verification then needs no network.
    pub jwt_key: Option<Arc<RsaPublicKey>>,
    /// The origins whose tokens are accepted, such as `https://example.com`. If empty, any.
    pub authorized_parties: Vec<String>,
    /// Which kinds of token are taken. Default: sessions.
    pub accepts: AcceptsToken,
    /// Whether only the `Authorization` header counts: cookies are not read, nothing is
    /// refreshed and nobody is redirected. For services that browsers do not open, such as
    /// those behind a gateway or for mobile apps. Beyond Clerk's rules. Default: no.
    pub bearer_only: bool,
    /// Accepted audiences; looked at only if not empty and the token names one. An OAuth
    /// token must name one.
    pub audience: Vec<String>,
    /// Where the browser reaches the frontend API, if not at the key's host.
    pub proxy_url: Option<ProxyUrl>,
    /// The domain of a satellite application, without scheme: `shop.example`. Looked at only
    /// if it is one.
    pub domain: Option<String>,
    /// Whether this application is a satellite: on another domain than the one where people
    /// sign in (Clerk: satellite domains). Default: no.
    pub is_satellite: bool,
    /// Where people sign in: an address, or a path of the application's own. Without one,
    /// the instance's account portal. A satellite of a development instance needs one, and
    /// any satellite's must be a full address on another origin than its own.
    pub sign_in_url: Option<String>,
    /// Whether a satellite asks the primary application about everybody who comes without
    /// cookies, instead of only about those who come back from signing in. Default: no.
    pub satellite_auto_sync: Option<bool>,
    /// Which paths belong to an organization or to the personal account, which is then made
    /// the active one.
    pub organization_sync: Option<OrganizationSync>,
    /// Whether a token without `iss` is taken for this instance's, as Clerk's own SDK does;
    /// another instance's never is. Only for tokens made by hand. Default: no.
    pub accept_missing_issuer: bool,
    /// The application's own origin. If set, handshakes lead back to it whatever `Host` and
    /// `X-Forwarded-*` say, so that a forged header cannot steer a redirect. Its path is
    /// ignored.
    pub public_origin: Option<Url>,
    /// How far clocks may be apart, in milliseconds.
    pub clock_skew_ms: i64,
    /// How many verified tokens are remembered, so that a repeat costs no signature check;
    /// zero turns it off. See [`VerifierOptions::cached_sessions`].
    ///
    /// [`VerifierOptions::cached_sessions`]: crate::verify::VerifierOptions::cached_sessions
    pub cached_sessions: usize,
    /// The same for machine tokens that are JWTs; zero by default.
    pub cached_machine_jwts: usize,
    /// Whether a session with tasks left to do counts as signed in. Default: no.
    pub accept_pending: bool,
    /// Whether an expired session cookie is refreshed for any method instead of only for
    /// GET, so that a form which was open for longer than a token lives is not lost. Beyond
    /// Clerk's rules; check the request's origin first. Default: no.
    pub refresh_any_method: bool,
    /// What time it is.
    pub clock: SharedClock,
}

impl AuthenticateOptions {
    /// Clerk's defaults for an instance.
    pub fn new(publishable_key: PublishableKey) -> Self {
        Self {
            publishable_key,
            jwt_key: None,
            authorized_parties: Vec::new(),
            accepts: AcceptsToken::default(),
            bearer_only: false,
            audience: Vec::new(),
            proxy_url: None,
            domain: None,
            is_satellite: false,
            sign_in_url: None,
            satellite_auto_sync: None,
            organization_sync: None,
            accept_missing_issuer: false,
            public_origin: None,
            clock_skew_ms: DEFAULT_CLOCK_SKEW_MS,
            cached_sessions: DEFAULT_CACHED_SESSIONS,
            cached_machine_jwts: 0,
            accept_pending: false,
            refresh_any_method: false,
            clock: SystemClock::shared(),
        }
    }
}
