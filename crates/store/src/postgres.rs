//! What only PostgreSQL needs: roles that row-level security binds, and the settings it
//! goes by.

use crate::{
    StoreError,
    connect::{Connections, Login, PATIENCE, Pool},
    scope::{Mode, Subject},
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, SqlxPostgresConnector,
    Statement, TransactionTrait, Value,
    sqlx::{
        ConnectOptions, Connection,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};
use std::{str::FromStr, sync::Arc, time::Duration};

/// After how long unused a connection is asked whether it still lives.
const IDLE: Duration = Duration::from_secs(10);

/// Opens both pools and refuses roles that row-level security would not bind.
pub(crate) async fn open(
    app: Login<'_>,
    app_connections: u32,
    worker: Login<'_>,
    worker_connections: u32,
) -> Result<Connections, StoreError> {
    let app_pool = pool(app, app_connections).await?;
    check_role(&app_pool, app.variable).await?;
    let worker_pool = pool(worker, worker_connections).await?;
    let worker_role = check_role(&worker_pool, worker.variable).await?;
    check_apart(&app_pool, &worker_role).await?;
    Ok(Connections {
        app: app_pool,
        worker: worker_pool,
    })
}

async fn pool(login: Login<'_>, max_connections: u32) -> Result<Pool, StoreError> {
    let options =
        PgConnectOptions::from_str(login.url).map_err(|error| StoreError::InvalidUrl {
            variable: login.variable,
            reason: error.to_string(),
        })?;
    // Whoever puts a pooler in front turns the cache of prepared statements off, which can't
    // work there.
    let behind_pooler = options
        .to_url_lossy()
        .query_pairs()
        .any(|pair| pair == ("statement-cache-capacity".into(), "0".into()));
    // No column here is a float, and PgBouncer refuses the parameter, as it does those below.
    let mut options = options.disable_statement_logging().extra_float_digits(None);
    if !behind_pooler {
        // Statements are planned once for each connection. Left to itself the server plans them
        // each time anew, because it thinks little of a LIMIT that it does not know: that takes
        // as long as reading a page does. Every query here goes by a key that begins with an
        // organization or a user, whoever's it is.
        options = options.options([("plan_cache_mode", "force_generic_plan")]);
    }
    let pool = PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(PATIENCE)
        // A round trip for each request is too dear just to find out whether the connection
        // still lives: ask only the one that may have died of boredom.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(|error| {
            StoreError::unavailable(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))
        })?;
    Ok(Pool {
        db: SqlxPostgresConnector::from_sqlx_postgres_pool(pool),
        behind_pooler,
    })
}

/// Begins a transaction. Nothing is asked outside of one: a statement is prepared and executed
/// in two round trips, and behind a pooler only a transaction keeps both on one connection.
///
/// There the connection may still have the statements that others prepared under the same
/// names, so they are dropped first. (sqlx names a statement even when it does not cache it.)
async fn begin_bare(pool: &Pool) -> Result<DatabaseTransaction, DbErr> {
    let transaction = pool.db.begin().await?;
    if pool.behind_pooler {
        transaction.execute_unprepared("DEALLOCATE ALL").await?;
    }
    Ok(transaction)
}

/// The connection's role. A superuser and a BYPASSRLS role would see every organization, and
/// an owner could lift row-level security; so could any role that may become one of these
/// (SET ROLE).
async fn check_role(pool: &Pool, variable: &'static str) -> Result<String, StoreError> {
    let row = begin_bare(pool)
        .await?
        .query_one_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT current_user::text AS role, \
                    bool_or(rolsuper) AS super, bool_or(rolbypassrls) AS bypass, \
                    EXISTS (SELECT FROM pg_class \
                            WHERE relnamespace = current_schema()::regnamespace \
                            AND pg_has_role(current_user, relowner, 'MEMBER')) AS owner \
             FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')",
        ))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("current_user".to_owned()))?;
    let role: String = row.try_get("", "role")?;
    let reason = if row.try_get("", "super")? {
        "is a superuser or may become one"
    } else if row.try_get("", "bypass")? {
        "has BYPASSRLS or may become a role that has"
    } else if row.try_get("", "owner")? {
        "owns tables or may become a role that does"
    } else {
        return Ok(role);
    };
    Err(StoreError::UnsafeRole {
        variable,
        role,
        reason,
    })
}

/// The application's role is not the worker's, nor may it become that one.
async fn check_apart(app: &Pool, worker_role: &str) -> Result<(), StoreError> {
    let row = begin_bare(app)
        .await?
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT current_user::text AS role, \
                    pg_has_role(current_user, $1::name, 'MEMBER') AS shared",
            [worker_role.into()],
        ))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("current_user".to_owned()))?;
    match row.try_get("", "shared")? {
        true => Err(StoreError::SharedRole {
            role: row.try_get("", "role")?,
        }),
        false => Ok(()),
    }
}

/// Begins a transaction and, in one more round trip, says on whose behalf it runs and
/// whether it may write. The settings end with the transaction.
pub(crate) async fn begin(
    pool: &Pool,
    mode: Mode,
    subject: Subject<'_>,
) -> Result<DatabaseTransaction, DbErr> {
    let transaction = begin_bare(pool).await?;
    let read_only = match mode {
        Mode::Read => "on",
        Mode::Write => "off",
    };
    transaction
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT set_config('app.organization_id', $1, true), \
                    set_config('app.user_id', $2, true), \
                    set_config('transaction_read_only', $3, true)",
            [
                subject.organization.unwrap_or_default().into(),
                subject.user.unwrap_or_default().into(),
                read_only.into(),
            ],
        ))
        .await?;
    Ok(transaction)
}

/// Changes, within a transaction, on whose behalf it runs.
pub(crate) async fn act_for(
    transaction: &DatabaseTransaction,
    subject: Subject<'_>,
) -> Result<(), DbErr> {
    transaction
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT set_config('app.organization_id', $1, true), \
                    set_config('app.user_id', $2, true)",
            [
                subject.organization.unwrap_or_default().into(),
                subject.user.unwrap_or_default().into(),
            ],
        ))
        .await?;
    Ok(())
}

/// Waits for every other transaction that repeats Clerk's events, until this one ends.
/// Without it a late update could slip in between a deletion and its commit and bring
/// the deleted row back. (SQLite has one writer at a time anyway.)
pub(crate) async fn lock_identity(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    /// Any constant will do, as long as nothing else in the database locks it.
    const KEY: i64 = 0x7465_6e61_6e74_7279;
    transaction
        .execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock($1)",
            [KEY.into()],
        ))
        .await?;
    Ok(())
}

/// Waits for every other transaction that changes who belongs to the organization, until this
/// one ends, but not for longer than [`PATIENCE`].
pub(crate) async fn lock_members(
    transaction: &impl ConnectionTrait,
    organization: &str,
) -> Result<(), DbErr> {
    /// Locks with two keys have nothing to do with those that have one. Organizations whose
    /// hashes agree wait for each other without need, and no more.
    const CLASS: i32 = 1;
    let limit = PATIENCE.as_millis().to_string();
    let statement =
        |sql, values: Vec<Value>| Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let limited = "SELECT set_config('lock_timeout', $1, true)";
    transaction
        .execute_raw(statement(limited, vec![limit.into()]))
        .await?;
    let locked = "SELECT pg_advisory_xact_lock($1, hashtext($2))";
    transaction
        .execute_raw(statement(locked, vec![CLASS.into(), organization.into()]))
        .await?;
    Ok(())
}
