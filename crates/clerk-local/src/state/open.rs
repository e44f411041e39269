//! Opening the instance's file.

use std::{path::Path, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::{Mutex, Notify};

use super::{Inner, State, instance, limits::Limits, roles, schema};
use crate::{
    LocalOptions,
    error::{LocalError, Result},
};

/// The file's name in the data folder.
const FILE: &str = "clerk.sqlite";

impl State {
    /// Opens `DATA_DIR/clerk.sqlite`, making folder, file, tables, key and secrets where missing.
    ///
    /// # Errors
    /// [`LocalError::Open`] when the file can't be made, read or brought to the newest schema.
    pub async fn open(options: LocalOptions) -> Result<Self> {
        let path = options.data_dir.join(FILE);
        let fail = |reason: String| LocalError::Open {
            path: path.clone(),
            reason,
        };
        std::fs::create_dir_all(&options.data_dir).map_err(|error| fail(error.to_string()))?;
        create_private(&path).map_err(|error| fail(error.to_string()))?;
        let db = connect(&path)
            .await
            .map_err(|error| fail(error.to_string()))?;
        schema::upgrade(&db)
            .await
            .map_err(|error| fail(error.to_string()))?;
        let instance = instance::load_or_create(&db, &options).await?;
        roles::seed(&db, instance.created_at).await?;
        Ok(Self(Arc::new(Inner {
            db,
            writer: Arc::new(Mutex::new(())),
            clock: Arc::clone(&options.clock),
            options,
            instance,
            deliveries: Notify::new(),
            limits: Limits::default(),
        })))
    }
}

async fn connect(path: &Path) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let path = path.to_owned();
    let mut options = ConnectOptions::new("sqlite:clerk.sqlite");
    options
        .max_connections(4)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .filename(&path)
                .journal_mode(SqliteJournalMode::Wal)
                // An acknowledged change survives a power cut, too.
                .synchronous(SqliteSynchronous::Full)
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
