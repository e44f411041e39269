//! Programs and packages that the commands need, found or installed.

pub mod apt;
pub mod cargo_fuzz;
pub mod chromium;
pub mod daemon;
pub mod npm;
pub mod pgbouncer;
pub mod postgres;
pub mod wasm_toolchain;
