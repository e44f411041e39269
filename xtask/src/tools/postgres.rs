//! A PostgreSQL cluster of its own for the tests: on a free port, in a temporary folder, run by
//! an unprivileged user, without care for crashes, and gone at the end.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    problem::Problem,
    process::{self, find_on_path},
    stage::Stages,
    tools::{
        apt,
        daemon::{Daemon, free_port},
    },
};

/// A running cluster. Dropping it stops the server and removes its folder.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    _daemon: Daemon,
}

impl Cluster {
    /// Installs PostgreSQL if need be, makes a cluster and starts it.
    pub fn start(stages: &Stages) -> Result<Self, Problem> {
        let programs = programs(stages)?;
        stages.run("Starting a PostgreSQL cluster for the tests", || {
            Self::start_with(&programs)
        })
    }

    /// The superuser's connection. Tests make their own databases and roles.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Where it listens on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn start_with(programs: &Path) -> Result<Self, Problem> {
        let daemon = Daemon::prepare("PostgreSQL")?;
        let data = daemon.folder.join("data");
        let mut initdb = daemon.command(&programs.join("initdb"));
        initdb
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
            .args(["--no-locale", "--no-sync"]);
        process::output(&mut initdb, "the tests' PostgreSQL cluster can't be made")?;

        let port = free_port("PostgreSQL")?;
        let mut postgres = daemon.command(&programs.join("postgres"));
        postgres
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        daemon.start(postgres, || {
            process::output(
                Command::new(programs.join("pg_isready"))
                    .args(["-q", "-h", "127.0.0.1", "-U", "postgres"])
                    .args(["-p", &port.to_string()]),
                "",
            )
            .is_ok()
        })?;
        Ok(Self {
            port,
            _daemon: daemon,
        })
    }
}

/// Speed before safety: this cluster lives for minutes.
const SETTINGS: [&str; 7] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "timezone=UTC",
];

/// What is needed, in one folder.
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_isready"];

/// The folder of [`PROGRAMS`].
fn programs(stages: &Stages) -> Result<PathBuf, Problem> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    stages.run("Installing PostgreSQL", || {
        apt::install(&["postgresql"], "PostgreSQL")
    })?;
    find_programs().ok_or_else(|| {
        Problem::new(
            "PostgreSQL can't be found",
            "it was installed, but neither PATH nor /usr/lib/postgresql has initdb, postgres and pg_isready",
        )
    })
}

fn find_programs() -> Option<PathBuf> {
    // A link in PATH leads to the folder of all programs.
    let on_path = find_on_path(&["initdb"])
        .and_then(|file| file.canonicalize().ok())
        .and_then(|file| file.parent().map(Path::to_owned));
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    debian.sort();
    let debian = debian.into_iter().rev().map(|(_, folder)| folder);
    on_path
        .into_iter()
        .chain(debian)
        .find(|folder| PROGRAMS.iter().all(|name| folder.join(name).is_file()))
}
