//! The browser tests, in Chromium: the development binary with the release's browser files, and
//! the local Clerk instance as a program of its own.

use std::{path::Path, process::Command};

use super::tally::Tally;
use crate::{
    dev, files,
    problem::Problem,
    process, server,
    site::SiteBuilder,
    stage::Stages,
    tools::{chromium, npm},
};

/// Runs the browser tests.
pub fn run(root: &Path, stages: &Stages, arguments: &[String]) -> Result<Tally, Problem> {
    let report = root.join("target/e2e/report.json");
    let mut playwright = playwright(root, stages)?;
    stages.run("Testing in Chromium", || {
        let _ = std::fs::remove_file(&report);
        playwright
            .arg("--reporter=list,json")
            .args(arguments)
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
        match process::run(&mut playwright, "browser tests failed") {
            Err(problem) if !report.is_file() => Err(problem),
            outcome => {
                let tally = Tally::from_playwright(&files::read(&report)?)?;
                Ok(tally.of_run(outcome.is_ok()))
            }
        }
    })
}

/// Takes the pictures of README and landing page, which land in `docs/images` and `public/images`.
pub fn screenshots(root: &Path, stages: &Stages) -> Result<(), Problem> {
    let mut playwright = playwright(root, stages)?;
    playwright.args(["--config", "screenshots.config.ts"]);
    stages.run("Taking pictures", || {
        process::run(&mut playwright, "there are no pictures")
    })
}

/// Builds what Playwright drives into `target/e2e`, and tells how to run it.
fn playwright(root: &Path, stages: &Stages) -> Result<Command, Problem> {
    let folder = root.join("target/e2e");
    let end2end = root.join("end2end");
    let site = SiteBuilder::require(root, stages)?;
    stages.run("Installing npm packages for the browser tests", || {
        npm::install(&end2end)?;
        // The binary finds them one folder above its own.
        dev::install_clerk_client(root)
    })?;
    let chromium = chromium::require(&end2end, stages)?;
    stages.run("Checking the types of the browser tests", || {
        let mut command = Command::new("npx");
        command
            .current_dir(&end2end)
            .args(["--no-install", "tsc", "--project", "."]);
        process::output(&mut command, "the browser tests have type errors").map(|_| ())
    })?;
    site.build_release(stages, &folder.join("site"))?;
    stages.run("Building the server", || server::build(root))?;
    files::copy_program(&server::binary(root), &folder.join("tenantry"))?;
    stages.run("Building the local Clerk instance", || {
        process::run(
            process::cargo(root).args(["build", "--package", "clerk-local"]),
            "the local Clerk instance doesn't compile",
        )
    })?;
    let clerk_local = folder.join("clerk-local");
    files::copy_program(&root.join("target/debug/clerk-local"), &clerk_local)?;

    let mut command = Command::new("npx");
    process::without_cargo_run(&mut command);
    command
        .current_dir(&end2end)
        .args(["--no-install", "playwright", "test"])
        .env("TENANTRY_BIN", folder.join("tenantry"))
        .env("CLERK_LOCAL_BIN", clerk_local)
        .env("TENANTRY_CHROMIUM", chromium);
    Ok(command)
}
