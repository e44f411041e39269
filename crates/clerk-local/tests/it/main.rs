//! The instance from outside: its routes without a network, its deliveries over one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod admission;
mod at_once;
mod backend_api;
mod backend_factors;
mod backend_users;
mod browser;
mod browser_api;
mod crash;
mod devices;
mod email_links;
mod emails;
mod faults;
mod given_factors;
mod handshake;
mod invitations;
mod jwt_templates;
mod lockout;
mod machines;
mod mail;
mod npm;
mod oauth;
mod openapi;
mod order;
mod organization_members;
mod organizations;
mod own_origin;
mod passkeys;
mod password;
mod password_reset;
mod performance;
mod pictures;
mod portal;
mod portal_organization;
mod portal_security;
mod portal_sign_in;
mod portal_social;
mod portal_user;
mod profile;
mod program;
mod rate_limits;
mod reverification;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod state;
mod support;
mod sweep;
mod tickets;
mod webhook_pages;
mod webhooks;
