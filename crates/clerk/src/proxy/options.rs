use std::time::Duration;

use url::Url;

use crate::keys::{ProxyUrl, SecretKey};

/// Where Clerk takes proxied requests of any instance; the secret key says which one is
/// meant (`@clerk/backend`: the frontend API proxy).
pub const DEFAULT_UPSTREAM: &str = "https://frontend-api.clerk.dev";

/// How requests are passed on.
#[derive(Debug, Clone)]
pub struct ProxyOptions {
    /// Tells Clerk the instance, and that the proxy is the instance's own.
    pub secret_key: SecretKey,
    /// Where browsers reach the proxy, as the instance's settings say. Its path is where the
    /// service is mounted.
    pub proxy_url: ProxyUrl,
    /// The application's own origin, for a proxy URL that is only a path. If not set, each
    /// request's `Host` says it, which is fine only while nothing in front of the application
    /// ends TLS or renames it. Its path is ignored.
    pub public_origin: Option<Url>,
    /// Where requests go, if not to [`DEFAULT_UPSTREAM`].
    pub upstream: Option<Url>,
    /// How many proxies of one's own stand before the application, each of which adds the
    /// address it sees to `X-Forwarded-For`. The browser's address is read that many entries
    /// from the end, and `X-Forwarded-Host` and `-Proto` are believed. Default 0: what a
    /// request says of where it comes from is not believed at all.
    pub trusted_proxies: usize,
    /// The largest body of a request, in bytes. Default 16 MiB: Clerk takes pictures of up to
    /// 10 MB.
    pub max_request_bytes: usize,
    /// How long a connection to the frontend API may take to be made. Default 5 s.
    pub connect_timeout: Duration,
    /// How long the frontend API may take to begin its answer, counted from the last piece of
    /// the request that was passed on. Default 30 s.
    pub response_timeout: Duration,
    /// How long an answer may pause between two pieces. Default 30 s.
    pub idle_timeout: Duration,
}

impl ProxyOptions {
    /// The defaults for an instance.
    pub fn new(secret_key: SecretKey, proxy_url: ProxyUrl) -> Self {
        Self {
            secret_key,
            proxy_url,
            public_origin: None,
            upstream: None,
            trusted_proxies: 0,
            max_request_bytes: 16 * 1024 * 1024,
            connect_timeout: Duration::from_secs(5),
            response_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(30),
        }
    }

    pub(super) fn check(&self) -> Result<(), ProxyError> {
        if self.upstream.as_ref().is_some_and(|url| !is_base(url)) {
            return Err(ProxyError::Upstream);
        }
        match &self.proxy_url {
            ProxyUrl::Absolute(url) if !is_base(url) => Err(ProxyError::ProxyUrl),
            _ => match &self.public_origin {
                Some(url) if !is_http(url) => Err(ProxyError::PublicOrigin),
                _ => Ok(()),
            },
        }
    }
}

/// An address that others can be made from by adding to its path.
fn is_base(url: &Url) -> bool {
    is_http(url)
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Options that no proxy can be made from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyError {
    /// The upstream is not an address to add paths to.
    #[error("the upstream must be an http(s) address without user, query and fragment")]
    Upstream,
    /// The proxy URL is not an address to add paths to.
    #[error("the proxy URL must be an http(s) address without user, query and fragment")]
    ProxyUrl,
    /// The public origin is none.
    #[error("the public origin must be an http(s) address")]
    PublicOrigin,
    /// The secret key cannot stand in a header.
    #[error("the secret key cannot stand in a header")]
    SecretKey,
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(String),
}
