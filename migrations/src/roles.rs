use crate::MigrateError;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement, TransactionTrait,
};
use std::fmt;

/// The PostgreSQL roles that the server connects as, beside the tables' owner, who migrates.
#[derive(Debug, Clone)]
pub struct Logins {
    /// Answers requests: reads what comes from Clerk, reads and writes what organizations own.
    pub app: Login,
    /// Repeats what Clerk says.
    pub worker: Login,
}

/// A role and what it logs in with.
#[derive(Clone)]
pub struct Login {
    /// The role's name.
    pub role: String,
    /// Its password, if it has one. Only used to make the role: an existing one keeps its own.
    pub password: Option<String>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// Makes those of the roles that do not exist.
///
/// # Errors
/// [`MigrateError::SharedRole`] unless owner, application and worker are three roles;
/// [`MigrateError::NoSuchRole`] where the owner may not make one.
pub(crate) async fn ensure(db: &DatabaseConnection, logins: &Logins) -> Result<(), MigrateError> {
    let (app, worker) = (&logins.app.role, &logins.worker.role);
    let row = one(
        db,
        "SELECT current_user::text AS owner, \
                (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) \
                AS may_create, \
                EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS app, \
                EXISTS (SELECT FROM pg_roles WHERE rolname = $2) AS worker",
        [app, worker],
    )
    .await?;
    let owner: String = row.try_get("", "owner")?;
    if let Some(role) = [app, worker].into_iter().find(|role| **role == owner) {
        return Err(MigrateError::SharedRole { role: role.clone() });
    }
    if app == worker {
        return Err(MigrateError::SharedRole { role: app.clone() });
    }
    let may_create: bool = row.try_get("", "may_create")?;
    for (login, column) in [(&logins.app, "app"), (&logins.worker, "worker")] {
        if row.try_get::<bool>("", column)? {
            continue;
        }
        if !may_create {
            return Err(MigrateError::NoSuchRole {
                role: login.role.clone(),
                owner,
            });
        }
        create(db, login).await?;
        tracing::info!(role = login.role, "made a database role");
    }
    Ok(())
}

/// Name and password go to the server as bound values and are put into the statement there:
/// a CREATE ROLE sent from here would stand in the log of a server that logs DDL or errors.
/// Roles belong to all databases of a server, so another migration may have been faster.
async fn create(db: &DatabaseConnection, login: &Login) -> Result<(), MigrateError> {
    let transaction = db.begin().await?;
    let password = login.password.as_deref().unwrap_or_default();
    one(
        &transaction,
        "SELECT set_config('tenantry.role', $1, true), set_config('tenantry.password', $2, true)",
        [&login.role, password],
    )
    .await?;
    transaction
        .execute_unprepared(
            "DO $$ BEGIN \
                 EXECUTE format( \
                     'CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE \
                      PASSWORD %L', \
                     current_setting('tenantry.role'), \
                     NULLIF(current_setting('tenantry.password'), '')); \
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; \
             END $$",
        )
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The one row of a query with two text parameters.
pub(crate) async fn one(
    db: &impl ConnectionTrait,
    sql: &str,
    values: [&str; 2],
) -> Result<QueryResult, DbErr> {
    db.query_one_raw(Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        values.map(Into::into),
    ))
    .await?
    .ok_or_else(|| DbErr::RecordNotFound("a row of the catalog".to_owned()))
}
