//! Compiles `frontend` for browsers.

use std::path::{Path, PathBuf};

use crate::{
    problem::Problem,
    process,
    tools::wasm_toolchain::{TARGET, WasmToolchain},
};

/// A cargo profile of the root `Cargo.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// Small.
    Release,
}

/// Compiles, and returns the wasm file, which still needs `wasm-bindgen`.
pub fn build(root: &Path, toolchain: &WasmToolchain, profile: Profile) -> Result<PathBuf, Problem> {
    let (name, flags) = match profile {
        Profile::Dev => ("wasm-dev", Vec::new()),
        Profile::Release => ("wasm-release", remapped_paths()),
    };
    process::run(
        toolchain
            .cargo(root, &flags)
            .args(["build", "--package", "frontend", "--lib"])
            .args(["--target", TARGET, "--profile", name]),
        "the browser's code doesn't compile",
    )?;
    Ok(root
        .join("target/wasm")
        .join(TARGET)
        .join(name)
        .join("frontend.wasm"))
}

/// Keeps this machine's folders out of panic messages: the sources of dependencies become
/// `/deps/…`. The workspace's own are relative already.
fn remapped_paths() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().unwrap_or_default().join(".cargo"),
        PathBuf::from,
    );
    let mut flags = vec![remap(&home, "/cargo")];
    for sources in ["registry/src", "git/checkouts"] {
        let folders = std::fs::read_dir(home.join(sources));
        for folder in folders.into_iter().flatten().flatten() {
            flags.push(remap(&folder.path(), "/deps"));
        }
    }
    flags
}

/// Of several flags that fit, the last counts.
fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}
