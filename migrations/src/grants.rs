use crate::MigrateError;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait,
};

/// Table by table what the application does, and no more: no DDL, no TRUNCATE, and the
/// audit log and the record of deliveries only ever grow.
const PRIVILEGES: &[(&str, &str)] = &[
    ("SELECT, INSERT, UPDATE, DELETE", "organizations"),
    ("SELECT, INSERT, UPDATE, DELETE", "users"),
    ("SELECT, INSERT, UPDATE, DELETE", "memberships"),
    ("SELECT, INSERT, UPDATE, DELETE", "projects"),
    ("SELECT, INSERT", "audit_events"),
    ("SELECT, INSERT, UPDATE", "audit_heads"),
    ("SELECT, INSERT", "webhook_events"),
    ("SELECT, INSERT, UPDATE", "tombstones"),
    // So that the application can tell whether migrations are pending.
    ("SELECT", "seaql_migrations"),
];

/// Grants [`PRIVILEGES`] to `role`, unless it is the role that runs the migrations.
pub(crate) async fn grant(db: &DatabaseConnection, role: &str) -> Result<(), MigrateError> {
    let row = db
        .query_one_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT current_user::text AS owner, current_schema()::text AS schema, \
             EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS known",
            [role.into()],
        ))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("current_user".to_owned()))?;
    if row.try_get::<String>("", "owner")? == role {
        return Ok(());
    }
    if !row.try_get::<bool>("", "known")? {
        return Err(MigrateError::NoSuchRole {
            role: role.to_owned(),
        });
    }
    let schema = quote(&row.try_get::<String>("", "schema")?);
    let grantee = quote(role);

    let transaction = db.begin().await?;
    transaction
        .execute_unprepared(&format!("GRANT USAGE ON SCHEMA {schema} TO {grantee}"))
        .await?;
    for (privileges, table) in PRIVILEGES {
        transaction
            .execute_unprepared(&format!(
                "GRANT {privileges} ON {schema}.{table} TO {grantee}"
            ))
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A PostgreSQL identifier in quotes. GRANT takes no bind parameters.
fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn an_identifier_cannot_leave_its_quotes() {
        assert_eq!(quote("app"), "\"app\"");
        assert_eq!(
            quote("a\"; DROP TABLE users; --"),
            "\"a\"\"; DROP TABLE users; --\""
        );
    }
}
