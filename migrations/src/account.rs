use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// How people like their pages, and what organizations demand of their members' sessions.
pub(crate) struct Account;

impl MigrationName for Account {
    fn name(&self) -> &str {
        "m20261122_000008_account"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Account {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("account/postgres.sql"),
            _ => include_str!("account/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// All or nothing on SQLite too, whose schema changes are transactional.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
