//! What the walls cost: a page of 50 projects by scope, against the same SQL sent bare by who
//! sees everything. Both as often, in turns, so that a busy machine slows both; in rounds with
//! connections of their own, since on which core a connection's thread happens to live makes more
//! of a difference than what is measured.
//!
//! `cargo bench -p store` measures SQLite, and PostgreSQL where `TENANTRY_TEST_POSTGRES` names a
//! server (as for the tests). 1,000,000 projects in 10 organizations, then in 10,000.
//! `docs/tenancy.md` has the numbers.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "a part of what the tests use")]
mod support;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    Statement, TransactionTrait,
};
use std::time::{Duration, Instant};
use store::{ProjectFilter, Store, Tenant, Uuid};
use support::{Kind, TestDb, databases, options, session_as};

const ROWS: u32 = 1_000_000;
const ROUNDS: usize = 25;
const TURNS: usize = 200;
/// The turns of each round that warm up.
const WARM_UP: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("database  organizations  bare SQL  by scope   over  entering");
    for kind in databases() {
        for organizations in [10, 10_000] {
            let db = TestDb::migrated(kind).await;
            fill(&db, organizations).await;
            measure(&db, organizations).await;
            db.drop_database().await;
        }
    }
}

/// Organizations, a member each, and all projects, as who sees everything.
async fn fill(db: &TestDb, organizations: u32) {
    let admin = db.admin().await;
    let (from, id, analyze) = match db.kind {
        Kind::Sqlite => (
            "(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < $rows) \
             SELECT n FROM s)",
            "randomblob(16)",
            "ANALYZE",
        ),
        Kind::Postgres => (
            "(SELECT generate_series(0, $rows - 1) AS n) s",
            "gen_random_uuid()",
            "VACUUM ANALYZE",
        ),
    };
    let statement = |sql: &str, rows: u32| {
        let rows = rows.to_string();
        sql.replace("$from", from).replace("$rows", &rows)
    };
    for (sql, rows) in [
        (
            "INSERT INTO organizations (id, slug, name, created_at, updated_at) \
             SELECT 'org_' || n, 'org-' || n, 'Organization', 0, 1 FROM $from",
            organizations,
        ),
        (
            "INSERT INTO users (id, created_at, updated_at) SELECT 'user_' || n, 0, 1 FROM $from",
            organizations,
        ),
        (
            "INSERT INTO memberships (organization_id, user_id, id, role, created_at, updated_at) \
             SELECT 'org_' || n, 'user_' || n, 'mem_' || n, 'org:member', 0, 1 FROM $from",
            organizations,
        ),
        (
            &format!(
                "INSERT INTO projects (organization_id, id, name, created_by, created_at, \
                 updated_at) SELECT 'org_' || (n % {organizations}), {id}, 'A project', 'user_1', \
                 0, 1 FROM $from"
            ),
            ROWS,
        ),
        (analyze, 0),
    ] {
        admin
            .execute_unprepared(&statement(sql, rows))
            .await
            .unwrap();
    }
    admin.close().await.unwrap();
}

async fn measure(db: &TestDb, organizations: u32) {
    let session = session_as("7", None, "");
    let user = session.user_id().as_str().to_owned();
    assert_eq!(user, "user_7");
    let session = clerk::test_util::session(&user, Some(("org_7", "org-7", "org:member")));
    let (mut bares, mut scopeds) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // The store does not log each statement either.
        let mut quiet = ConnectOptions::new(&db.admin_url);
        quiet.sqlx_logging(false);
        let admin = Database::connect(quiet).await.unwrap();
        let bare = admin.begin().await.unwrap();
        let store = another_store(db).await;
        let tenant = store.enter(&session, "org-7").await.unwrap();
        for turn in 0..WARM_UP + TURNS {
            let began = Instant::now();
            assert_eq!(list_bare(&bare).await, 50);
            let between = Instant::now();
            assert_eq!(list_scoped(&tenant).await, 50);
            if turn >= WARM_UP {
                bares.push(between - began);
                scopeds.push(between.elapsed());
            }
        }
        drop(tenant);
        bare.rollback().await.unwrap();
        admin.close().await.unwrap();
    }
    let mut enterings = Vec::new();
    for _ in 0..TURNS {
        let began = Instant::now();
        drop(db.store.enter(&session, "org-7").await.unwrap());
        enterings.push(began.elapsed());
    }
    let [bare, scoped, entering] = [bares, scopeds, enterings].map(median);
    let over = (scoped.as_secs_f64() / bare.as_secs_f64() - 1.0) * 100.0;
    println!(
        "{:<9} {organizations:>13} {:>6} us {:>6} us {over:>5.1}% {:>6} us",
        format!("{:?}", db.kind),
        bare.as_micros(),
        scoped.as_micros(),
        entering.as_micros(),
    );
    if organizations > 10 {
        let admin = db.admin().await;
        plan(db, &admin).await;
        admin.close().await.unwrap();
    }
}

/// A store on the same database, with connections of its own.
async fn another_store(db: &TestDb) -> Store {
    let mut options = options(db.clock.shared());
    options.worker_url = Some(db.worker_url.clone());
    Store::connect(&db.url, &options).await.unwrap()
}

/// What the repository sends, but for the walls.
const LIST: &str = "SELECT id, name, created_by, created_at, updated_at, archived_at \
    FROM projects WHERE organization_id = $1 AND archived_at IS NULL ORDER BY id DESC LIMIT 51";

/// One row, read from columns.
#[allow(dead_code, reason = "what is read is only counted")]
struct Row {
    id: Uuid,
    name: String,
    created_by: String,
    created_at: i64,
    updated_at: i64,
    archived_at: Option<i64>,
}

async fn list_bare(transaction: &DatabaseTransaction) -> usize {
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, LIST, ["org_7".into()]);
    let rows = transaction.query_all_raw(statement).await.unwrap();
    let rows = rows.iter().take(50).map(|row| Row {
        id: row.try_get_by_index(0).unwrap(),
        name: row.try_get_by_index(1).unwrap(),
        created_by: row.try_get_by_index(2).unwrap(),
        created_at: row.try_get_by_index(3).unwrap(),
        updated_at: row.try_get_by_index(4).unwrap(),
        archived_at: row.try_get_by_index(5).unwrap(),
    });
    rows.collect::<Vec<_>>().len()
}

async fn list_scoped(tenant: &Tenant) -> usize {
    let projects = tenant.projects();
    let page = projects.list(ProjectFilter::Active, None).await.unwrap();
    page.items.len()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// How the database goes about it; on PostgreSQL as the application's role.
async fn plan(db: &TestDb, admin: &DatabaseConnection) {
    let list = LIST.replace("$1", "'org_7'");
    let lines: Vec<String> = match db.kind {
        Kind::Sqlite => {
            let explain = format!("EXPLAIN QUERY PLAN {list}");
            let rows = admin.query_all_raw(Statement::from_string(DbBackend::Sqlite, explain));
            let rows = rows.await.unwrap();
            rows.iter()
                .map(|row| row.try_get("", "detail").unwrap())
                .collect()
        }
        Kind::Postgres => {
            let app = db.app().await;
            let transaction = app.begin().await.unwrap();
            let settings = "SELECT set_config('app.organization_id', 'org_7', true)";
            transaction.execute_unprepared(settings).await.unwrap();
            let explain = format!("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {list}");
            let rows = transaction
                .query_all_raw(Statement::from_string(DbBackend::Postgres, explain))
                .await
                .unwrap();
            transaction.rollback().await.unwrap();
            app.close().await.unwrap();
            rows.iter()
                .map(|row| row.try_get_by_index(0).unwrap())
                .collect()
        }
    };
    for line in lines {
        println!("    {line}");
    }
}
