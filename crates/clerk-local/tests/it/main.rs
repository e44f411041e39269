//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod browser;
mod browser_api;
mod faults;
mod handshake;
mod mail;
mod npm;
mod organizations;
mod own_origin;
mod portal;
mod program;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod webhook_pages;
mod webhooks;
