//! Deliberately wrong SQL as each role, on behalf of each kind of subject, and what has to
//! come of it.

use crate::support::{TestDb, refused_with, session};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};

/// As whom a probe is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    App,
    Worker,
    Owner,
}

/// On whose behalf, and whether in a transaction that only reads.
#[derive(Debug, Clone, Copy)]
struct Subject {
    organization: &'static str,
    user: &'static str,
    reads: bool,
}

const NOBODY: Subject = subject("", "");
const ACME: Subject = subject("org_acme", "");
const MAX_AT_ACME: Subject = subject("org_acme", "user_max");
const MAX: Subject = subject("", "user_max");
const ADA: Subject = subject("", "user_ada");

const fn subject(organization: &'static str, user: &'static str) -> Subject {
    Subject {
        organization,
        user,
        reads: false,
    }
}

const fn reading(subject: Subject) -> Subject {
    Subject {
        reads: true,
        ..subject
    }
}

/// Every table with a policy.
pub(super) const PROTECTED: [&str; 14] = [
    "organizations",
    "users",
    "memberships",
    "audit_events",
    "audit_heads",
    "projects",
    "tasks",
    "task_numbers",
    "labels",
    "task_labels",
    "checklist_items",
    "comments",
    "mentions",
    "search_documents",
];

/// Where those begin that are the application's alone. Each organization has one row in each.
const OWN: usize = 5;

/// How many rows of each of [`PROTECTED`] an unscoped query finds. `None`: the role may not
/// ask.
type Rows = [Option<u64>; PROTECTED.len()];

/// Of Clerk's tables and the audit log, and of each of the application's own.
const fn all(rows: [u64; OWN], own: u64) -> Rows {
    let mut all = workers(rows);
    let mut at = OWN;
    while at < all.len() {
        all[at] = Some(own);
        at += 1;
    }
    all
}

/// What Clerk says, and the audit log: the rest is not the worker's business.
const fn workers(rows: [u64; OWN]) -> Rows {
    let [organizations, users, memberships, audit_events, audit_heads] = rows;
    let mut all = [None; PROTECTED.len()];
    all[0] = Some(organizations);
    all[1] = Some(users);
    all[2] = Some(memberships);
    all[3] = Some(audit_events);
    all[4] = Some(audit_heads);
    all
}

/// What there is to see: unscoped, on behalf of.
const SEEN: [(Role, Subject, Rows); 15] = [
    (Role::App, NOBODY, all([0; OWN], 0)),
    (Role::App, reading(NOBODY), all([0; OWN], 0)),
    (Role::App, MAX_AT_ACME, all([1, 2, 2, 1, 1], 1)),
    (Role::App, ACME, all([1, 2, 2, 1, 1], 1)),
    (Role::App, ADA, all([2, 1, 2, 0, 0], 0)),
    // By himself he sees what he did.
    (Role::App, MAX, all([1, 1, 1, 1, 0], 0)),
    (Role::Owner, NOBODY, all([0; OWN], 0)),
    (Role::Owner, reading(NOBODY), all([0; OWN], 0)),
    (Role::Owner, MAX_AT_ACME, all([1, 2, 2, 1, 1], 1)),
    // What it may change it sees, and no more.
    (Role::Worker, NOBODY, workers([0; OWN])),
    (Role::Worker, MAX_AT_ACME, workers([1, 1, 2, 1, 1])),
    (Role::Worker, ACME, workers([1, 0, 2, 1, 1])),
    (Role::Worker, ADA, workers([0, 1, 2, 0, 0])),
    // While it only reads: as the application does; on nobody's behalf, everybody's.
    (Role::Worker, reading(ACME), workers([1, 2, 2, 1, 1])),
    (Role::Worker, reading(NOBODY), workers([2, 4, 4, 0, 0])),
];

/// What may come of a statement that writes.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Rows(u64),
    /// For want of a privilege or by a policy: SQLSTATE 42501.
    Refused,
    /// Whatever else the database had against it, its SQLSTATE.
    Failed(String),
}

use Outcome::{Refused, Rows as Wrote};

/// Max at Acme writes whatever he likes.
const WRITTEN: [(Role, Outcome, &str); 27] = [
    (Role::App, Wrote(1), "UPDATE projects SET name = 'Ours'"),
    (Role::App, Wrote(1), "DELETE FROM projects"),
    (
        Role::App,
        Wrote(1),
        "INSERT INTO projects VALUES ('org_acme', gen_random_uuid(), 'x', 'user_max', 0, 0)",
    ),
    (
        Role::App,
        Refused,
        "INSERT INTO projects VALUES ('org_globex', gen_random_uuid(), 'x', 'user_max', 0, 0)",
    ),
    (
        Role::App,
        Refused,
        "UPDATE projects SET organization_id = 'org_globex'",
    ),
    (
        Role::App,
        Wrote(1),
        "INSERT INTO audit_events (organization_id, seq, at, actor_kind, actor_id, action, \
         target_kind, target_id, origin_digest, hash) \
         SELECT organization_id, 2, at, actor_kind, actor_id, action, target_kind, target_id, \
         origin_digest, hash FROM audit_events",
    ),
    (
        Role::App,
        Refused,
        "INSERT INTO audit_events (organization_id, seq, at, actor_kind, actor_id, action, \
         target_kind, target_id, origin_digest, hash) \
         SELECT 'org_globex', 2, at, actor_kind, actor_id, action, target_kind, target_id, \
         origin_digest, hash FROM audit_events",
    ),
    (Role::App, Refused, "UPDATE audit_events SET ip = NULL"),
    (Role::App, Wrote(1), "UPDATE audit_heads SET seq = 2"),
    (
        Role::App,
        Refused,
        "UPDATE audit_heads SET organization_id = 'org_globex'",
    ),
    (
        Role::App,
        Refused,
        "INSERT INTO audit_heads SELECT 'org_globex', seq, hash FROM audit_heads",
    ),
    (
        Role::Worker,
        Wrote(1),
        "UPDATE audit_events SET ip = NULL, user_agent = NULL, origin_salt = NULL",
    ),
    (Role::Worker, Refused, "UPDATE audit_events SET at = 0"),
    (Role::Worker, Refused, "UPDATE audit_heads SET seq = 2"),
    (
        Role::App,
        Refused,
        "UPDATE memberships SET role = 'org:admin' WHERE user_id = 'user_max'",
    ),
    (
        Role::Worker,
        Wrote(2),
        "UPDATE memberships SET role = 'org:admin'",
    ),
    (Role::Worker, Wrote(2), "DELETE FROM memberships"),
    (
        Role::Worker,
        Refused,
        "UPDATE memberships SET organization_id = 'org_globex'",
    ),
    (
        Role::Worker,
        Refused,
        "INSERT INTO memberships VALUES ('org_globex', 'user_max', 'orgmem_x', 'org:admin', 0, 0)",
    ),
    (
        Role::Worker,
        Wrote(1),
        "UPDATE organizations SET name = 'Ours'",
    ),
    (Role::Worker, Wrote(1), "DELETE FROM organizations"),
    (
        Role::Worker,
        Refused,
        "UPDATE organizations SET id = 'org_new'",
    ),
    (
        Role::Worker,
        Refused,
        "INSERT INTO organizations VALUES ('org_new', 'new', 'New', NULL, 0, 0)",
    ),
    (Role::Worker, Wrote(1), "UPDATE users SET email = 'x'"),
    (Role::Worker, Wrote(1), "DELETE FROM users"),
    (Role::Worker, Refused, "UPDATE users SET id = 'user_new'"),
    (
        Role::Worker,
        Refused,
        "INSERT INTO users VALUES ('user_new', NULL, NULL, NULL, NULL, 0, 0)",
    ),
];

/// The usual people, and a project at each organization with one of everything.
pub(super) async fn populate(db: &TestDb) {
    db.populate().await;
    db.create(&session("max", "acme"), "acme", "Ours").await;
    db.create(&session("gus", "globex"), "globex", "Theirs")
        .await;
    let admin = db.admin().await;
    for sql in [
        "INSERT INTO task_numbers SELECT id, 1 FROM organizations",
        "INSERT INTO tasks SELECT organization_id, gen_random_uuid(), id, 1, 'x', '', 'todo', 'i', \
         NULL, NULL, 1, 1, created_by, 0, 0 FROM projects",
        "INSERT INTO labels SELECT id, gen_random_uuid(), 'x', 'x', 'red', 0 FROM organizations",
        "INSERT INTO task_labels SELECT organization_id, t.id, l.id FROM tasks t \
         JOIN labels l USING (organization_id)",
        "INSERT INTO checklist_items SELECT organization_id, id, id, 'x', NULL, 'i', 1 FROM tasks",
        "INSERT INTO comments SELECT organization_id, id, id, 'x', 1, created_by, 0 FROM tasks",
        "INSERT INTO mentions SELECT organization_id, id, created_by FROM comments",
    ] {
        admin.execute_unprepared(sql).await.unwrap();
    }
    admin.close().await.unwrap();
}

/// What Max at Acme writes into the application's tables that have no lines of their own in
/// [`WRITTEN`].
fn written_alike() -> Vec<(Outcome, String)> {
    let tables = &PROTECTED[OWN + 1..];
    let probes = tables.iter().flat_map(|table| {
        let theirs = match *table {
            // A column that PostgreSQL fills itself can't be written.
            "search_documents" => {
                "INSERT INTO search_documents (organization_id, id, project_id, title, body) \
                 SELECT 'org_globex', id, project_id, title, body FROM search_documents"
                    .to_owned()
            }
            table => format!(
                "INSERT INTO {table} SELECT \
                 (jsonb_populate_record(t, '{{\"organization_id\": \"org_globex\"}}')).* FROM {table} t"
            ),
        };
        [
            (
                Wrote(1),
                format!("UPDATE {table} SET organization_id = organization_id"),
            ),
            (
                Refused,
                format!("UPDATE {table} SET organization_id = 'org_globex'"),
            ),
            (Refused, theirs),
        ]
    });
    probes.collect()
}

/// What of the probes did not end as it has to. Nothing they do lasts.
pub(super) async fn surprises(db: &TestDb) -> Vec<String> {
    let connections = [
        (Role::App, db.app().await),
        (Role::Worker, db.worker().await),
        (Role::Owner, db.owner().await),
    ];
    let as_role = |role: Role| -> &DatabaseConnection {
        let found = connections.iter().find(|(other, _)| *other == role);
        &found.unwrap().1
    };
    let mut surprises = Vec::new();
    for (role, subject, rows) in SEEN {
        for (table, rows) in PROTECTED.into_iter().zip(rows) {
            let expected = rows.map_or(Refused, Wrote);
            let sql = format!("SELECT FROM {table}");
            let outcome = send(as_role(role), subject, &sql).await;
            if outcome != expected {
                surprises.push(format!("{role:?}, {subject:?}: {outcome:?} for {sql}"));
            }
        }
    }
    for (role, expected, sql) in WRITTEN {
        let outcome = send(as_role(role), MAX_AT_ACME, sql).await;
        if outcome != expected {
            surprises.push(format!("{role:?}: {outcome:?} for {sql}"));
        }
    }
    for (expected, sql) in written_alike() {
        let outcome = send(as_role(Role::App), MAX_AT_ACME, &sql).await;
        if outcome != expected {
            surprises.push(format!("{outcome:?} for {sql}"));
        }
    }
    for (_, connection) in connections {
        connection.close().await.unwrap();
    }
    surprises
}

async fn send(connection: &DatabaseConnection, subject: Subject, sql: &str) -> Outcome {
    let transaction = connection.begin().await.unwrap();
    act_for(&transaction, subject.organization, subject.user).await;
    if subject.reads {
        let read_only = "SET transaction_read_only = on";
        transaction.execute_unprepared(read_only).await.unwrap();
    }
    let outcome = match transaction.execute_unprepared(sql).await {
        Ok(done) => Wrote(done.rows_affected()),
        Err(error) => match refused_with(Err(error)) {
            state if state == "42501" => Refused,
            state => Outcome::Failed(state),
        },
    };
    transaction.rollback().await.unwrap();
    outcome
}

/// Sets on whose behalf a transaction runs.
pub(super) async fn act_for(transaction: &DatabaseTransaction, organization: &str, user: &str) {
    let settings = format!(
        "SELECT set_config('app.organization_id', '{organization}', true), \
                set_config('app.user_id', '{user}', true)"
    );
    transaction.execute_unprepared(&settings).await.unwrap();
}
