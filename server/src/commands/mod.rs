//! What the binary can do, one file each.

pub mod audit;
pub mod migrate;
pub mod purge;
pub mod reconcile;
#[cfg(feature = "local-clerk")]
pub mod seed;
pub mod serve;
