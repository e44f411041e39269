use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// The audit log becomes a chain: each entry has a number, a hash over itself and the one before,
/// who did it from where, and what it was like before and after.
pub(crate) struct Audit;

impl MigrationName for Audit {
    fn name(&self) -> &str {
        "m20261122_000005_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Audit {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("audit/postgres.sql"),
            _ => include_str!("audit/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
