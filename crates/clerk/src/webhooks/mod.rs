//! What Clerk tells us without being asked: signed deliveries (Svix, Standard Webhooks).
//!
//! [`verify`] takes the headers and the raw body of a delivery; [`Event::data`] says what
//! happened.

pub mod data;
mod error;
mod event;
mod event_data;
mod secret;
mod signature;

pub use error::WebhookError;
pub use event::{Event, HttpRequest};
pub use event_data::EventData;
pub use secret::{WebhookSecret, WebhookSecretError};
pub use signature::{DEFAULT_MAX_BODY_BYTES, TOLERANCE_MS, sign, verify, verify_up_to};
