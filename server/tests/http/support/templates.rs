//! What every server starts from, made once for all tests of a process: making it takes longer than
//! most of them. The copies have the instance's keys and the database's roles in common.

use std::{collections::HashMap, path::Path};

use clerk_local::{LocalClerk, LocalOptions};
use sea_orm_migration::sea_orm::{ConnectionTrait, Database};
use server::{commands::migrate, config::Config};
use tokio::sync::OnceCell;

use super::databases::Server;

/// The embedded database, migrated, and a Clerk instance that has its keys.
const FILES: [&str; 2] = ["tenantry.sqlite", "clerk.sqlite"];

/// Writes [`FILES`] into the folder of a server that is to be started.
pub async fn fill(data: &Path) {
    static TEMPLATE: OnceCell<[Vec<u8>; 2]> = OnceCell::const_new();
    let files = TEMPLATE.get_or_init(make_files).await;
    for (name, content) in FILES.iter().zip(files) {
        std::fs::write(data.join(name), content).expect("a file");
    }
}

async fn make_files() -> [Vec<u8>; 2] {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let origin = "http://localhost";
    let variables = HashMap::from([
        ("PUBLIC_URL".to_owned(), origin.to_owned()),
        ("DATA_DIR".to_owned(), folder.path().display().to_string()),
    ]);
    let config = Config::from_variables(&variables).expect("a configuration");
    migrate::run(&config).await.expect("migrations");
    let url = origin.parse().expect("a URL");
    let clerk = LocalClerk::open(LocalOptions::new(folder.path(), url)).await;
    let clerk = clerk.expect("an instance");
    let mut files = Vec::new();
    for name in FILES {
        let copy = folder.path().join(format!("copy-of-{name}"));
        let url = format!("sqlite://{}", folder.path().join(name).display());
        let connection = Database::connect(&url).await.expect("a connection");
        // With what the log beside the file still holds.
        let vacuum = format!("VACUUM INTO '{}'", copy.display());
        let copied = connection.execute_unprepared(&vacuum).await;
        copied.expect("a copy");
        connection.close().await.expect("a close");
        files.push(std::fs::read(copy).expect("a file"));
    }
    drop(clerk);
    files.try_into().expect("two files")
}

/// A migrated database on the PostgreSQL server, to which nobody is connected.
pub struct Migrated {
    /// Its name, and the beginning of the names of its three roles.
    pub name: String,
}

/// The one that others are copied from.
pub async fn migrated(server: &Server) -> &'static Migrated {
    static TEMPLATE: OnceCell<Migrated> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(async || {
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        let owner = format!("CREATE ROLE {name}_owner LOGIN CREATEROLE PASSWORD 'owner'");
        let database = format!("CREATE DATABASE {name} OWNER {name}_owner TEMPLATE template0");
        server.execute(&[&owner, &database]).await;
        let variables = server.variables(&name, &name).into_iter();
        let variables = variables.chain([
            ("PUBLIC_URL".to_owned(), "http://localhost".to_owned()),
            ("DATA_DIR".to_owned(), "/nowhere".to_owned()),
        ]);
        let config = Config::from_variables(&variables.collect()).expect("a configuration");
        migrate::run(&config).await.expect("migrations");
        Migrated { name }
    });
    template.await
}
