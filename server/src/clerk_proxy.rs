//! Clerk's frontend API under a path of our own origin, when `CLERK_PROXY_URL` names one.
//!
//! It stands in front of the application: pictures are larger than the application's forms may
//! be, and the proxy has limits and time-outs of its own. What it answers is Clerk's, so it gets
//! none of our headers.

use axum::Router;
use clerk::{
    keys::ProxyUrl,
    proxy::{FrontendApiProxy, ProxyOptions},
};

use crate::{
    config::{ClerkConfig, Config},
    start::StartError,
};

/// `application` with the frontend API in front of it, where the configuration wants that.
///
/// # Errors
/// [`StartError::Clerk`] when the proxy cannot be made.
pub fn in_front_of(application: Router, config: &Config) -> Result<Router, StartError> {
    let ClerkConfig::Remote(clerk) = &config.clerk else {
        return Ok(application);
    };
    let Some(url) = &clerk.proxy_url else {
        return Ok(application);
    };
    let path = match url {
        ProxyUrl::Path(path) => path.as_str(),
        ProxyUrl::Absolute(url) if url.origin() == config.public_url.origin() => url.path(),
        ProxyUrl::Absolute(_) => return Ok(application),
    };
    let mut options = ProxyOptions::new(clerk.secret_key.clone(), url.clone());
    options.public_origin = Some(config.public_url.clone());
    options.upstream.clone_from(&clerk.proxy_upstream);
    options.trusted_proxies = config.trusted_proxies;
    let proxy =
        FrontendApiProxy::new(options).map_err(|error| StartError::Clerk(error.to_string()))?;
    Ok(Router::new()
        .nest_service(path, proxy)
        .fallback_service(application))
}
