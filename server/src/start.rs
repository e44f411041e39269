//! Puts the parts together: configuration and a bound address in, a ready router out.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::context::{AppConfig, Exports, IdentityReads, Live};
use axum::Router;
use clerk::{
    api::{ApiClient, ApiOptions},
    authenticate::{AuthenticateOptions, Authenticator},
    clock::SharedClock,
};
use store::{ConnectOptions, Store, StoreError};

use crate::{
    clerk_side::ClerkSide,
    config::{Config, ConfigError},
    frontend_api,
    jobs::{purge::PurgeError, reconcile::ReconcileError},
    layers::{security_headers::Policy, trace},
    reload, router,
    site::{Site, SiteError},
    state::AppState,
};

/// Why the server does not start. Each says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A wrong variable.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The schema cannot be brought up to date.
    #[error("{0}")]
    Migrate(String),
    /// The browser's files are missing.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The local Clerk instance cannot be opened.
    #[error("the local Clerk instance cannot start: {0}")]
    LocalClerk(String),
    /// This build has no local instance.
    #[error(
        "no Clerk keys are set and this build has no local Clerk instance: set \
         CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or build with --features local-clerk"
    )]
    NoLocalClerk,
    /// The Clerk client cannot be made.
    #[error("the Clerk client cannot be made: {0}")]
    Clerk(String),
    /// The address cannot be listened on.
    #[error("{0}")]
    Address(String),
    /// The schema is older than this build.
    #[error("the database has {0} pending migration(s): run `tenantry migrate` first")]
    PendingMigrations(usize),
    /// Audit logs of so many organizations are not what was written.
    #[error("the audit log of {0} organization(s) is not what was written")]
    Tampered(usize),
    /// The database could not be compared with Clerk.
    #[error(transparent)]
    Reconcile(#[from] ReconcileError),
    /// Deleted organizations are still there.
    #[error(transparent)]
    Purge(#[from] PurgeError),
    /// Seeding did not work.
    #[error("seeding failed: {0}")]
    Seed(String),
}

/// A server that can be run: its router, and what runs beside it.
pub struct Server {
    /// All routes with all layers.
    pub router: Router,
    /// The shared parts, for commands that work in process.
    pub state: AppState,
    /// The instance in use.
    pub clerk: ClerkSide,
}

/// Builds the server for `addr`, the address really listened on. All its parts, the local instance
/// included, go by `clock`.
///
/// # Errors
/// What keeps it from starting.
pub async fn build(
    config: &Config,
    addr: SocketAddr,
    site: &Site,
    clock: SharedClock,
    with_reload: bool,
) -> Result<Server, StartError> {
    let clerk_side = ClerkSide::open(config, addr, &clock).await?;
    let store = open_store(config, clock.clone()).await?;
    let pending = migrations::pending(&config.database_url)
        .await
        .map_err(|error| StartError::Migrate(error.to_string()))?;
    if !pending.is_empty() {
        return Err(StartError::PendingMigrations(pending.len()));
    }
    let clerk_client = ApiClient::new(ApiOptions::at(
        clerk_side.api_url.clone(),
        clerk_side.secret_key.clone(),
    ))
    .map_err(|error| StartError::Clerk(error.to_string()))?;
    let authenticator = authenticator(config, &clerk_side, &clerk_client, &clock);

    let state = AppState {
        app: Arc::new(app_config(config, &clerk_side, site, with_reload)),
        store,
        clerk: clerk_client,
        identity_reads: IdentityReads::new(clock.clone()),
        exports: Exports::default(),
        live: Live::new(clock.clone()),
        authenticator,
        webhook_secret: clerk_side.webhook_secret.clone().map(Arc::new),
        clock,
        trusted_proxies: config.trusted_proxies,
    };
    let policy = Policy::new(&config.public_url, &clerk_side.frontend_api());
    let mut router = router::application(&state, &config.public_origin()).merge(site.router()?);
    if with_reload {
        router = router.merge(reload::router());
    }
    let application = router::with_shared_layers(router, &policy);
    let router = frontend_api::in_front_of(application, config, &clerk_side, &policy)?;
    Ok(Server {
        router: trace::layer(router),
        state,
        clerk: clerk_side,
    })
}

/// Opens the database as both of the server's roles.
pub(crate) async fn open_store(config: &Config, clock: SharedClock) -> Result<Store, StoreError> {
    let options = ConnectOptions {
        clock,
        worker_url: config.worker_database_url.clone(),
        ..ConnectOptions::default()
    };
    Store::connect(&config.database_url, &options).await
}

fn authenticator(
    config: &Config,
    side: &ClerkSide,
    client: &ApiClient,
    clock: &SharedClock,
) -> Authenticator {
    let mut options = AuthenticateOptions::new(side.publishable_key.clone());
    options.jwt_key = side.jwt_key.clone();
    options.authorized_parties = side.authorized_parties.clone();
    options.proxy_url = side.proxy_url.clone();
    options.public_origin = Some(config.public_url.clone());
    // A form posted after the token's 60 seconds must not lose what was typed; the origin check
    // ran before.
    options.refresh_any_method = true;
    options.clock = clock.clone();
    Authenticator::new(options, Arc::new(client.clone()))
}

fn app_config(config: &Config, side: &ClerkSide, site: &Site, with_reload: bool) -> AppConfig {
    let frontend_api = side.frontend_api();
    AppConfig {
        grace_days: config.grace_days,
        public_url: config.public_url.clone(),
        publishable_key: side.publishable_key.clone(),
        clerk_proxy_url: side.proxy_url.clone(),
        clerk_js_url: frontend_api.script("clerk-js", "6", "clerk.browser.js"),
        clerk_ui_url: frontend_api.script("ui", "1", "ui.browser.js"),
        frontend_api,
        account_portal_url: side.account_portal_url.clone(),
        assets: site.assets.clone(),
        reload_script: with_reload.then(|| reload::SCRIPT_PATH.to_owned()),
    }
}

/// Longest time a request may take before it is answered with 503.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
