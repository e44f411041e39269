//! The databases that each test runs on: SQLite always, PostgreSQL when `cargo xtask test` gives one.

use sea_orm_migration::sea_orm::{ConnectionTrait, Database as SeaDatabase};

/// SQLite in the test's data folder, or a database of its own on the PostgreSQL server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// `TENANTRY_TEST_POSTGRES`: a superuser's URL. Without it only SQLite is tested, unless
/// `TENANTRY_TEST_DATABASES` insists on PostgreSQL.
pub fn kinds() -> Vec<Kind> {
    let insisted = std::env::var("TENANTRY_TEST_DATABASES").is_ok_and(|v| v.contains("postgres"));
    match std::env::var("TENANTRY_TEST_POSTGRES") {
        Ok(_) => vec![Kind::Sqlite, Kind::Postgres],
        Err(_) if insisted => panic!("TENANTRY_TEST_POSTGRES is not set"),
        Err(_) => vec![Kind::Sqlite],
    }
}

/// One test's database. Its owner migrates it and makes the roles the server connects as.
pub enum Database {
    Sqlite,
    Postgres { name: String, host: String },
}

impl Database {
    pub async fn create(kind: Kind) -> Self {
        if kind == Kind::Sqlite {
            return Self::Sqlite;
        }
        let admin = std::env::var("TENANTRY_TEST_POSTGRES").expect("a superuser's URL");
        let url = url::Url::parse(&admin).expect("a URL");
        let host = format!(
            "{}:{}",
            url.host_str().expect("a host"),
            url.port().unwrap_or(5432)
        );
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        let connection = SeaDatabase::connect(&admin).await.expect("a connection");
        for statement in [
            format!("CREATE ROLE {name}_owner LOGIN CREATEROLE PASSWORD 'owner'"),
            format!("CREATE DATABASE {name} OWNER {name}_owner"),
        ] {
            connection
                .execute_unprepared(&statement)
                .await
                .expect("a statement");
        }
        connection.close().await.expect("a close");
        Self::Postgres { name, host }
    }

    /// What the server's environment says of it.
    pub fn variables(&self) -> Vec<(String, String)> {
        match self {
            Self::Sqlite => Vec::new(),
            Self::Postgres { name, host } => vec![
                (
                    "DATABASE_URL".to_owned(),
                    format!("postgres://{name}_app:app@{host}/{name}"),
                ),
                (
                    "WORKER_DATABASE_URL".to_owned(),
                    format!("postgres://{name}_worker:worker@{host}/{name}"),
                ),
                (
                    "MIGRATOR_DATABASE_URL".to_owned(),
                    format!("postgres://{name}_owner:owner@{host}/{name}"),
                ),
            ],
        }
    }
}
