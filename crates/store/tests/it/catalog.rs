//! The list of tables (`store::catalog`), held against the real schema of both databases.

mod schema;

use crate::{
    row_security::policies,
    support::{Kind as DbKind, TestDb, on_each},
};
use schema::{RealTable, Reference, read, virtual_tables};
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use std::sync::Arc;
use store::catalog::{CATALOG, Export, Kind, PersonRule, Purge, SEARCH_INDEX, Table};

/// The column that comes first in everything of a tenant table.
const OWNER: &str = "organization_id";

#[tokio::test]
async fn every_table_is_listed_and_keeps_organizations_apart() {
    on_each(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        let transaction = admin.begin().await.unwrap();
        assert_eq!(complaints(&db, &transaction).await, Vec::<String>::new());
        transaction.rollback().await.unwrap();
        admin.close().await.unwrap();
    })
    .await;
}

/// What the schema has that it should not, or lacks.
async fn complaints(db: &TestDb, transaction: &DatabaseTransaction) -> Vec<String> {
    let real = read(transaction).await;
    let mut complaints = Vec::new();
    for name in real.keys() {
        if !CATALOG.iter().any(|table| table.name == name) {
            complaints.push(format!("{name}: it is not listed"));
        }
    }
    for name in virtual_tables(transaction).await {
        if name != SEARCH_INDEX {
            complaints.push(format!("{name}: the guard does not know it"));
        }
    }
    for (at, table) in CATALOG.iter().enumerate() {
        let name = table.name;
        let Some(found) = real.get(name) else {
            complaints.push(format!("{name}: there is no such table"));
            continue;
        };
        let faults = [
            ownership(db.kind, table, found),
            indexes(table, found),
            references(found, &CATALOG[at + 1..]),
            people(table, found),
        ];
        complaints.extend(
            faults
                .concat()
                .iter()
                .map(|fault| format!("{name}: {fault}")),
        );
    }
    if db.kind == DbKind::Postgres {
        complaints.extend(policies::complaints(transaction, &format!("{}_worker", db.name)).await);
    }
    complaints
}

/// The key, and whose the rows are.
fn ownership(kind: DbKind, table: &Table, found: &RealTable) -> Vec<String> {
    let mut faults = Vec::new();
    if found.key != table.key {
        faults.push(format!("its key is {:?}", found.key));
    }
    let owned = found.columns.iter().any(|column| column == OWNER);
    if owned != (table.kind == Kind::Owned) {
        faults.push(format!("{:?}, but {OWNER} says otherwise", table.kind));
    }
    if table.kind == Kind::Owned {
        if table.key[0] != OWNER {
            faults.push(format!("its key does not begin with {OWNER}"));
        }
        let goes_along = |to: &Reference| to.columns[0] == OWNER && to.cascades;
        if !found.references.iter().any(goes_along) {
            faults.push("its rows do not go with their organization".to_owned());
        }
        if kind == DbKind::Sqlite && !found.keeps_organization {
            faults.push("no trigger keeps its rows with their organization".to_owned());
        }
    }
    faults
}

/// Indexes begin with the organization or are listed, and what is listed is there.
fn indexes(table: &Table, found: &RealTable) -> Vec<String> {
    let unexpected = found.indexes.iter().filter(|columns| {
        let led = table.kind == Kind::Owned && columns[0] == OWNER;
        let listed = table.other_indexes.iter();
        !led && **columns != found.key && !listed.clone().any(|other| **columns == other.columns)
    });
    let missing = table.other_indexes.iter().filter(|other| {
        let mut found = found.indexes.iter();
        !found.any(|columns| columns == other.columns)
    });
    let unexpected = unexpected.map(|columns| format!("the index on {columns:?} is not expected"));
    let missing = missing.map(|other| format!("there is no index on {:?} any more", other.columns));
    unexpected.chain(missing).collect()
}

/// References to tenant tables name the organization; all go to tables `later` in the list.
fn references(found: &RealTable, later: &[Table]) -> Vec<String> {
    let mut faults = Vec::new();
    for Reference {
        target, columns, ..
    } in &found.references
    {
        let listed = |tables: &[Table]| tables.iter().find(|other| other.name == target).copied();
        let tenant = listed(CATALOG).is_some_and(|target| target.kind == Kind::Owned);
        if tenant && (columns[0] != OWNER || columns.len() < 2) {
            faults.push(format!("it refers to {target} without the organization"));
        }
        if listed(later).is_none() {
            faults.push(format!(
                "it refers to {target}, which is not listed after it"
            ));
        }
    }
    faults
}

/// Every column that holds a user's id has its rule.
fn people(table: &Table, found: &RealTable) -> Vec<String> {
    let unruled = found.columns.iter().filter(|column| {
        let mut listed = table.people.iter();
        holds_a_person(column) && !listed.any(|listed| listed.name == *column)
    });
    let missing = table
        .people
        .iter()
        .filter(|listed| !found.columns.iter().any(|column| column == listed.name));
    let unruled =
        unruled.map(|column| format!("nothing says what the end of a person does to {column}"));
    let missing = missing.map(|listed| format!("there is no column {} any more", listed.name));
    unruled.chain(missing).collect()
}

/// Whether a column of this name holds a user's id.
fn holds_a_person(column: &str) -> bool {
    ["actor_id", "assignee_id"].contains(&column)
        || column.ends_with("user_id")
        || column.ends_with("_by")
}

#[test]
fn exemptions_have_reasons_and_rules_fit_the_kind() {
    for table in CATALOG {
        let mut reasons: Vec<&str> = table.other_indexes.iter().map(|other| other.why).collect();
        if let Kind::Bookkeeping { why } = table.kind {
            reasons.push(why);
        }
        if let Export::Nothing(why) = table.export {
            reasons.push(why);
        }
        if let Purge::Nothing(why) = table.purge {
            reasons.push(why);
        }
        reasons.extend(
            table
                .people
                .iter()
                .filter_map(|column| match column.on_deletion {
                    PersonRule::Keep(why) => Some(why),
                    PersonRule::Remove | PersonRule::Anonymise => None,
                }),
        );
        for why in reasons {
            assert!(why.split(' ').count() >= 3, "{}: {why:?}", table.name);
        }
        // What an organization owns it gets, and takes with it.
        if table.kind == Kind::Owned {
            assert_eq!(table.purge, Purge::Own, "{}", table.name);
            assert_eq!(table.owner(), Some(OWNER), "{}", table.name);
        }
        for (own, what) in [
            (table.export == Export::Own, "export"),
            (table.purge == Purge::Own, "purge"),
        ] {
            assert!(!own || table.owner().is_some(), "{}: {what}", table.name);
        }
    }
}

#[tokio::test]
async fn the_guard_notices_what_is_wrong() {
    on_each(|db: Arc<TestDb>| async move {
        let own = match db.kind {
            DbKind::Sqlite => &SQLITE_DAMAGE[..],
            DbKind::Postgres => &POSTGRES_DAMAGE[..],
        };
        let admin = db.admin().await;
        for (damage, complaint) in DAMAGE.iter().chain(own) {
            // Both databases undo changes of the schema, too.
            let transaction = admin.begin().await.unwrap();
            transaction.execute_unprepared(damage).await.unwrap();
            let complaints = complaints(&db, &transaction).await;
            assert!(
                complaints.iter().any(|noticed| noticed.contains(complaint)),
                "{damage}: {complaints:?}"
            );
            transaction.rollback().await.unwrap();
        }
        let transaction = admin.begin().await.unwrap();
        assert_eq!(complaints(&db, &transaction).await, Vec::<String>::new());
        transaction.rollback().await.unwrap();
        admin.close().await.unwrap();
    })
    .await;
}

/// What is done to the schema, and part of what has to be said of it.
const DAMAGE: [(&str, &str); 7] = [
    (
        "CREATE TABLE extra (organization_id text, id text, PRIMARY KEY (organization_id, id))",
        "extra: it is not listed",
    ),
    (
        "DROP TABLE tombstones",
        "tombstones: there is no such table",
    ),
    (
        "CREATE INDEX loose ON projects (name, organization_id)",
        "projects: the index on [\"name\", \"organization_id\"] is not expected",
    ),
    (
        "DROP INDEX memberships_user",
        "memberships: there is no index on [\"user_id\"] any more",
    ),
    (
        "ALTER TABLE projects ADD COLUMN updated_by text",
        "projects: nothing says what the end of a person does to updated_by",
    ),
    (
        "ALTER TABLE projects DROP COLUMN created_by",
        "projects: there is no column created_by any more",
    ),
    (
        "ALTER TABLE webhook_events ADD COLUMN organization_id text",
        "webhook_events: Bookkeeping",
    ),
];

const SQLITE_DAMAGE: [(&str, &str); 5] = [
    (
        "CREATE VIRTUAL TABLE second USING fts5 (organization_id, words)",
        "second: the guard does not know it",
    ),
    (
        "DROP TRIGGER projects_keep_organization",
        "projects: no trigger keeps its rows with their organization",
    ),
    (
        "DROP TABLE projects; CREATE TABLE projects \
         (organization_id text, id text, created_by text, PRIMARY KEY (id, organization_id))",
        "projects: its key is [\"id\", \"organization_id\"]",
    ),
    (
        "DROP TABLE projects; CREATE TABLE projects \
         (organization_id text, id text, created_by text, PRIMARY KEY (organization_id, id))",
        "projects: its rows do not go with their organization",
    ),
    (
        "ALTER TABLE audit_events ADD COLUMN project_id text REFERENCES projects (id)",
        "audit_events: it refers to projects without the organization",
    ),
];

const POSTGRES_DAMAGE: [(&str, &str); 12] = [
    (
        "ALTER TABLE projects DROP CONSTRAINT projects_pkey CASCADE; \
         ALTER TABLE projects ADD PRIMARY KEY (id, organization_id)",
        "projects: its key is [\"id\", \"organization_id\"]",
    ),
    (
        "ALTER TABLE projects DROP CONSTRAINT projects_organization_id_fkey",
        "projects: its rows do not go with their organization",
    ),
    (
        "ALTER TABLE projects ADD UNIQUE (id); \
         ALTER TABLE audit_events ADD COLUMN project_id uuid REFERENCES projects (id)",
        "audit_events: it refers to projects without the organization",
    ),
    (
        "CREATE MATERIALIZED VIEW leaky AS SELECT * FROM projects",
        "leaky: row-level security is not enabled",
    ),
    // A view reads as its owner.
    (
        "CREATE VIEW leaky AS SELECT * FROM projects",
        "leaky: no policy is expected",
    ),
    (
        "ALTER TABLE projects DISABLE ROW LEVEL SECURITY",
        "projects: row-level security is not enabled",
    ),
    (
        "ALTER TABLE users NO FORCE ROW LEVEL SECURITY",
        "users: row-level security is not forced",
    ),
    (
        "DROP POLICY projects_all ON projects",
        "missing or repeated policy",
    ),
    (
        "CREATE POLICY second ON projects USING (true)",
        "unexpected policy",
    ),
    (
        "ALTER POLICY projects_all ON projects WITH CHECK (true)",
        "unexpected policy",
    ),
    (
        "ALTER POLICY projects_all ON projects USING (organization_id = \
         (SELECT current_setting('app.organization_id', true)))",
        "unexpected policy",
    ),
    (
        "CREATE FUNCTION everything() RETURNS SETOF projects LANGUAGE sql RETURN NULL::projects",
        "unexpected function",
    ),
];
