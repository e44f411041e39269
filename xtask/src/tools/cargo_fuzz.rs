//! cargo-fuzz, and the C++ compiler that libFuzzer is built with.

use std::path::{Path, PathBuf};

use crate::{
    problem::Problem,
    process::{self, find_on_path},
    stage::Stages,
    tools::apt,
};

/// The version that is known to work with stable Rust.
const VERSION: &str = "0.13.2";

/// The program, installed into `target/tools` when it is not there.
pub fn require(root: &Path, stages: &Stages) -> Result<PathBuf, Problem> {
    if find_on_path(&["c++", "g++", "clang++"]).is_none() {
        stages.run("Installing a C++ compiler", || {
            apt::install(&["g++"], "a C++ compiler")
        })?;
    }
    // A folder for each version, so that whatever is in it is the right one.
    let folder = root.join(format!("target/tools/cargo-fuzz-{VERSION}"));
    let program = folder.join("bin/cargo-fuzz");
    if !program.is_file() {
        stages.run("Installing cargo-fuzz", || {
            let mut command = process::cargo(root);
            command
                .args(["install", "cargo-fuzz", "--locked", "--quiet"])
                .args(["--version", VERSION])
                .arg("--root")
                .arg(&folder)
                // Not in the project's own: what it is compiled into is not needed afterwards.
                .env_remove("CARGO_TARGET_DIR");
            process::output(&mut command, "cargo-fuzz can't be installed").map(|_| ())
        })?;
    }
    Ok(program)
}
