//! Webhooks: who wants events, the events, and their way to each endpoint.
//!
//! An event and its deliveries are stored in the transaction of the change that caused it;
//! [`crate::webhooks`] makes the attempts.

mod deliveries;
mod endpoints;
pub(super) mod events;
mod log;
mod prune;

pub use deliveries::{Attempt, Delivery};
pub use endpoints::{EndpointForm, WebhookEndpoint};
pub use log::{AttemptRow, DeliveryRow, EventRow};

pub(super) use endpoints::{keep_application_endpoint, new_secret};
