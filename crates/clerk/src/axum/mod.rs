//! Clerk in an axum application.
//!
//! [`ClerkLayer`] authenticates every request and leaves an [`Auth`] in it. [`Protect`] then
//! lets nobody through who may not, and the extractors [`SignedIn`], [`InOrganization`],
//! [`Require`], [`Machine`] and [`Caller`] let a handler say for whom it is.

mod access;
mod auth;
mod denied;
mod extract;
mod layer;
mod protect;
mod public_routes;

pub use auth::{Auth, AuthMissing};
pub use denied::{Denial, Denied};
pub use extract::{Caller, InOrganization, Machine, Require, Requirement, SignedIn};
pub use layer::{ClerkLayer, ClerkService};
pub use protect::{Protect, ProtectService};
pub use public_routes::PublicRoutes;
