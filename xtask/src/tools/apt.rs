//! Debian's packages (Ubuntu's too), by `apt-get`, with `sudo` when not run as root.

use std::process::Command;

use crate::{
    problem::Problem,
    process::{self, find_on_path, is_root},
};

/// Installs packages; `what` says what they are for.
pub fn install(packages: &[&str], what: &str) -> Result<(), Problem> {
    let names = packages.join(" ");
    let failed = |why: String| {
        Problem::new(format!("{what} can't be installed"), why).fix(format!(
            "sudo apt-get update && sudo apt-get install -y {names}"
        ))
    };
    if find_on_path(&["apt-get"]).is_none() {
        return Err(Problem::new(
            format!("{what} can't be installed"),
            "this system has no apt-get",
        )
        .fix(format!(
            "install what Debian calls `{names}` with this system's own package manager"
        )));
    }
    if !is_root() && find_on_path(&["sudo"]).is_none() {
        return Err(failed("neither root nor sudo".to_owned()));
    }
    if run(&["install", "-y", "--no-install-recommends"], packages).is_ok() {
        return Ok(());
    }
    // The lists of packages may be missing or out of date, as in a fresh container.
    run(&["update"], &[]).map_err(|problem| failed(problem.to_string()))?;
    run(&["install", "-y", "--no-install-recommends"], packages)
        .map_err(|problem| failed(problem.to_string()))
}

/// Those of `packages` that are not installed.
pub fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    packages
        .iter()
        .copied()
        .filter(|package| {
            let status = process::output(
                Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]),
                "",
            );
            !status.is_ok_and(|status| status.trim() == "installed")
        })
        .collect()
}

fn run(arguments: &[&str], packages: &[&str]) -> Result<(), Problem> {
    let mut command = if is_root() {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"])
        // Another apt-get (a nightly upgrade, say) is waited for.
        .args(["-o", "DPkg::Lock::Timeout=120"])
        .args(arguments)
        .args(packages);
    process::output(&mut command, "apt-get failed").map(|_| ())
}
