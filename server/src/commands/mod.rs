//! What the binary can do, one file each.

pub mod audit;
pub mod migrate;
#[cfg(feature = "local-clerk")]
pub mod seed;
pub mod serve;
