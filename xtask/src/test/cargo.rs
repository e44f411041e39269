//! Rust's own tests, by `cargo test`.

use std::path::Path;

use super::tally::Tally;
use crate::{
    problem::Problem,
    process,
    stage::Stages,
    tools::{npm, pgbouncer::Pooler, postgres::Cluster},
};

/// Folders with npm packages that Rust's tests use: Clerk's own SDK, which `clerk` is held
/// against.
const NPM_FOLDERS: [&str; 1] = ["crates/clerk/tests/oracle"];

/// Which packages are tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packages {
    /// All but the browser's entry, which has no code of its own to test on this machine.
    All,
    /// Those that talk to a database.
    WithDatabase,
}

/// What the tests with a database talk to.
#[derive(Debug)]
pub struct Servers {
    // Before the cluster, so that it is stopped first.
    pooler: Pooler,
    cluster: Cluster,
}

impl Servers {
    /// Starts PostgreSQL and PgBouncer in front of it, installing what is missing.
    pub fn start(stages: &Stages) -> Result<Self, Problem> {
        let cluster = Cluster::start(stages)?;
        let pooler = Pooler::start(stages, &cluster)?;
        Ok(Self { pooler, cluster })
    }
}

/// Runs the tests; with servers those that use a database run on PostgreSQL too.
pub fn run(
    root: &Path,
    stages: &Stages,
    packages: Packages,
    servers: Option<&Servers>,
    arguments: &[String],
) -> Result<Tally, Problem> {
    let mut runs: Vec<(&str, &[&str])> = Vec::new();
    match packages {
        Packages::All => {
            stages.run("Installing npm packages for Rust's tests", || {
                npm::require_node()?;
                NPM_FOLDERS
                    .iter()
                    .try_for_each(|folder| npm::install(&root.join(folder)))
            })?;
            // Apart from the others, lest its packages change the features of theirs.
            runs.push(("Testing these commands", &["--package=xtask"]));
            runs.push((
                "Testing the workspace",
                &["--workspace", "--exclude=frontend", "--exclude=xtask"],
            ));
        }
        Packages::WithDatabase => runs.push((
            "Testing store and server",
            &["--package=store", "--package=server"],
        )),
    }
    let mut tally = Tally::default();
    for (name, selection) in runs {
        let mut command = process::cargo(root);
        command.args(["test", "--no-fail-fast"]).args(selection);
        if !arguments.is_empty() {
            command.arg("--").args(arguments);
        }
        match servers {
            Some(servers) => command
                .env("TENANTRY_TEST_POSTGRES", servers.cluster.url())
                .env("TENANTRY_TEST_PGBOUNCER", servers.pooler.address())
                .env("TENANTRY_TEST_DATABASES", "sqlite,postgres,pgbouncer"),
            None => command
                .env_remove("TENANTRY_TEST_POSTGRES")
                .env_remove("TENANTRY_TEST_PGBOUNCER")
                .env("TENANTRY_TEST_DATABASES", "sqlite"),
        };
        let run = stages.run(name, || {
            let mut tally = Tally::default();
            let succeeded =
                process::run_reading(&mut command, name, |line| tally.add_cargo_line(line))?;
            Ok(tally.of_run(succeeded))
        })?;
        tally = [tally, run].into_iter().sum();
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_npm_folders_are_there_and_locked() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for folder in NPM_FOLDERS {
            assert!(
                root.join(folder).join("package-lock.json").is_file(),
                "{folder}"
            );
        }
    }
}
