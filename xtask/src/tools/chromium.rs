//! A Chromium for the browser tests.

use std::{path::Path, process::Command};

use crate::{
    problem::Problem,
    process::{self, find_on_path},
    stage::Stages,
    tools::apt,
};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// What `TENANTRY_CHROMIUM` says when Playwright shall use the browser that it downloaded.
const OF_PLAYWRIGHT: &str = "playwright";

/// The value of `TENANTRY_CHROMIUM` for the tests in `end2end`: a program's path, or
/// `playwright`. Installs Chromium when there is none.
pub fn require(end2end: &Path, stages: &Stages) -> Result<String, Problem> {
    if let Ok(chosen) = std::env::var("TENANTRY_CHROMIUM")
        && !chosen.trim().is_empty()
    {
        return Ok(chosen);
    }
    if let Some(found) = find_on_path(&NAMES) {
        return Ok(found.display().to_string());
    }
    stages.run("Installing Chromium", || {
        let Err(from_debian) = apt::install(&["chromium"], "Chromium") else {
            if let Some(found) = find_on_path(&NAMES) {
                return Ok(found.display().to_string());
            }
            return Err(Problem::new(
                "Chromium can't be found",
                "apt-get installed it, but no such program is in PATH",
            ));
        };
        process::output(
            Command::new("npx").current_dir(end2end).args([
                "--no-install",
                "playwright",
                "install",
                "chromium",
            ]),
            "Playwright can't download Chromium",
        )
        .map(|_| OF_PLAYWRIGHT.to_owned())
        .map_err(|from_playwright| {
            Problem::new(
                "Chromium can't be installed",
                format!("{from_debian}\n{from_playwright}"),
            )
            .fix("sudo apt-get install -y chromium")
        })
    })
}
