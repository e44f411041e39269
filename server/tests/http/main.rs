//! The HTTP surface of a whole server: on SQLite, and on PostgreSQL when one is given.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod access;
mod account;
mod audit;
mod clerk_elsewhere;
mod exports;
mod headers;
mod health;
mod invitations;
mod just_in_time;
mod live;
mod members;
mod no_oracle;
mod outages;
mod purge;
mod queries;
mod reconciliation;
mod server_functions;
mod sessions;
mod support;
mod tasks;
mod tenancy;
mod webhooks;
