//! What people see. Compiled twice, with nothing in common but the islands:
//!
//! - `ssr`: routes, pages and server functions; part of the server.
//! - `hydrate`: the islands alone. Pages are plain HTML with links and native forms, so routing,
//!   forms and errors need no code in the browser.
//!
//! A page is complete before its first byte (`SsrMode::Async`): status and redirects are decided
//! by then, and it works without JavaScript.

mod clerk;
mod components;
pub mod live;

#[cfg(feature = "hydrate")]
mod browser;

#[cfg(feature = "ssr")]
mod conflict;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
mod hydration;
#[cfg(feature = "ssr")]
mod identity;
#[cfg(feature = "ssr")]
mod language;
#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod preferences;
#[cfg(feature = "ssr")]
mod raw_text;
#[cfg(feature = "ssr")]
pub mod redirects;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod ticket;
#[cfg(feature = "ssr")]
mod transitions;

#[cfg(feature = "ssr")]
pub use pages::settings::audit::csv as audit;
#[cfg(feature = "ssr")]
pub use shell::{App, shell};

/// The form with an organization's logo, which the server receives.
#[cfg(feature = "ssr")]
pub mod logo {
    pub use crate::pages::settings::logo::{
        FILE, FORM, MAX_BYTES, Picture, may, posted, set, too_large,
    };
}
