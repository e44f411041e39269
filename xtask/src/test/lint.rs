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
const CHECKS: [(&str, &[&str]); 10] = [
    ("Formatting", &["fmt", "--all", "--", "--check"]),
    (
        "Formatting, the fuzz targets",
        &[
            "fmt",
            "--manifest-path=crates/clerk/fuzz/Cargo.toml",
            "--",
            "--check",
        ],
    ),
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
    // clerk is to be of use alone, with as little of it as one likes.
    ("Clippy, clerk's core", &clerk_with("--features=")),
    ("Clippy, clerk with axum", &clerk_with("--features=axum")),
    (
        "Clippy, clerk with client",
        &clerk_with("--features=client"),
    ),
    (
        "Clippy, clerk with webhooks",
        &clerk_with("--features=webhooks"),
    ),
    ("Clippy, clerk with proxy", &clerk_with("--features=proxy")),
];

const fn clerk_with(features: &'static str) -> [&'static str; 6] {
    [
        "clippy",
        "--package=clerk",
        "--no-default-features",
        features,
        "--",
        "--deny=warnings",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_of_clerk_is_linted_alone() {
        let manifest = include_str!("../../../crates/clerk/Cargo.toml");
        let (_, features) = manifest.split_once("[features]").unwrap();
        let (features, _) = features.split_once("[dependencies]").unwrap();
        let names = features
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, _)| name)
            // Those two are no part of clerk that one would choose.
            .filter(|name| !matches!(*name, "default" | "test-util"));
        for name in names {
            let wanted = format!("--features={name}");
            let linted = CHECKS
                .iter()
                .any(|(_, arguments)| arguments.contains(&wanted.as_str()));
            assert!(linted, "{name}");
        }
    }
}
