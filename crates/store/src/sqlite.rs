//! What only SQLite needs: its file, its journal, and how its transactions begin.

use crate::{StoreError, connect::PATIENCE, scope::Mode};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, SqlxSqliteConnector,
    TransactionOptions, TransactionTrait,
    sqlx::{
        ConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use std::str::FromStr;

/// Opens the file, which must exist: creating it is the migrations' business.
pub(crate) async fn open(
    url: &str,
    max_connections: u32,
) -> Result<DatabaseConnection, StoreError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::InvalidUrl {
            variable: "DATABASE_URL",
            reason: "a SQLite database in memory can't be shared by connections; name a file, \
                     as in `sqlite:data/tenantry.sqlite`"
                .to_owned(),
        });
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|error| StoreError::InvalidUrl {
        variable: "DATABASE_URL",
        reason: error.to_string(),
    })?;
    let path = options.get_filename().to_owned();
    let options = options
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        // Safe with the write-ahead log: a power cut can lose the last commits, never
        // damage the file.
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
        .map_err(|error| StoreError::File {
            path,
            reason: error.to_string(),
        })?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Begins a transaction. One that will write takes the write lock at once: upgrading a
/// read transaction later fails at once when another writer came first, busy time-out or no.
pub(crate) async fn begin(
    db: &DatabaseConnection,
    mode: Mode,
) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(match mode {
            Mode::Read => SqliteTransactionMode::Deferred,
            Mode::Write => SqliteTransactionMode::Immediate,
        }),
        ..TransactionOptions::default()
    })
    .await
}
