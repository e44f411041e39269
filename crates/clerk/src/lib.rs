//! Clerk for Rust: session tokens, request authentication, the backend API and webhooks.
//!
//! Start with [`authenticate::Authenticator`], which decides for one request whether
//! somebody is signed in, or with [`axum::ClerkLayer`], which runs it for every request
//! of a router and has [`axum::Protect`] and extractors beside it. [`verify::TokenVerifier`]
//! checks a single token; [`machine`] is about callers that are programs.
//!
//! Times are unix milliseconds unless a name or a docstring says seconds; Clerk's own
//! tokens and cookies count seconds.

#[cfg(feature = "client")]
pub mod api;
pub mod authenticate;
#[cfg(feature = "axum")]
pub mod axum;
pub mod claims;
#[cfg(any(feature = "axum", feature = "proxy"))]
pub mod client_ip;
pub mod clock;
pub mod has;
pub mod ids;
pub mod jwks;
pub mod keys;
pub mod machine;
pub mod models;
mod original_uri;
pub mod pattern;
#[cfg(feature = "proxy")]
pub mod proxy;
pub mod session;
#[cfg(any(test, feature = "test-util"))]
pub mod test_util;
mod token;
pub mod verify;
#[cfg(feature = "webhooks")]
pub mod webhooks;

use std::{future::Future, pin::Pin};

/// A boxed future that may cross threads: what the network traits of this crate return,
/// so that they can be used as `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The version of Clerk's APIs that this crate speaks (`Clerk-API-Version`).
pub const API_VERSION: &str = "2026-05-12";

/// The examples of the read-me, which must compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
