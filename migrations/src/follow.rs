use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// What follows Clerk's word about something else: what roles give.
pub(crate) struct Follow;

impl MigrationName for Follow {
    fn name(&self) -> &str {
        "m20261122_000007_follow"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Follow {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => include_str!("follow/postgres.sql"),
            _ => include_str!("follow/sqlite.sql"),
        };
        db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// All or nothing on SQLite too, whose schema changes are transactional.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
