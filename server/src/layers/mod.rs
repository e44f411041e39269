//! Middleware, from the outside in: trace → security headers → origin → Clerk → active organization.

pub mod active_organization;
pub mod origin;
pub mod security_headers;
pub mod trace;
