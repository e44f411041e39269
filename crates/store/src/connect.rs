use crate::{InProcess, Signals, StoreError, postgres, sqlite};
use clerk::clock::{SharedClock, SystemClock};
use sea_orm::DatabaseConnection;
use std::{fmt, sync::Arc, time::Duration};

/// How to connect.
#[derive(Clone)]
pub struct ConnectOptions {
    /// What tells the time of new rows.
    pub clock: SharedClock,
    /// The most connections for requests held at once.
    pub max_connections: u32,
    /// PostgreSQL's URL for work in the background, as a role of its own. SQLite needs none.
    pub worker_url: Option<String>,
    /// Who is told of each commit.
    pub signals: Arc<dyn Signals>,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            max_connections: 10,
            worker_url: None,
            signals: Arc::new(InProcess::default()),
        }
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectOptions")
            .field("max_connections", &self.max_connections)
            .finish_non_exhaustive()
    }
}

/// How long to wait for the server, a free connection, or SQLite's write lock.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections work in the background has on PostgreSQL. What Clerk says is
/// written one transaction at a time anyway.
const WORKER_CONNECTIONS: u32 = 3;

/// What requests and what work in the background run on.
pub(crate) struct Connections {
    pub(crate) app: Pool,
    pub(crate) worker: Pool,
}

/// A pool of connections.
#[derive(Clone)]
pub(crate) struct Pool {
    pub(crate) db: DatabaseConnection,
    /// Whether each transaction may be on another server connection than the one before, as
    /// with PgBouncer: then no prepared statement outlives its transaction.
    pub(crate) behind_pooler: bool,
}

/// Opens the pools: one for both on SQLite. All are built from sqlx's options rather than by
/// sea-orm, whose own `connect` puts the whole URL, password included, into a trace span.
pub(crate) async fn open(url: &str, options: &ConnectOptions) -> Result<Connections, StoreError> {
    const APP: &str = "DATABASE_URL";
    match scheme(url) {
        "sqlite" => {
            let app = Pool {
                db: sqlite::open(url, options.max_connections).await?,
                behind_pooler: false,
            };
            let worker = app.clone();
            Ok(Connections { app, worker })
        }
        "postgres" | "postgresql" => {
            let worker_url = options.worker_url.as_deref();
            let worker_url = worker_url.ok_or(StoreError::NoWorkerUrl)?;
            let worker = Login {
                variable: "WORKER_DATABASE_URL",
                url: worker_url,
            };
            if !matches!(scheme(worker_url), "postgres" | "postgresql") {
                return Err(unknown_scheme(worker.variable, worker_url));
            }
            let app = Login { variable: APP, url };
            postgres::open(app, options.max_connections, worker, WORKER_CONNECTIONS).await
        }
        _ => Err(unknown_scheme(APP, url)),
    }
}

/// A URL and the setting it came from, which errors name.
#[derive(Clone, Copy)]
pub(crate) struct Login<'a> {
    pub(crate) variable: &'static str,
    pub(crate) url: &'a str,
}

fn scheme(url: &str) -> &str {
    url.split_once(':').map_or("", |(scheme, _)| scheme)
}

fn unknown_scheme(variable: &'static str, url: &str) -> StoreError {
    StoreError::UnknownScheme {
        variable,
        scheme: scheme(url).to_owned(),
    }
}
