//! The database's schema, for SQLite and PostgreSQL.
//!
//! [`migrate`] brings a database up to date and, on PostgreSQL, makes the roles that the
//! server connects as and gives them their table privileges. [`pending`] only looks.
//! A new migration is a module with one SQL file for each database, listed in
//! [`Migrator`]; what has been released is never edited.

mod account;
mod audit;
mod connect;
mod error;
mod follow;
mod foundation;
mod grants;
mod insights;
mod roles;
mod rules;
mod tasks;
mod walls;

pub use error::MigrateError;
pub use roles::{Login, Logins};
pub use sea_orm_migration::MigratorTrait;

use connect::Access;
use sea_orm_migration::{
    MigrationTrait, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr, TransactionTrait},
};

/// All migrations, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(foundation::Foundation),
            Box::new(walls::Walls),
            Box::new(rules::Rules),
            Box::new(audit::Audit),
            Box::new(tasks::Tasks),
            Box::new(follow::Follow),
            Box::new(account::Account),
            Box::new(insights::Insights),
        ]
    }
}

/// Applies every pending migration to the database at `migrator_url`.
///
/// A SQLite file is created when it is missing (its folder is not). On PostgreSQL the URL
/// belongs to the owner of the tables, who connects to the server itself and not to a pooler;
/// `logins` are the roles the server connects as. Those that do not exist are made (the owner
/// needs CREATEROLE for that), and both are granted what they need, table by table, and
/// nothing more. `None` leaves roles and grants alone; SQLite has neither.
///
/// # Errors
/// [`MigrateError`]: an unknown scheme, a file or server that can't be opened, roles that are
/// not three or can't be made, or a statement that failed (then nothing of that migration
/// remains).
pub async fn migrate(migrator_url: &str, logins: Option<&Logins>) -> Result<(), MigrateError> {
    let db = connect::open(migrator_url, Access::Migrate).await?;
    let logins = logins.filter(|_| db.get_database_backend() == DbBackend::Postgres);
    let applied: Result<usize, MigrateError> = async {
        if let Some(logins) = logins {
            roles::ensure(&db, logins).await?;
        }
        let before = Migrator::get_applied_migrations(&db).await?.len();
        Migrator::up(&db, None).await?;
        if let Some(logins) = logins {
            grants::grant(&db, logins).await?;
        }
        Ok(Migrator::migrations().len() - before)
    }
    .await;
    // Closed in any case: on SQLite this is what folds the write-ahead log back in.
    let closed = db.close().await;
    let applied = applied?;
    closed?;
    tracing::info!(applied, "database schema is up to date");
    Ok(())
}

/// The names of the migrations that the database at `url` still lacks, oldest first.
///
/// Changes nothing, so the application's own role may ask, through a pooler too. A SQLite file that does not
/// exist lacks them all.
///
/// # Errors
/// [`MigrateError`] when the database can't be opened or read.
pub async fn pending(url: &str) -> Result<Vec<String>, MigrateError> {
    if connect::missing_file(url)? {
        return Ok(names(Migrator::get_migration_files()));
    }
    let db = connect::open(url, Access::Look).await?;
    let pending: Result<_, DbErr> = async {
        let transaction = db.begin().await?;
        if db.get_database_backend() == DbBackend::Postgres {
            // Behind a pooler such as PgBouncer the connection may still have statements that
            // somebody else prepared under the same names.
            transaction.execute_unprepared("DEALLOCATE ALL").await?;
        }
        let pending = Migrator::get_pending_migrations_read_only(&transaction).await?;
        transaction.rollback().await?;
        Ok(pending)
    }
    .await;
    let closed = db.close().await;
    let pending = pending?;
    closed?;
    Ok(names(pending))
}

fn names(migrations: Vec<sea_orm_migration::Migration>) -> Vec<String> {
    migrations
        .into_iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}
