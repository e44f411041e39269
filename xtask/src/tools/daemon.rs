//! Servers that run beside the tests: as an unprivileged user, on a free port, in a temporary
//! folder, and gone at the end.

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
    process::{self, is_root, wait_within},
};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// A server and its folder. Dropping it stops the server and removes the folder.
#[derive(Debug)]
pub struct Daemon {
    /// What it is called.
    name: &'static str,
    /// Its folder, which belongs to [`Self::user`].
    pub folder: PathBuf,
    user: User,
    child: Arc<Mutex<Option<Child>>>,
    _stop: cleanup::Guard,
}

impl Daemon {
    /// Makes the folder of a server that does not run yet.
    pub fn prepare(name: &'static str) -> Result<Self, Problem> {
        let user = User::choose(name)?;
        let folder = std::env::temp_dir().join(format!(
            "tenantry-{}-{}",
            name.to_lowercase(),
            std::process::id()
        ));
        files::remove_folder(&folder)?;
        files::make_folder(&folder)?;
        let child: Arc<Mutex<Option<Child>>> = Arc::default();
        let stop = {
            let (child, folder) = (Arc::clone(&child), folder.clone());
            cleanup::register(move || {
                stop(&child);
                let _ = std::fs::remove_dir_all(folder);
            })
        };
        user.give(&folder)?;
        Ok(Self {
            name,
            folder,
            user,
            child,
            _stop: stop,
        })
    }

    /// Writes a file of the server's into its folder.
    pub fn write(&self, name: &str, content: &str) -> Result<PathBuf, Problem> {
        let path = self.folder.join(name);
        files::write(&path, content.as_bytes())?;
        self.user.give(&path)?;
        Ok(path)
    }

    /// A command in the folder, run as the user.
    pub fn command(&self, program: &Path) -> Command {
        self.user.command(program, &self.folder)
    }

    /// Starts the server and waits until `ready`.
    pub fn start(&self, mut command: Command, ready: impl Fn() -> bool) -> Result<(), Problem> {
        let log_path = self.folder.join("log");
        let log =
            File::create(&log_path).map_err(|error| Problem::file("write", &log_path, &error))?;
        let errors = log
            .try_clone()
            .map_err(|error| Problem::file("write", &log_path, &error))?;
        // Ctrl-C in the terminal reaches this program, which then stops the server.
        command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors);
        let child = command.spawn().map_err(|error| {
            Problem::new(format!("{} can't be started", self.name), error.to_string())
        })?;
        *self.child.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        let began = Instant::now();
        while !ready() {
            if self.has_ended() || began.elapsed() > START_LIMIT {
                return Err(Problem::new(
                    format!("{} doesn't start", self.name),
                    std::fs::read_to_string(&log_path).unwrap_or_default(),
                ));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn has_ended(&self) -> bool {
        self.child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
            .is_some_and(|child| matches!(child.try_wait(), Ok(Some(_))))
    }
}

/// Asks the server to disconnect everybody and end, and makes it if it doesn't.
fn stop(child: &Mutex<Option<Child>>) {
    let child = child.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut child) = child else { return };
    let _ = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    if wait_within(&mut child, STOP_LIMIT).is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Who runs the server: these refuse to be run by root.
#[derive(Debug)]
enum User {
    Myself,
    Other { uid: u32, gid: u32 },
}

impl User {
    fn choose(server: &str) -> Result<Self, Problem> {
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
                Some(Self::Other {
                    uid: id("-u", user)?,
                    gid: id("-g", user)?,
                })
            })
            .ok_or_else(|| {
                Problem::new(
                    format!("there is no user to run {server} as"),
                    "it refuses to be run by root, and neither `postgres` nor `nobody` exists",
                )
                .fix("useradd --system postgres")
            })
    }

    fn give(&self, folder: &Path) -> Result<(), Problem> {
        match self {
            Self::Myself => Ok(()),
            Self::Other { uid, gid } => chown(folder, Some(*uid), Some(*gid))
                .map_err(|error| Problem::file("give away", folder, &error)),
        }
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        // The project's folder may be closed to the other user.
        command.current_dir(folder).env("HOME", folder);
        if let Self::Other { uid, gid } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }
}

/// A port of this machine that nobody listens on; `name` is whom it is for.
pub fn free_port(name: &str) -> Result<u16, Problem> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|addr| addr.port())
        .map_err(|error| Problem::new(format!("no free port for {name}"), error.to_string()))
}
