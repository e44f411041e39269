//! The crate as its users see it: one instance of Clerk's, its tokens, and a backend that
//! answers from memory.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a failure is a failed test

mod api_calls;
mod api_client;
mod api_pages;
mod api_stub;
mod axum_extract;
mod axum_layer;
mod axum_protect;
mod bearer_only;
mod decision_table;
mod dependency_tree;
mod has;
mod hostile_tokens;
mod issuer;
mod jwks;
mod machine;
mod machine_backend;
mod machine_jwt;
mod organization;
mod organization_sync;
mod proxy_failures;
mod proxy_requests;
mod proxy_responses;
mod proxy_streaming;
mod proxy_world;
mod refresh;
mod resolve;
mod satellite;
mod verified_tokens;
mod verify;
#[cfg(feature = "webhooks")]
mod webhook_events;
#[cfg(feature = "webhooks")]
mod webhooks;
mod world;
