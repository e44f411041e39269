//! What the build script made of the message files.

// Texts that nobody says are found by a test (`tests/pages/texts.rs`), so `dead_code` is about the
// functions that come with them.
#![allow(
    dead_code,
    missing_docs,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used
)]

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
