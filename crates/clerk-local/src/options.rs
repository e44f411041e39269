//! [`LocalOptions`]: what the instance has to know about its surroundings.

use std::{path::PathBuf, sync::Arc};

use clerk::clock::{SharedClock, SystemClock};
use url::Url;

use crate::mail::SmtpServer;
use crate::state::{LockoutSettings, SessionSettings};

/// Where the server nests the instance's routes.
pub const BASE_PATH: &str = "/__clerk";

/// How to open an instance.
#[derive(Clone)]
pub struct LocalOptions {
    /// The folder of `clerk.sqlite`.
    pub data_dir: PathBuf,
    /// Nothing outlives the process: the file lies in memory where the system has a place for that
    /// (Linux: `/dev/shm`), else in the folder for temporary files, and `data_dir` is left alone.
    pub ephemeral: bool,
    /// The application's public origin, `http://localhost:3000`.
    pub public_url: Url,
    /// The origin at which browsers reach the instance, when it is not the application's.
    pub own_url: Option<Url>,
    /// Where events are delivered.
    pub webhook_url: Url,
    /// By how much the waits between a webhook's attempts are multiplied; 1 is Svix's schedule.
    pub webhook_retry_scale: f64,
    /// Where mails are sent, beside the outbox.
    pub smtp: Option<SmtpServer>,
    /// A `node_modules` folder with `@clerk/clerk-js` and `@clerk/ui`, or the folder that holds it.
    pub npm_dir: PathBuf,
    /// The host inside the publishable key; it also names the tokens' issuer. It is never resolved.
    pub frontend_api: String,
    /// The name shown on sign-in pages and in mails.
    pub application_name: String,
    /// How long sessions live, and how many a browser may have.
    pub sessions: SessionSettings,
    /// Whether mails may carry links in place of codes (Clerk: email verification link). Clerk's
    /// sign-up component then sends a link.
    pub email_links: bool,
    /// When wrong answers lock a person out.
    pub lockout: LockoutSettings,
    /// Whether an address may begin and answer only so often (Clerk docs: system limits).
    pub rate_limits: bool,
    /// All times come from here.
    pub clock: SharedClock,
    /// For tests: all identifiers, codes, keys and secrets of this process come from this seed, the
    /// same ones in the same order each time. Whoever knows the seed knows the secrets.
    pub seed: Option<u64>,
    /// Whether programs of this machine may make the instance misbehave and set its clock, at
    /// `/faults`.
    pub faults: bool,
}

impl LocalOptions {
    /// Options with the usual surroundings: events go to `/webhooks/clerk` of the application, the
    /// client's files lie in `node_modules` of the working folder.
    pub fn new(data_dir: impl Into<PathBuf>, public_url: Url) -> Self {
        let mut webhook_url = public_url.clone();
        webhook_url.set_path("/webhooks/clerk");
        Self {
            data_dir: data_dir.into(),
            ephemeral: false,
            public_url,
            own_url: None,
            webhook_url,
            webhook_retry_scale: 1.0,
            smtp: None,
            npm_dir: PathBuf::from("node_modules"),
            // Clerk's own suffix for local work: clerk-js sets up a dev browser for such hosts.
            frontend_api: "clerk.tenantry.lcl.dev".to_owned(),
            application_name: "Tenantry".to_owned(),
            sessions: SessionSettings::default(),
            email_links: false,
            lockout: LockoutSettings::default(),
            rate_limits: false,
            clock: Arc::new(SystemClock),
            seed: None,
            faults: false,
        }
    }

    /// The application's origin without a trailing slash.
    pub fn public_origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// The origin at which browsers reach the instance.
    pub fn own_url(&self) -> &Url {
        self.own_url.as_ref().unwrap_or(&self.public_url)
    }

    /// Whether a page belongs to the application or to the instance.
    pub fn is_own_page(&self, url: &Url) -> bool {
        [&self.public_url, self.own_url()]
            .iter()
            .any(|own| own.origin() == url.origin())
    }

    /// The address of a page of theirs that a request names; a path is one of the application's,
    /// unless it is below [`BASE_PATH`]. Anywhere else, a stranger would be handed what is meant for
    /// the application.
    pub fn own_page(&self, asked: &str) -> Option<Url> {
        let asked = asked.trim();
        let base = match asked.starts_with(BASE_PATH) {
            true => self.own_url(),
            false => &self.public_url,
        };
        let url = base.join(asked).ok()?;
        let plain = url.username().is_empty() && url.password().is_none();
        (plain && self.is_own_page(&url)).then_some(url)
    }

    /// Whether the instance is served over https, so that cookies may say `Secure`.
    pub fn secure(&self) -> bool {
        self.own_url().scheme() == "https"
    }

    /// The public address of a path of the instance: `/v1/client` → `http://…/__clerk/v1/client`.
    pub fn instance_url(&self, path: &str) -> String {
        let origin = self.own_url().origin().ascii_serialization();
        format!("{origin}{BASE_PATH}{path}")
    }
}

impl std::fmt::Debug for LocalOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalOptions")
            .field("data_dir", &self.data_dir)
            .field("ephemeral", &self.ephemeral)
            .field("public_url", &self.public_url.as_str())
            .field("own_url", &self.own_url().as_str())
            .field("webhook_url", &self.webhook_url.as_str())
            .field("npm_dir", &self.npm_dir)
            .field("frontend_api", &self.frontend_api)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}
