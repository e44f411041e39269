//! What every handler shares: made once at start, cheap to clone.

use std::sync::Arc;

use app::context::{AppConfig, Exports, IdentityReads, Live};
use clerk::{
    api::ApiClient, authenticate::Authenticator, clock::SharedClock, webhooks::WebhookSecret,
};
use store::Store;

/// The server's shared parts.
#[derive(Clone)]
pub struct AppState {
    /// The local database behind its tenant-aware repositories.
    pub store: Store,
    /// Clerk's backend API.
    pub clerk: ApiClient,
    /// The reads of it that requests make before a webhook came.
    pub identity_reads: IdentityReads,
    /// How far the exports of this process are.
    pub exports: Exports,
    /// Who is here, by this process's open streams.
    pub live: Live,
    /// Decides who a request is.
    pub authenticator: Authenticator,
    /// Absent when a real Clerk is configured without a signing secret.
    pub webhook_secret: Option<Arc<WebhookSecret>>,
    /// The time.
    pub clock: SharedClock,
    /// How many proxies of one's own stand before this server.
    pub trusted_proxies: usize,
    /// What pages know of the configuration.
    pub app: Arc<AppConfig>,
}
