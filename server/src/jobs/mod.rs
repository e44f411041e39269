//! What the server does by itself, beside answering requests.

pub mod nightly;
pub mod purge;
pub mod reconcile;
