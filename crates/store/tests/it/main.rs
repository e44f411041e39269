//! What the store promises, on both databases. See `support` for how they are found.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod audit;
mod catalog;
mod connect;
mod convergence;
mod export;
mod history;
mod identity;
mod insights;
mod isolation;
mod lifecycle;
mod live;
mod members;
mod news;
mod pgbouncer;
mod projects;
mod roles;
mod row_security;
mod support;
mod tasks;
mod worker;
