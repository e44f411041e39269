//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod browser;
mod browser_api;
mod handshake;
mod invitations;
mod npm;
mod oauth;
mod organization_members;
mod organizations;
mod portal;
mod portal_organization;
mod roles;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod sweep;
mod webhooks;
