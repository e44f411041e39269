//! Formatting and clippy, without any warning.

use std::path::Path;

use super::tally::Tally;
use crate::{process, stage::Stages};

/// Runs each lint; each counts as one check.
pub fn run(root: &Path, stages: &Stages) -> Tally {
    CHECKS
        .iter()
        .map(|(name, arguments)| {
            let outcome = stages.run(name, || {
                process::run(
                    process::cargo(root).args(*arguments),
                    &format!("{name}: not clean"),
                )
            });
            if let Err(problem) = &outcome {
                println!("\n{problem}\n");
            }
            Tally::check(outcome.is_ok())
        })
        .sum()
}

/// The browser's crates are linted apart: together with the server they would be compiled for
/// both sides at once.
const CHECKS: [(&str, &[&str]); 4] = [
    ("Formatting", &["fmt", "--all", "--", "--check"]),
    (
        "Clippy, the server's side",
        &[
            "clippy",
            "--workspace",
            "--exclude=frontend",
            "--exclude=xtask",
            "--all-targets",
            "--",
            "--deny=warnings",
        ],
    ),
    (
        "Clippy, the browser's side",
        &[
            "clippy",
            "--package=frontend",
            "--package=app",
            "--features=app/hydrate",
            "--",
            "--deny=warnings",
        ],
    ),
    (
        "Clippy, these commands",
        &[
            "clippy",
            "--package=xtask",
            "--all-targets",
            "--",
            "--deny=warnings",
        ],
    ),
];
