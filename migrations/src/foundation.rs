use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// Organizations, people, memberships, projects, the audit log, and the records that keep
/// Clerk's events in order.
pub(crate) struct Foundation;

impl MigrationName for Foundation {
    fn name(&self) -> &str {
        "m20261121_000001_foundation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Foundation {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("foundation/postgres.sql"),
            _ => include_str!("foundation/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// All or nothing on SQLite too, whose schema changes are transactional.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
