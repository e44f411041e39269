//! What others do appears without a reload: who is here, and what changed.
//!
//! - [`presence`]: who is in which organization, from the open streams and from signs of life
//! - [`stream`]: server-sent events, one stream for each open page
//! - [`here`]: the signs of life, a server function
//! - [`shown`]: what pages show of presence, and what they tell the island
//! - [`LiveUpdates`]: the island, which reads the page again and takes over what changed
//!
//! An event says what changed, never what it is like since: the page is read again for that, and
//! is authorized as always.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod here;
#[cfg(feature = "ssr")]
pub mod place;
#[cfg(feature = "ssr")]
pub mod presence;
#[cfg(feature = "ssr")]
pub(crate) mod shown;
#[cfg(feature = "ssr")]
pub mod stream;

#[cfg(feature = "hydrate")]
mod browser;

/// Follows the changes of an organization for the page that is open. Reads what it needs from the
/// page's `[data-live-stream]` element, which [`shown::Wire`] writes.
#[island]
pub fn LiveUpdates() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}
