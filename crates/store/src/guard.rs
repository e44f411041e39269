//! The belt: a scope's statements are read before they are sent, and one that could reach
//! another organization's rows is not. (The braces are PostgreSQL's row-level security.)

mod statement;
mod tokens;

use quick_cache::sync::Cache;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    prelude::async_trait::async_trait,
};
use statement::{Demands, Refusal, demands};
use std::sync::{Arc, LazyLock};

/// What statements that were read before ask of their values. The repositories send the same
/// ones again and again; the number is of statements.
static READ: LazyLock<Cache<String, Arc<Demands>>> = LazyLock::new(|| Cache::new(512));

/// A transaction in one organization. Repositories have no other connection.
pub(crate) struct TenantTransaction {
    transaction: DatabaseTransaction,
    organization: String,
}

impl TenantTransaction {
    pub(crate) fn new(transaction: DatabaseTransaction, organization: &str) -> Self {
        Self {
            transaction,
            organization: organization.to_owned(),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await
    }

    /// # Errors
    /// [`DbErr::Custom`], a fault of a repository: it ends as an error 500 and in the log.
    fn inspect(&self, statement: &Statement) -> Result<(), DbErr> {
        let values = statement
            .values
            .as_ref()
            .map_or(&[][..], |values| &values.0);
        demands_of(&statement.sql)
            .and_then(|demands| demands.met_by(values, &self.organization))
            .map_err(|reason| DbErr::Custom(format!("not sent: {reason}: {}", statement.sql)))
    }
}

fn demands_of(sql: &str) -> Result<Arc<Demands>, Refusal> {
    if let Some(known) = READ.get(sql) {
        return Ok(known);
    }
    let demands = Arc::new(demands(sql)?);
    READ.insert(sql.to_owned(), Arc::clone(&demands));
    Ok(demands)
}

#[async_trait]
impl ConnectionTrait for TenantTransaction {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inspect(&statement)?;
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom(format!(
            "not sent: it may be several statements: {sql}"
        )))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inspect(&statement)?;
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inspect(&statement)?;
        self.transaction.query_all_raw(statement).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::project;
    use sea_orm::{ColumnTrait, Database, EntityTrait, QueryFilter, TransactionTrait};

    #[tokio::test]
    async fn what_is_refused_is_not_sent() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        let transaction = db.begin().await.unwrap();
        let transaction = TenantTransaction::new(transaction, "org_acme");
        // There is no such table: whatever is sent fails with the database's own words.
        let all = project::Entity::find();
        let ours = all
            .clone()
            .filter(project::Column::OrganizationId.eq("org_acme"));
        let sent = |error: DbErr| !error.to_string().contains("not sent");
        assert!(!sent(all.clone().all(&transaction).await.unwrap_err()));
        assert!(!sent(all.one(&transaction).await.unwrap_err()));
        assert!(sent(ours.all(&transaction).await.unwrap_err()));
        let deletion = project::Entity::delete_many().exec(&transaction).await;
        assert!(!sent(deletion.unwrap_err()));
        let unprepared = transaction.execute_unprepared("SELECT 1").await;
        assert!(!sent(unprepared.unwrap_err()));
    }
}
