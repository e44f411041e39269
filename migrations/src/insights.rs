use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// What counting by day and week asks for: indexes over time.
pub(crate) struct Insights;

impl MigrationName for Insights {
    fn name(&self) -> &str {
        "m20261122_000009_insights"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Insights {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("insights/postgres.sql"),
            _ => include_str!("insights/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// All or nothing on SQLite too, whose schema changes are transactional.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
