//! The instance's file from outside: what is in it, and a write that ends as the process might.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::browser::World;

/// Written by every request or answer, beside what it is about.
const BESIDE: [&str; 2] = ["client_device", "refresh_token"];

pub struct File {
    db: DatabaseConnection,
    tables: Vec<String>,
}

impl File {
    /// Puts a trigger in front of every write.
    pub async fn of(world: &World) -> Self {
        let path = world.folder.path().join("clerk.sqlite");
        let db = Database::connect(format!("sqlite://{}", path.display()));
        let db = db.await.unwrap();
        let all = "SELECT name FROM sqlite_schema WHERE type = 'table' AND \
                   name NOT LIKE 'sqlite_%' AND name NOT LIKE 'fault_%'";
        let tables = texts(&db, all).await;
        let tables: Vec<String> = tables
            .into_iter()
            .filter(|name| !BESIDE.contains(&name.as_str()))
            .collect();
        let file = Self { db, tables };
        file.run("CREATE TABLE IF NOT EXISTS fault_write (n INTEGER)")
            .await;
        file.run("CREATE TABLE IF NOT EXISTS fault_plan (at INTEGER)")
            .await;
        for table in &file.tables {
            for change in ["INSERT", "UPDATE", "DELETE"] {
                file.run(&format!(
                    "CREATE TRIGGER IF NOT EXISTS fault_{table}_{change} BEFORE {change} ON \"{table}\" BEGIN
                         INSERT INTO fault_write VALUES (1);
                         SELECT RAISE(ABORT, 'the process ends here') WHERE
                             (SELECT count(*) FROM fault_write) = (SELECT at FROM fault_plan);
                     END"
                ))
                .await;
            }
        }
        file
    }

    /// From now on the write of this number fails; 0: none.
    pub async fn fail_at(&self, number: usize) {
        let plan = format!(
            "DELETE FROM fault_write; DELETE FROM fault_plan; INSERT INTO fault_plan VALUES ({number})"
        );
        self.run(&plan).await;
    }

    /// Every row of every table.
    pub async fn content(&self) -> BTreeMap<String, Vec<String>> {
        let mut content = BTreeMap::new();
        for table in &self.tables {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns = texts(&self.db, &columns).await;
            let quoted: Vec<_> = columns
                .iter()
                .map(|it| format!("quote(\"{it}\")"))
                .collect();
            let rows = format!("SELECT {} FROM \"{table}\"", quoted.join(" || ',' || "));
            content.insert(table.clone(), texts(&self.db, &rows).await);
        }
        content
    }

    async fn run(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}
