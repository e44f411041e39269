//! The browser API (Clerk: Frontend API), one file per resource.
//!
//! Every request is read by [`context::BrowserContext`], every answer goes out by its `respond`.

mod avatars;
mod clear_site_data;
mod client;
pub(crate) mod context;
pub(crate) mod cookies;
mod cors;
mod dev_browser;
pub(crate) mod device;
mod email_addresses;
mod email_links;
mod environment;
mod form;
mod handshake;
mod images;
mod jwks;
mod me;
mod my_sessions;
pub(crate) mod organizations;
mod password;
mod profile_image;
mod request;
mod sessions;
mod sign_ins;
mod sign_ups;
mod tickets;
pub(crate) mod upload;

use axum::{Router, middleware};

use crate::LocalState;

/// Routes under `/v1` and `/.well-known`.
pub(crate) fn router(state: &LocalState) -> Router<LocalState> {
    Router::new()
        .merge(avatars::router())
        .merge(clear_site_data::router())
        .merge(client::router())
        .merge(dev_browser::router())
        .merge(email_addresses::router())
        .merge(email_links::router())
        .merge(environment::router())
        .merge(handshake::router())
        .merge(images::router())
        .merge(jwks::router())
        .merge(me::router())
        .merge(my_sessions::router())
        .merge(organizations::router())
        .merge(password::router())
        .merge(profile_image::router())
        .merge(sessions::router())
        .merge(sign_ins::router())
        .merge(sign_ups::router())
        .merge(tickets::router())
        .layer(middleware::from_fn_with_state(state.clone(), cors::layer))
}
