//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod browser;
mod browser_api;
mod devices;
mod emails;
mod handshake;
mod invitations;
mod jwt_templates;
mod npm;
mod organization_members;
mod organizations;
mod password;
mod pictures;
mod portal;
mod portal_organization;
mod portal_user;
mod profile;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod webhooks;
