//! Opening the instance's file.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clerk::clock::Clock;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use tempfile::TempDir;
use tokio::sync::{Mutex, Notify};

use super::{
    Inner, Place, State, clock::SettableClock, ids, instance, limits::Limits, roles, schema,
};
use crate::{
    LocalOptions,
    error::{LocalError, Result},
};

/// The file's name in the data folder.
const FILE: &str = "clerk.sqlite";
/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";
/// How many connections the pool has.
const CONNECTIONS: u32 = 4;

impl State {
    /// Opens `DATA_DIR/clerk.sqlite`, making folder, file, tables and secrets where missing. A new
    /// instance's signing key is made in the background where the runtime has several threads.
    ///
    /// # Errors
    /// [`LocalError::Open`] when the file can't be made, read or brought to the newest schema.
    pub async fn open(options: LocalOptions) -> Result<Self> {
        if let Some(seed) = options.seed {
            ids::seed(seed);
        }
        let (folder, temporary) = folder(&options)?;
        let path = folder.join(FILE);
        let fail = |reason: String| LocalError::Open {
            path: path.clone(),
            reason,
        };
        std::fs::create_dir_all(&folder).map_err(|error| fail(error.to_string()))?;
        create_private(&path).map_err(|error| fail(error.to_string()))?;
        let db = connect(&path, options.ephemeral)
            .await
            .map_err(|error| fail(error.to_string()))?;
        schema::upgrade(&db)
            .await
            .map_err(|error| fail(error.to_string()))?;
        let temporary = match temporary {
            Some(folder) => hide(&db, folder)
                .await
                .map_err(|error| fail(error.to_string()))?,
            None => None,
        };
        let clock = SettableClock::new(Arc::clone(&options.clock));
        let instance = instance::load_or_create(&db, &options, clock.now_ms()).await?;
        roles::seed(&db, instance.created_at).await?;
        let is_new = instance.is_new;
        let inner = Inner {
            writer: Arc::new(Mutex::new(())),
            clock,
            options,
            instance,
            deliveries: Notify::new(),
            limits: Limits::default(),
            mails_waiting: Notify::new(),
            faults: Default::default(),
            _temporary: temporary,
        };
        let state = Self {
            place: Place::Pool(db),
            inner: Arc::new(inner),
        };
        if is_new {
            state.make_signing_key().await?;
        }
        Ok(state)
    }
}

/// The file's folder, and what removes it at the end if it is a temporary one.
fn folder(options: &LocalOptions) -> Result<(PathBuf, Option<TempDir>)> {
    if !options.ephemeral {
        return Ok((options.data_dir.clone(), None));
    }
    let make = |parent: &Path| {
        tempfile::Builder::new()
            .prefix("clerk-local-")
            .tempdir_in(parent)
    };
    let temporary = make(Path::new(MEMORY))
        .or_else(|_| make(&std::env::temp_dir()))
        .map_err(|source| LocalError::Io {
            path: std::env::temp_dir(),
            source,
        })?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

/// Takes the name of a temporary file away once every connection has it open: whatever ends the
/// process, the file ends with it. Where that is not possible, the folder is removed at the end.
async fn hide(db: &DatabaseConnection, folder: TempDir) -> Result<Option<TempDir>, DbErr> {
    if !cfg!(unix) {
        return Ok(Some(folder));
    }
    // Held all at once, each is another one; each opens its log when it reads for the first time.
    let mut held = Vec::new();
    for _ in 0..CONNECTIONS {
        let connection = db.begin().await?;
        connection
            .execute_unprepared("SELECT count(*) FROM sqlite_schema")
            .await?;
        held.push(connection);
    }
    drop(folder);
    for connection in held {
        connection.rollback().await?;
    }
    Ok(None)
}

async fn connect(path: &Path, ephemeral: bool) -> Result<DatabaseConnection, DbErr> {
    let path = path.to_owned();
    let synchronous = match ephemeral {
        true => SqliteSynchronous::Off,
        // An acknowledged change survives a power cut, too.
        false => SqliteSynchronous::Full,
    };
    let mut options = ConnectOptions::new("sqlite:clerk.sqlite");
    if ephemeral {
        // A connection that was closed could not be opened again.
        options.idle_timeout(None).max_lifetime(None);
    }
    options
        .max_connections(CONNECTIONS)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .filename(&path)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
        });
    Database::connect(options).await
}

/// The file holds the signing key: only its owner may read it.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
