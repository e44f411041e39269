use sea_orm_migration::sea_orm::DbErr;
use std::path::PathBuf;

/// Why a database could not be migrated or looked at. No message holds a password.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The URL is for a database that is not supported.
    #[error("the scheme `{scheme}` is not supported; write `sqlite:…` or `postgres://…`")]
    UnknownScheme {
        /// What stands before the first colon.
        scheme: String,
    },
    /// The URL has a known scheme but does not parse.
    #[error("the database URL can't be read: {reason}")]
    InvalidUrl {
        /// The parser's complaint.
        reason: String,
    },
    /// A SQLite database in memory would vanish with the connection that migrated it.
    #[error(
        "a SQLite database in memory can't be used; name a file, as in `sqlite:data/tenantry.sqlite`"
    )]
    InMemory,
    /// The SQLite file can't be opened or created, or is not a database.
    #[error("the database file {} can't be opened: {reason}", path.display())]
    File {
        /// The file as the URL names it.
        path: PathBuf,
        /// The system's or SQLite's complaint.
        reason: String,
    },
    /// The PostgreSQL server can't be reached or refuses the login.
    #[error("the PostgreSQL server can't be used: {reason}")]
    Server {
        /// The driver's complaint.
        reason: String,
    },
    /// There is no PostgreSQL role of this name, and the owner may not make it.
    #[error(
        "there is no PostgreSQL role `{role}`, and `{owner}` may not make it: run CREATE ROLE … \
         LOGIN PASSWORD … for it, or ALTER ROLE {owner} CREATEROLE"
    )]
    NoSuchRole {
        /// The missing role.
        role: String,
        /// The role that migrates.
        owner: String,
    },
    /// Owner, application and worker are not three roles.
    #[error(
        "the PostgreSQL role `{role}` is named twice: MIGRATOR_DATABASE_URL (the tables' owner), \
         DATABASE_URL (the application) and WORKER_DATABASE_URL need one role each"
    )]
    SharedRole {
        /// The role named twice.
        role: String,
    },
    /// A statement failed.
    #[error("the migration failed: {0}")]
    Database(#[from] DbErr),
}
