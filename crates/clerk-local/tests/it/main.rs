//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backend_api;
mod backend_factors;
mod backend_users;
mod browser;
mod browser_api;
mod faults;
mod handshake;
mod invitations;
mod mail;
mod devices;
mod email_links;
mod emails;
mod jwt_templates;
mod lockout;
mod machines;
mod npm;
mod openapi;
mod oauth;
mod organization_members;
mod organizations;
mod passkeys;
mod portal;
mod portal_organization;
mod roles;
mod reverification;
mod second_factor;
mod own_origin;
mod program;
mod password;
mod pictures;
mod portal_user;
mod profile;
mod portal_sign_in;
mod rate_limits;
mod sessions;
mod password_reset;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod webhook_pages;
mod tickets;
mod sweep;
mod webhooks;
