//! npm packages, exactly as a `package-lock.json` names them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    files,
    problem::Problem,
    process::{self, find_on_path},
    tools::apt,
};

/// The oldest Node.js whose npm and packages are known to work here.
const OLDEST_NODE: u32 = 20;

/// Written into `node_modules` when it is complete: what it was made from.
const STAMP: &str = "node_modules/.made-from";

/// Makes sure that Node.js and npm are there.
pub fn require_node() -> Result<(), Problem> {
    if find_on_path(&["node"]).is_none() || find_on_path(&["npm"]).is_none() {
        apt::install(&["nodejs", "npm"], "Node.js with npm")?;
    }
    let version = process::output(
        Command::new("node").arg("--version"),
        "Node.js does not start",
    )?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(Problem::new(
            "this Node.js is too old",
            format!(
                "it is {}, and {OLDEST_NODE} or newer is needed",
                version.trim()
            ),
        )
        .fix("install a newer one: https://nodejs.org/en/download")),
    }
}

/// Installs the packages of `folder` into `folder/node_modules`, if they are not there already.
pub fn install(folder: &Path) -> Result<(), Problem> {
    let manifest = manifest(folder)?;
    let made_from = fingerprint(folder, &manifest)?;
    let stamp = folder.join(STAMP);
    if std::fs::read_to_string(&stamp).is_ok_and(|present| present == made_from) {
        return Ok(());
    }
    process::output(
        Command::new("npm")
            .current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            // Chromium is found or installed by `tools::chromium`.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        &format!(
            "the npm packages of {} can't be installed",
            folder.display()
        ),
    )
    .map_err(|problem| {
        problem.fix(format!(
            "check that npm reaches its registry (`npm ping`), then: cd {} && npm ci",
            folder.display()
        ))
    })?;
    files::write(&stamp, made_from.as_bytes())
}

/// Installs the packages that `manifest_folder` names, in `folder`.
pub fn install_elsewhere(manifest_folder: &Path, folder: &Path) -> Result<(), Problem> {
    for file in manifest(manifest_folder)? {
        files::write(
            &folder.join(&file),
            &files::read(&manifest_folder.join(&file))?,
        )?;
    }
    install(folder)
}

/// The files that decide what is installed.
fn manifest(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = files::below_without(folder, "node_modules")?;
    files.retain(|file| {
        let name = file.file_name().and_then(|name| name.to_str());
        matches!(name, Some("package.json" | "package-lock.json" | ".npmrc"))
    });
    Ok(files)
}

fn fingerprint(folder: &Path, manifest: &[PathBuf]) -> Result<String, Problem> {
    let contents = manifest
        .iter()
        .map(|file| files::read(&folder.join(file)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(files::fingerprint(contents.iter().map(Vec::as_slice)))
}

/// The first number of a version such as `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn packages_are_installed_again_only_when_their_list_changes() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("package.json");
        files::write(&package, b"{}").unwrap();
        let stamp = |folder: &Path| fingerprint(folder, &manifest(folder).unwrap()).unwrap();
        let before = stamp(folder.path());
        // What npm itself installs does not count.
        files::write(&folder.path().join("node_modules/a/package.json"), b"{}").unwrap();
        assert_eq!(stamp(folder.path()), before);
        files::write(&package, b"{\"name\":\"b\"}").unwrap();
        assert_ne!(stamp(folder.path()), before);
    }
}
