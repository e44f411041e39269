//! The crate's decisions beside those of Clerk's own SDK, which runs in Node: thousands of
//! generated requests, and both must say the same about each.
//!
//! `CLERK_DIFFERENTIAL_SEED` and `CLERK_DIFFERENTIAL_CASES` choose other cases and how many;
//! `CLERK_DIFFERENTIAL_ONLY` plays a single one again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod case;
mod coverage;
mod decision;
mod deviations;
mod generate;
mod oracle;
mod requests;
mod shrink;
mod subject;
mod vectors;
