//! Middleware, from the outside in: trace → security headers → compression → origin → Clerk →
//! active organization.

pub mod active_organization;
pub mod compression;
pub mod origin;
pub mod security_headers;
pub mod trace;
