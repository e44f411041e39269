//! The databases that each test runs on: SQLite always, PostgreSQL when `cargo xtask test` gives one.

use std::path::Path;

use sea_orm_migration::sea_orm::{ConnectionTrait, Database as SeaDatabase, Statement};

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

    /// Every row of what is Clerk's, as text, whoever's it is. `data` is the server's folder.
    pub async fn rows(&self, data: &Path) -> Vec<String> {
        let url = match self {
            Self::Sqlite => format!("sqlite://{}", data.join("tenantry.sqlite").display()),
            Self::Postgres { name, .. } => {
                let admin = std::env::var("TENANTRY_TEST_POSTGRES").expect("a superuser's URL");
                let mut url = url::Url::parse(&admin).expect("a URL");
                url.set_path(name);
                url.into()
            }
        };
        let connection = SeaDatabase::connect(&url).await.expect("a connection");
        let sql = "SELECT 'user ' || id || ' ' || coalesce(email, '-') || ' ' || \
                   coalesce(first_name, '-') || ' ' || coalesce(last_name, '-') || ' ' || \
                   coalesce(image_url, '-') || ' ' || CAST(created_at AS TEXT) || ' ' || \
                   CAST(updated_at AS TEXT) AS line FROM users \
            UNION ALL SELECT 'organization ' || id || ' ' || slug || ' ' || name || ' ' || \
                   coalesce(image_url, '-') || ' ' || CAST(created_at AS TEXT) || ' ' || \
                   CAST(updated_at AS TEXT) FROM organizations \
            UNION ALL SELECT 'membership ' || organization_id || ' ' || user_id || ' ' || id || \
                   ' ' || role || ' ' || CAST(created_at AS TEXT) || ' ' || \
                   CAST(updated_at AS TEXT) FROM memberships ORDER BY 1";
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let found = connection.query_all_raw(statement).await.expect("rows");
        connection.close().await.expect("a close");
        let lines = found.iter().map(|row| row.try_get("", "line"));
        lines.map(|line| line.expect("a line")).collect()
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
