use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// What a member's role gives, and organizations that are deleted but can be brought back.
pub(crate) struct Rules;

impl MigrationName for Rules {
    fn name(&self) -> &str {
        "m20261122_000004_rules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rules {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("rules/postgres.sql"),
            _ => include_str!("rules/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// All or nothing on SQLite too, whose schema changes are transactional.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
