//! What Clerk tells us without being asked: signed deliveries (Svix, Standard Webhooks).

mod event;
mod secret;
mod signature;

pub use event::{Event, EventData};
pub use secret::{WebhookSecret, WebhookSecretError};
pub use signature::{MAX_BODY_BYTES, TOLERANCE_MS, WebhookError, sign, verify};
