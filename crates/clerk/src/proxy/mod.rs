//! The frontend API on the application's own origin (Clerk: proxying the frontend API).
//!
//! Browsers then need no other host than the application's: what they ask below a path such
//! as `/__clerk` is passed on to Clerk and streamed back. Tell Clerk the same address as
//! [`ProxyOptions::proxy_url`], in the dashboard's domain settings.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use clerk::{
//!     keys::{ProxyUrl, SecretKey},
//!     proxy::{FrontendApiProxy, ProxyOptions},
//! };
//!
//! let proxy_url = ProxyUrl::parse("https://app.example.com/__clerk")?;
//! let secret_key = SecretKey::parse(&std::env::var("CLERK_SECRET_KEY")?)?;
//! let proxy = FrontendApiProxy::new(ProxyOptions::new(secret_key, proxy_url))?;
//! let router: axum::Router = axum::Router::new().nest_service("/__clerk", proxy);
//! # Ok(())
//! # }
//! ```
//!
//! Serve the router with `into_make_service_with_connect_info::<SocketAddr>()`: Clerk limits
//! rates by the browser's address, which is known from there alone.

mod body;
mod forwarded;
mod headers;
mod options;
mod refusal;
mod target;

use std::{
    convert::Infallible,
    sync::{Arc, Once},
    task::{Context, Poll},
};

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, request::Parts};
pub use options::{DEFAULT_UPSTREAM, ProxyError, ProxyOptions};
use reqwest::{Client, redirect};
use tower::Service;

use crate::client_ip::{FORWARDED_FOR, client_ip};

use self::{
    body::{Download, Progress, Upload},
    refusal::Refusal,
    target::Target,
};
use crate::{BoxFuture, original_uri::original_uri};

/// The methods that the frontend API knows.
const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

/// Passes requests on to Clerk's frontend API: a service for axum's `nest_service`, mounted
/// at the path of [`ProxyOptions::proxy_url`]. Cheap to clone.
///
/// Bodies are streamed both ways. Redirects are the browser's to follow; those to the frontend
/// API itself are turned into the application's own addresses. What fails on the way is
/// answered as Clerk words its errors: `{"errors":[{"code":"proxy_request_failed",…}]}`.
#[derive(Clone)]
pub struct FrontendApiProxy(Arc<Inner>);

struct Inner {
    options: ProxyOptions,
    secret_key: HeaderValue,
    target: Target,
    http: Client,
    /// Whether it was said already that the browsers' addresses are unknown.
    warned: Once,
}

impl FrontendApiProxy {
    /// A proxy with its own connections.
    ///
    /// # Errors
    /// [`ProxyError`] if an address among the options cannot be used, or the HTTP client
    /// cannot be set up.
    pub fn new(options: ProxyOptions) -> Result<Self, ProxyError> {
        options.check()?;
        let mut secret_key = HeaderValue::from_str(options.secret_key.expose())
            .map_err(|_| ProxyError::SecretKey)?;
        // Not shown by `Debug`, not indexed by HTTP/2.
        secret_key.set_sensitive(true);
        let http = Client::builder()
            .connect_timeout(options.connect_timeout)
            .redirect(redirect::Policy::none())
            .referer(false)
            // Bodies pass as they are, whatever features other crates turn on.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .build()
            .map_err(|error| ProxyError::Client(error.to_string()))?;
        Ok(Self(Arc::new(Inner {
            target: Target::new(&options),
            secret_key,
            http,
            options,
            warned: Once::new(),
        })))
    }

    /// Whether a path of the application is the proxy's: its mount path, or below it.
    pub fn matches(&self, path: &str) -> bool {
        self.0.target.rest(path).is_some()
    }

    async fn pass_on(&self, request: Request) -> Result<Response, Refusal> {
        let inner = &*self.0;
        let (parts, body) = request.into_parts();
        if !METHODS.contains(&parts.method) {
            return Err(Refusal::Method);
        }
        let url = inner.target.url(original_uri(&parts))?;
        let public = forwarded::public_url(&parts, &inner.options).ok_or(Refusal::Host)?;
        let limit = inner.options.max_request_bytes;
        if declared_length(&parts).is_some_and(|length| length > limit as u64) {
            return Err(Refusal::TooLarge);
        }

        let progress = Progress::start();
        let mut onward = reqwest::Request::new(parts.method.clone(), url.clone());
        *onward.headers_mut() = self.headers(&parts, &public);
        let upload = Upload::new(body, limit, progress.clone());
        *onward.body_mut() = Some(reqwest::Body::wrap(upload));
        let answer = progress
            .within(inner.options.response_timeout, inner.http.execute(onward))
            .await
            .ok_or(Refusal::Silent)?
            .map_err(|error| Refusal::of(&error))?;

        let (mut head, body) = http::Response::from(answer).into_parts();
        if head.status.is_informational() {
            return Err(Refusal::Upstream);
        }
        headers::clean_response(&mut head.headers);
        inner
            .target
            .rewrite_location(&mut head.headers, &url, &public);
        head.version = http::Version::default();
        let download = Download::new(body, inner.options.idle_timeout);
        Ok(Response::from_parts(head, Body::new(download)))
    }

    /// What goes on with a request: the browser's own headers, and ours in their place.
    fn headers(&self, parts: &Parts, public: &forwarded::PublicUrl) -> http::HeaderMap {
        let inner = &*self.0;
        let mut headers = headers::of_request(&parts.headers);
        headers.insert(headers::PROXY_URL, public.url.clone());
        headers.insert(headers::SECRET_KEY, inner.secret_key.clone());
        headers.insert(headers::FORWARDED_HOST, public.host.clone());
        headers.insert(headers::FORWARDED_PROTO, public.scheme.clone());
        match client_ip(parts, inner.options.trusted_proxies) {
            Some(ip) => {
                if let Ok(ip) = HeaderValue::from_str(&ip.to_string()) {
                    headers.insert(FORWARDED_FOR, ip);
                }
            }
            None => inner.warned.call_once(|| {
                tracing::warn!(
                    "the proxy does not know browsers' addresses, so Clerk takes all for one: \
                     serve with into_make_service_with_connect_info"
                );
            }),
        }
        headers
    }
}

impl std::fmt::Debug for FrontendApiProxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FrontendApiProxy")
            .field(&self.0.options)
            .finish()
    }
}

impl Service<Request> for FrontendApiProxy {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let proxy = self.clone();
        Box::pin(async move {
            let method = request.method().clone();
            Ok(proxy.pass_on(request).await.unwrap_or_else(|refusal| {
                // No path: some hold tickets.
                tracing::warn!(%method, %refusal, "a request was not passed on to Clerk");
                refusal.into_response()
            }))
        })
    }
}

/// The length that the request says its body has, in bytes.
fn declared_length(parts: &Parts) -> Option<u64> {
    let value = parts.headers.get(http::header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{ProxyUrl, SecretKey};

    #[test]
    fn the_secret_key_is_not_shown() {
        let key = SecretKey::parse("sk_test_1").unwrap();
        let options = ProxyOptions::new(key, ProxyUrl::parse("/__clerk").unwrap());
        let proxy = FrontendApiProxy::new(options).unwrap();
        let (parts, ()) = http::Request::new(()).into_parts();
        let public = forwarded::PublicUrl::of("https://app.test/__clerk".parse().unwrap());
        let headers = proxy.headers(&parts, &public.unwrap());
        assert_eq!(headers[headers::SECRET_KEY], "sk_test_1");
        assert!(!format!("{headers:?}").contains("sk_test_1"));
    }
}
