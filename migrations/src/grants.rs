use crate::{
    MigrateError,
    roles::{Logins, one},
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};

/// What one table lets the two roles do: no DDL, no TRUNCATE, and no more than they need.
struct Privileges {
    table: &'static str,
    app: &'static str,
    worker: &'static str,
}

const PRIVILEGES: [Privileges; 17] = [
    // What Clerk says is written by the worker alone.
    of("organizations", "SELECT", "SELECT, INSERT, UPDATE, DELETE"),
    of("users", "SELECT", "SELECT, INSERT, UPDATE, DELETE"),
    of("memberships", "SELECT", "SELECT, INSERT, UPDATE, DELETE"),
    of("projects", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("task_numbers", "SELECT, INSERT, UPDATE", ""),
    of("tasks", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("labels", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("task_labels", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("checklist_items", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("comments", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("mentions", "SELECT, INSERT, UPDATE, DELETE", ""),
    of("search_documents", "SELECT, INSERT, UPDATE, DELETE", ""),
    // The audit log only ever grows. Where an entry came from is blanked when its person is
    // erased.
    of(
        "audit_events",
        "SELECT, INSERT",
        "SELECT, UPDATE (ip, user_agent, origin_salt)",
    ),
    of("audit_heads", "SELECT, INSERT, UPDATE", "SELECT"),
    of("webhook_events", "", "SELECT, INSERT, DELETE"),
    of("tombstones", "", "SELECT, INSERT, UPDATE, DELETE"),
    // So that the server can tell whether migrations are pending.
    of("seaql_migrations", "SELECT", ""),
];

const fn of(table: &'static str, app: &'static str, worker: &'static str) -> Privileges {
    Privileges { table, app, worker }
}

/// Gives both roles their [`PRIVILEGES`] and takes any others from them, and writes down
/// which of them is the worker.
pub(crate) async fn grant(db: &DatabaseConnection, logins: &Logins) -> Result<(), MigrateError> {
    let transaction = db.begin().await?;
    // Two migrations at once would update the same rows of the catalog, which fails. Any
    // constant will do, as long as nothing else in the database locks it.
    transaction
        .execute_unprepared("SELECT pg_advisory_xact_lock(8386658447213818727)")
        .await?;
    // GRANT takes no bind parameters: the server itself puts the names into quotes.
    let names = one(
        &transaction,
        "SELECT quote_ident($1) AS app, quote_ident($2) AS worker, \
                quote_literal($2) AS worker_literal, quote_ident(current_schema()) AS schema",
        [&logins.app.role, &logins.worker.role],
    )
    .await?;
    let name = |column: &str| names.try_get::<String>("", column);
    let (app, worker, schema) = (name("app")?, name("worker")?, name("schema")?);
    for statement in [
        format!("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {app}, {worker}"),
        format!("GRANT USAGE ON SCHEMA {schema} TO {app}, {worker}"),
        format!(
            "CREATE OR REPLACE FUNCTION {schema}.acts_as_worker() RETURNS boolean \
             LANGUAGE sql STABLE PARALLEL SAFE RETURN current_user = {}::name",
            name("worker_literal")?
        ),
    ] {
        transaction.execute_unprepared(&statement).await?;
    }
    for Privileges {
        table,
        app: apps,
        worker: workers,
    } in PRIVILEGES
    {
        for (privileges, role) in [(apps, &app), (workers, &worker)] {
            if !privileges.is_empty() {
                let statement = format!("GRANT {privileges} ON {schema}.{table} TO {role}");
                transaction.execute_unprepared(&statement).await?;
            }
        }
    }
    transaction.commit().await?;
    Ok(())
}
