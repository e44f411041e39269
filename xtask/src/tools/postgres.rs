//! A PostgreSQL cluster of its own for the tests: on a free port, in a temporary folder, run by
//! an unprivileged user, without care for crashes, and gone at the end.

use std::{
    fs::File,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    cleanup, files,
    problem::Problem,
    process::{self, find_on_path, is_root, wait_within},
    stage::Stages,
    tools::apt,
};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// A running cluster. Dropping it stops the server and removes its folder.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    _stop: cleanup::Guard,
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

    fn start_with(programs: &Path) -> Result<Self, Problem> {
        let owner = Owner::choose()?;
        let folder = std::env::temp_dir().join(format!("tenantry-postgres-{}", std::process::id()));
        files::remove_folder(&folder)?;
        files::make_folder(&folder)?;
        let server: Arc<Mutex<Option<Child>>> = Arc::default();
        let stop = {
            let (server, folder) = (Arc::clone(&server), folder.clone());
            cleanup::register(move || {
                stop(&server);
                let _ = std::fs::remove_dir_all(folder);
            })
        };
        owner.give(&folder)?;

        let data = folder.join("data");
        let mut initdb = owner.command(&programs.join("initdb"), &folder);
        initdb
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
            .args(["--no-locale", "--no-sync"]);
        process::output(&mut initdb, "the tests' PostgreSQL cluster can't be made")?;

        let port = free_port()?;
        let log_path = folder.join("log");
        let log =
            File::create(&log_path).map_err(|error| Problem::file("write", &log_path, &error))?;
        let errors = log
            .try_clone()
            .map_err(|error| Problem::file("write", &log_path, &error))?;
        let mut postgres = owner.command(&programs.join("postgres"), &folder);
        postgres
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            // Ctrl-C in the terminal reaches this program, which then stops the server.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors);
        let child = postgres.spawn().map_err(|error| {
            Problem::new(
                "the tests' PostgreSQL server can't be started",
                error.to_string(),
            )
        })?;
        *server.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);

        let cluster = Self { port, _stop: stop };
        cluster.wait_until_ready(programs, &server, &log_path)?;
        Ok(cluster)
    }

    fn wait_until_ready(
        &self,
        programs: &Path,
        server: &Mutex<Option<Child>>,
        log: &Path,
    ) -> Result<(), Problem> {
        let began = Instant::now();
        loop {
            let ready = process::output(
                Command::new(programs.join("pg_isready"))
                    .args(["-q", "-h", "127.0.0.1", "-U", "postgres"])
                    .args(["-p", &self.port.to_string()]),
                "",
            );
            if ready.is_ok() {
                return Ok(());
            }
            let ended = server
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .as_mut()
                .is_some_and(|child| matches!(child.try_wait(), Ok(Some(_))));
            if ended || began.elapsed() > START_LIMIT {
                return Err(Problem::new(
                    "the tests' PostgreSQL server doesn't start",
                    std::fs::read_to_string(log).unwrap_or_default(),
                ));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
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

/// Asks the server to disconnect everybody and end, and makes it if it doesn't.
fn stop(server: &Mutex<Option<Child>>) {
    let child = server.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut child) = child else { return };
    let _ = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    if wait_within(&mut child, STOP_LIMIT).is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
}

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

/// Who runs the server: PostgreSQL refuses to be run by root.
enum Owner {
    Myself,
    User { uid: u32, gid: u32 },
}

impl Owner {
    fn choose() -> Result<Self, Problem> {
        if !is_root() {
            return Ok(Self::Myself);
        }
        let id = |flag: &str, user: &str| -> Option<u32> {
            process::output(Command::new("id").args([flag, user]), "")
                .ok()?
                .trim()
                .parse()
                .ok()
        };
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|user| {
                Some(Self::User {
                    uid: id("-u", user)?,
                    gid: id("-g", user)?,
                })
            })
            .ok_or_else(|| {
                Problem::new(
                    "there is no user to run PostgreSQL as",
                    "it refuses to be run by root, and neither `postgres` nor `nobody` exists",
                )
                .fix("useradd --system postgres")
            })
    }

    fn give(&self, folder: &Path) -> Result<(), Problem> {
        match self {
            Self::Myself => Ok(()),
            Self::User { uid, gid } => chown(folder, Some(*uid), Some(*gid))
                .map_err(|error| Problem::file("give away", folder, &error)),
        }
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        // The project's folder may be closed to the other user.
        command.current_dir(folder).env("HOME", folder);
        if let Self::User { uid, gid } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }
}

fn free_port() -> Result<u16, Problem> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|addr| addr.port())
        .map_err(|error| Problem::new("no free port for PostgreSQL", error.to_string()))
}
