//! A PgBouncer in front of the tests' PostgreSQL cluster, in transaction mode with few
//! connections: what one request leaves on a connection the next one would find.

use std::{
    net::TcpStream,
    path::{Path, PathBuf},
};

use crate::{
    problem::Problem,
    process::find_on_path,
    stage::Stages,
    tools::{
        apt,
        daemon::{Daemon, free_port},
        postgres::Cluster,
    },
};

/// A running PgBouncer. Dropping it stops it.
#[derive(Debug)]
pub struct Pooler {
    port: u16,
    _daemon: Daemon,
}

impl Pooler {
    /// Installs PgBouncer if need be and starts it in front of `cluster`.
    pub fn start(stages: &Stages, cluster: &Cluster) -> Result<Self, Problem> {
        let program = program(stages)?;
        stages.run("Starting PgBouncer for the tests", || {
            let daemon = Daemon::prepare("PgBouncer")?;
            let port = free_port("PgBouncer")?;
            let users = daemon.write("users", "\"postgres\" \"\"\n")?;
            let settings = settings(port, cluster.port(), &users);
            let settings = daemon.write("pgbouncer.ini", &settings)?;
            let mut command = daemon.command(&program);
            command.arg(settings);
            daemon.start(command, || TcpStream::connect(("127.0.0.1", port)).is_ok())?;
            Ok(Self {
                port,
                _daemon: daemon,
            })
        })
    }

    /// Where it listens, as `host:port`. It lets every role into every database.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

/// Tests make their own roles, which the superuser looks up; none needs its password.
fn settings(port: u16, cluster: u16, users: &Path) -> String {
    format!(
        "[databases]\n\
         * = host=127.0.0.1 port={cluster} auth_user=postgres\n\
         [pgbouncer]\n\
         listen_addr = 127.0.0.1\n\
         listen_port = {port}\n\
         unix_socket_dir =\n\
         auth_type = trust\n\
         auth_file = {}\n\
         pool_mode = transaction\n\
         default_pool_size = 2\n",
        users.display()
    )
}

fn program(stages: &Stages) -> Result<PathBuf, Problem> {
    if let Some(found) = find_program() {
        return Ok(found);
    }
    stages.run("Installing PgBouncer", || {
        apt::install(&["pgbouncer"], "PgBouncer")
    })?;
    find_program().ok_or_else(|| {
        Problem::new(
            "PgBouncer can't be found",
            "it was installed, but neither PATH nor /usr/sbin has pgbouncer",
        )
    })
}

/// Debian has it among the programs of the superuser, which others may not have in PATH.
fn find_program() -> Option<PathBuf> {
    let debian = PathBuf::from("/usr/sbin/pgbouncer");
    find_on_path(&["pgbouncer"]).or_else(|| debian.is_file().then_some(debian))
}
