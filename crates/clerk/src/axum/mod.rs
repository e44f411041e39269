//! Clerk in an axum application: a layer that authenticates, and what it leaves behind.

mod auth;
mod layer;

pub use auth::{Auth, AuthMissing};
pub use layer::{ClerkLayer, ClerkService};
