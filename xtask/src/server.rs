//! The development server: the binary `tenantry`, its commands and its running process.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    cleanup,
    problem::Problem,
    process::{self, wait_within},
};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// Compiles the development binary, with the local Clerk instance in it.
pub fn build(root: &Path) -> Result<(), Problem> {
    process::run(
        process::cargo(root).args(["build", "--package", "server"]),
        "the server doesn't compile",
    )
}

/// The development binary.
pub fn binary(root: &Path) -> PathBuf {
    root.join("target/debug/tenantry")
}

/// `tenantry` with one of its commands, as started by hand from the project's folder.
pub fn command(root: &Path, name: &str) -> Command {
    let mut command = Command::new(binary(root));
    command.current_dir(root).arg(name);
    process::without_cargo_run(&mut command);
    command
}

/// A running server. Dropping it stops the process.
#[derive(Debug)]
pub struct Server {
    child: Arc<Mutex<Child>>,
    _stop: cleanup::Guard,
}

impl Server {
    /// Starts serving and waits until pages can be asked for.
    pub fn start(command: &mut Command, addr: SocketAddr) -> Result<Self, Problem> {
        let child = command
            .spawn()
            .map_err(|error| Problem::new("the server can't be started", error.to_string()))?;
        let child = Arc::new(Mutex::new(child));
        let stopped = Arc::clone(&child);
        let server = Self {
            child,
            _stop: cleanup::register(move || stop(&mut lock(&stopped))),
        };
        let began = Instant::now();
        while !is_ready(addr) {
            if let Some(status) = server.ended() {
                return Err(Problem::new(
                    "the server stopped at its start",
                    format!("it ended with {status}; its own words are above"),
                ));
            }
            if began.elapsed() > START_LIMIT {
                return Err(Problem::new(
                    "the server doesn't get ready",
                    format!(
                        "http://{addr}/health/ready gave no good answer in {} s",
                        START_LIMIT.as_secs()
                    ),
                ));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// How it ended, if it did.
    pub fn ended(&self) -> Option<ExitStatus> {
        lock(&self.child).try_wait().ok().flatten()
    }
}

/// Asks the process to end, and makes it if it doesn't.
fn stop(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    let _ = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    if wait_within(child, STOP_LIMIT).is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether `/health/ready` is answered with 200.
fn is_ready(addr: SocketAddr) -> bool {
    let limit = Duration::from_secs(2);
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&addr, limit)?;
        stream.set_read_timeout(Some(limit))?;
        let request =
            format!("GET /health/ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut status_line = [0; 12];
        stream.read_exact(&mut status_line)?;
        Ok(status_line.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(answer.as_bytes());
        });
        addr
    }

    #[test]
    fn only_a_good_answer_means_ready() {
        assert!(is_ready(answering("HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!is_ready(answering(
            "HTTP/1.1 503 Service Unavailable\r\n\r\n"
        )));
    }

    #[test]
    fn a_server_that_stops_at_once_is_a_problem() {
        let addr = {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap()
        };
        let problem = Server::start(Command::new("false").arg("serve"), addr).unwrap_err();
        assert!(problem.to_string().contains("exit status: 1"));
    }
}
