//! The HTTP surface of a whole server: on SQLite, and on PostgreSQL when one is given.

mod headers;
mod health;
mod outages;
mod server_functions;
mod sessions;
mod support;
mod tenancy;
mod webhooks;
