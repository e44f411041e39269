use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// One row-level security policy for each table, and what tells the worker's role from the
/// application's.
pub(crate) struct Walls;

impl MigrationName for Walls {
    fn name(&self) -> &str {
        "m20261122_000002_walls"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Walls {
    /// SQLite has neither roles nor row-level security: there is nothing to do there.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(include_str!("walls/postgres.sql"))
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
