use crate::MigrateError;
use sea_orm_migration::sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
    },
};
use std::{str::FromStr, time::Duration};

/// What the connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Migrate,
    Look,
}

/// How long a migration waits for a server, a connection or SQLite's write lock.
const PATIENCE: Duration = Duration::from_secs(5);

enum Target {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

/// Opens one connection. The pools are built here rather than by sea-orm because its
/// `connect` puts the whole URL, password included, into a trace span.
pub(crate) async fn open(url: &str, access: Access) -> Result<DatabaseConnection, MigrateError> {
    match parse(url)? {
        Target::Sqlite(options) => {
            let path = options.get_filename().to_owned();
            let options = options
                .create_if_missing(access == Access::Migrate)
                .read_only(access == Access::Look)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .disable_statement_logging();
            // A read-only connection can't change the journal's mode, nor needs to.
            let options = match access {
                Access::Migrate => options.journal_mode(SqliteJournalMode::Wal),
                Access::Look => options,
            };
            let pool = SqlitePoolOptions::new()
                .max_connections(1)
                .acquire_timeout(PATIENCE)
                .connect_with(options)
                .await
                .map_err(|error| MigrateError::File {
                    path,
                    reason: error.to_string(),
                })?;
            Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
        }
        Target::Postgres(options) => {
            let pool = PgPoolOptions::new()
                .max_connections(1)
                .acquire_timeout(PATIENCE)
                // No column here is a float, and PgBouncer refuses the parameter.
                .connect_with(options.disable_statement_logging().extra_float_digits(None))
                .await
                .map_err(|error| MigrateError::Server {
                    reason: error.to_string(),
                })?;
            Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
        }
    }
}

/// Whether `url` names a SQLite file that is not there.
pub(crate) fn missing_file(url: &str) -> Result<bool, MigrateError> {
    Ok(match parse(url)? {
        Target::Sqlite(options) => !options.get_filename().exists(),
        Target::Postgres(_) => false,
    })
}

fn parse(url: &str) -> Result<Target, MigrateError> {
    let invalid = |error: sea_orm_migration::sea_orm::sqlx::Error| MigrateError::InvalidUrl {
        reason: error.to_string(),
    };
    match url.split_once(':') {
        Some(("sqlite", rest)) => {
            if rest.contains(":memory:") || rest.contains("mode=memory") {
                return Err(MigrateError::InMemory);
            }
            SqliteConnectOptions::from_str(url)
                .map(Target::Sqlite)
                .map_err(invalid)
        }
        Some(("postgres" | "postgresql", _)) => PgConnectOptions::from_str(url)
            .map(Target::Postgres)
            .map_err(invalid),
        Some((scheme, _)) => Err(MigrateError::UnknownScheme {
            scheme: scheme.to_owned(),
        }),
        None => Err(MigrateError::UnknownScheme {
            scheme: String::new(),
        }),
    }
}
