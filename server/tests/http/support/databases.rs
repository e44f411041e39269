//! The databases that each test runs on: SQLite always, PostgreSQL when `cargo xtask test` gives one.

use std::path::Path;

use sea_orm_migration::sea_orm::{ConnectionTrait, Database as SeaDatabase, Statement};

use super::templates;

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

/// One test's database, with the schema and the roles the server connects as.
pub enum Database {
    Sqlite,
    Postgres {
        server: Server,
        name: String,
        /// How the names of its roles begin.
        roles: String,
    },
}

/// The PostgreSQL server of `TENANTRY_TEST_POSTGRES`.
pub struct Server {
    superuser: url::Url,
}

impl Server {
    fn of_environment() -> Self {
        let superuser = std::env::var("TENANTRY_TEST_POSTGRES").expect("a superuser's URL");
        let superuser = superuser.parse().expect("a URL");
        Self { superuser }
    }

    /// Runs statements as the superuser, one after the other.
    pub async fn execute(&self, statements: &[&str]) {
        let connection = SeaDatabase::connect(self.superuser.as_str()).await;
        let connection = connection.expect("a connection");
        for statement in statements {
            let done = connection.execute_unprepared(statement).await;
            done.expect("a statement");
        }
        connection.close().await.expect("a close");
    }

    /// What a server's environment says of the database `name`, whose roles' names begin with
    /// `roles`.
    pub fn variables(&self, name: &str, roles: &str) -> Vec<(String, String)> {
        let host = self.superuser.host_str().expect("a host");
        let port = self.superuser.port().unwrap_or(5432);
        let variable = |variable: &str, role: &str| {
            let login = format!("{roles}_{role}:{role}");
            let url = format!("postgres://{login}@{host}:{port}/{name}");
            (variable.to_owned(), url)
        };
        vec![
            variable("DATABASE_URL", "app"),
            variable("WORKER_DATABASE_URL", "worker"),
            variable("MIGRATOR_DATABASE_URL", "owner"),
        ]
    }
}

impl Database {
    /// A migrated database: in `data`, the server's folder, or on the PostgreSQL server. The folder
    /// gets the local Clerk instance's file, too.
    pub async fn create(kind: Kind, data: &Path) -> Self {
        templates::fill(data).await;
        if kind == Kind::Sqlite {
            return Self::Sqlite;
        }
        let server = Server::of_environment();
        let roles = templates::migrated(&server).await.name.clone();
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        let copy = format!("CREATE DATABASE {name} OWNER {roles}_owner TEMPLATE {roles}");
        server.execute(&[&copy]).await;
        Self::Postgres {
            server,
            name,
            roles,
        }
    }

    /// Every row of what is Clerk's, as text, whoever's it is. `data` is the server's folder.
    pub async fn rows(&self, data: &Path) -> Vec<String> {
        let url = match self {
            Self::Sqlite => format!("sqlite://{}", data.join("tenantry.sqlite").display()),
            Self::Postgres { server, name, .. } => {
                let mut url = server.superuser.clone();
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
            Self::Postgres {
                server,
                name,
                roles,
            } => server.variables(name, roles),
        }
    }
}
