//! A local Clerk instance: it speaks Clerk's browser API, backend API and webhooks from one SQLite
//! file, so that an application can be developed and tested without the internet.
//!
//! The map: [`state`] holds the data and every operation on it, [`shapes`] turns it into Clerk's
//! JSON, [`mint`] signs tokens; `flows` leads through signing in, signing up and reverification;
//! `browser_api`, `backend_api`, `portal`, `provider`, `outbox`, `keys`, `faults` and `npm` are the
//! routes; [`webhooks`] delivers events, `mail` sends mails. [`LocalClerk`] puts them together.

// Clerk's objects have many members, and `json!` descends once for each.
#![recursion_limit = "256"]

mod backend_api;
mod browser_api;
pub mod error;
mod faults;
mod flows;
mod keys;
mod loopback;
mod mail;
pub mod mint;
mod npm;
mod options;
mod outbox;
mod portal;
mod provider;
mod router;
pub mod shapes;
mod sign_in;
pub mod state;
pub mod webhooks;
mod words;

use std::future::Future;

use axum::Router;
use clerk::{
    keys::{PublishableKey, SecretKey},
    webhooks::WebhookSecret,
};

pub use error::LocalError;
pub use mail::SmtpServer;
pub use options::{BASE_PATH, LocalOptions};
pub use sign_in::SignedIn;
pub use state::State;

/// The state every route of this crate takes.
pub(crate) type LocalState = State;

/// A running local instance; cheap to clone.
#[derive(Debug, Clone)]
pub struct LocalClerk {
    state: State,
}

impl LocalClerk {
    /// Opens the instance's file in the data folder. The first time, it makes the file, the RSA
    /// key and the secrets.
    ///
    /// # Errors
    /// [`LocalError::Open`] when the file can't be opened; [`LocalError::Invalid`] when what it
    /// holds, or an option, is not usable.
    pub async fn open(options: LocalOptions) -> Result<Self, LocalError> {
        Ok(Self {
            state: State::open(options).await?,
        })
    }

    /// All routes, to be nested at [`BASE_PATH`].
    pub fn router(&self) -> Router {
        router::router(self.state.clone())
    }

    /// The data and its operations, for seeds and tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// `pk_test_…`
    pub fn publishable_key(&self) -> PublishableKey {
        self.state.instance().publishable_key.clone()
    }

    /// `sk_test_…`, for the backend API.
    pub fn secret_key(&self) -> SecretKey {
        self.state.instance().secret_key.clone()
    }

    /// `whsec_…`, for verifying deliveries.
    pub fn webhook_secret(&self) -> WebhookSecret {
        self.state.instance().webhook_secret.clone()
    }

    /// The public key as PEM, for verification without a network (`CLERK_JWT_KEY`).
    ///
    /// # Errors
    /// Never while the instance lives.
    pub async fn jwt_key(&self) -> Result<String, LocalError> {
        let signing = self.state.instance().signing_made().await?;
        Ok(signing.public_key_pem.clone())
    }

    /// Delivers events, and mails where there is an SMTP server, until `shutdown` completes.
    pub async fn run_deliveries(&self, shutdown: impl Future<Output = ()>) {
        tokio::select! {
            () = shutdown => {}
            () = webhooks::run(&self.state) => {}
            () = mail::run(&self.state) => {}
        }
    }
}
