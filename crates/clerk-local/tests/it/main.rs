//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod backend_factors;
mod browser;
mod browser_api;
mod devices;
mod email_links;
mod emails;
mod handshake;
mod jwt_templates;
mod lockout;
mod npm;
mod organizations;
mod passkeys;
mod password;
mod password_reset;
mod pictures;
mod portal;
mod portal_sign_in;
mod portal_user;
mod profile;
mod rate_limits;
mod reverification;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod tickets;
mod webhooks;
