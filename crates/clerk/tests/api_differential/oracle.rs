//! What Clerk's own SDK asks and reads.

use std::{path::PathBuf, process::Command};

use serde::Deserialize;
use serde_json::{Map, Value};

/// One call as the SDK made it.
#[derive(Deserialize)]
pub struct Call {
    pub name: String,
    pub asked: Vec<Asked>,
    /// What the SDK made of the answers; missing for nothing.
    #[serde(default)]
    pub parsed: Value,
}

/// One request, and what it was answered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Map<String, Value>,
    /// None as `null`.
    pub body: Value,
    pub answered: Value,
}

/// Every call of `api-calls.mjs`.
pub fn calls() -> Vec<Call> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    assert!(
        folder.join("node_modules/@clerk/backend").is_dir(),
        "Clerk's own SDK is not installed; run `npm ci` in {}",
        folder.display()
    );
    let output = Command::new("node")
        .arg("api.mjs")
        .current_dir(folder)
        .output()
        .expect("Node.js 20 or newer as `node`");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "Node failed:\n{errors}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
