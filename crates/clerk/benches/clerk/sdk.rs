//! Clerk's own SDK on the same token, if Node and its packages are installed.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::json;

use crate::world::{INSTANCE, ORIGIN, TOKEN};

/// Runs `tests/oracle/bench.mjs`, which prints what it measures.
pub(crate) fn report() {
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    if !oracle.join("node_modules/@clerk/backend").exists() {
        println!("@clerk/backend: not installed (npm ci in crates/clerk/tests/oracle)");
        return;
    }
    let input = json!({
        "token": *TOKEN, "jwtKey": INSTANCE.public_key_pem(), "authorizedParties": [ORIGIN],
    });
    let status = Command::new("node")
        .arg("bench.mjs")
        .arg(input.to_string())
        .current_dir(oracle)
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => println!("@clerk/backend: {status}"),
        Err(error) => println!("@clerk/backend: node does not start: {error}"),
    }
}
