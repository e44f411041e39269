//! Clerk's frontend API on our own origin: the local instance, or the proxy to Clerk when
//! `CLERK_PROXY_URL` names a path of ours.
//!
//! It stands in front of the application: pictures are larger than the application's forms may
//! be, and either has limits and time-outs of its own.

use std::sync::Arc;

use axum::Router;
use clerk::{
    keys::ProxyUrl,
    proxy::{FrontendApiProxy, ProxyOptions},
};

use crate::{
    clerk_side::ClerkSide,
    config::{ClerkConfig, Config, RemoteClerk},
    layers::security_headers::Policy,
    start::StartError,
};

/// `application` with the frontend API in front of it, if this server is where browsers find it.
///
/// # Errors
/// [`StartError::Clerk`] when the proxy cannot be made.
pub fn in_front_of(
    application: Router,
    config: &Config,
    side: &ClerkSide,
    policy: &Arc<Policy>,
) -> Result<Router, StartError> {
    match &config.clerk {
        ClerkConfig::Local { .. } => Ok(local(application, side, policy)),
        ClerkConfig::Remote(clerk) => proxy(application, config, clerk),
    }
}

/// The local instance. Its pages get our headers; those it sets itself stay.
#[cfg(feature = "local-clerk")]
fn local(application: Router, side: &ClerkSide, policy: &Arc<Policy>) -> Router {
    let Some(local) = &side.local else {
        return application;
    };
    let instance = crate::router::with_shared_layers(local.router(), policy);
    Router::new()
        .nest_service(clerk_local::BASE_PATH, instance)
        .fallback_service(application)
}

#[cfg(not(feature = "local-clerk"))]
fn local(application: Router, _: &ClerkSide, _: &Arc<Policy>) -> Router {
    application
}

/// The proxy to Clerk, where the configuration wants one. What it answers is Clerk's, so it gets
/// none of our headers.
fn proxy(application: Router, config: &Config, clerk: &RemoteClerk) -> Result<Router, StartError> {
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
