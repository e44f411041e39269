//! The crate as its users see it: one instance of Clerk's, its tokens, and a backend that
//! answers from memory.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a failure is a failed test

mod api_client;
mod axum_layer;
mod decision_table;
mod dependency_tree;
mod has;
mod hostile_tokens;
mod issuer;
mod jwks;
mod organization;
mod organization_sync;
mod proxy_requests;
mod proxy_responses;
mod proxy_streaming;
mod proxy_world;
mod refresh;
mod resolve;
mod verified_tokens;
mod satellite;
mod verify;
mod world;
