//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod browser;
mod browser_api;
mod email_links;
mod handshake;
mod lockout;
mod npm;
mod organizations;
mod password_reset;
mod portal;
mod portal_sign_in;
mod rate_limits;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod tickets;
mod webhooks;
