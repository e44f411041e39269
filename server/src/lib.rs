//! The server: wires configuration, layers, routes and webhooks. No business rule lives here.

pub mod clerk_side;
pub mod commands;
pub mod config;
pub mod downloads;
pub mod events;
pub mod frontend_api;
pub mod health;
pub mod jobs;
pub mod layers;
pub mod pages;
pub mod reload;
pub mod router;
pub mod site;
pub mod start;
pub mod state;
pub mod uploads;
pub mod webhooks;
