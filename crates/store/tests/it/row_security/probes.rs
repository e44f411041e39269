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
pub(super) const PROTECTED: [&str; 6] = [
    "organizations",
    "users",
    "memberships",
    "projects",
    "audit_events",
    "audit_heads",
];

/// How many rows of each of [`PROTECTED`] an unscoped query finds, on behalf of.
const SEEN: [(Role, Subject, [u64; 6]); 15] = [
    (Role::App, NOBODY, [0; 6]),
    (Role::App, reading(NOBODY), [0; 6]),
    (Role::App, MAX_AT_ACME, [1, 2, 2, 1, 4, 1]),
    (Role::App, ACME, [1, 2, 2, 1, 4, 1]),
    (Role::App, ADA, [2, 1, 2, 0, 0, 0]),
    // By himself he sees what he did.
    (Role::App, MAX, [1, 1, 1, 0, 1, 0]),
    (Role::Owner, NOBODY, [0; 6]),
    (Role::Owner, reading(NOBODY), [0; 6]),
    (Role::Owner, MAX_AT_ACME, [1, 2, 2, 1, 4, 1]),
    // What it may change it sees, and no more.
    (Role::Worker, NOBODY, [0; 6]),
    (Role::Worker, MAX_AT_ACME, [1, 1, 2, 1, 4, 1]),
    (Role::Worker, ACME, [1, 0, 2, 1, 4, 1]),
    (Role::Worker, ADA, [0, 1, 2, 0, 0, 0]),
    // While it only reads: as the application does; on nobody's behalf, everybody's.
    (Role::Worker, reading(ACME), [1, 2, 2, 1, 4, 1]),
    (Role::Worker, reading(NOBODY), [2, 4, 4, 0, 0, 0]),
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
const WRITTEN: [(Role, Outcome, &str); 35] = [
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
         SELECT organization_id, 5, at, actor_kind, actor_id, action, target_kind, target_id, \
         origin_digest, hash FROM audit_events WHERE seq = 4",
    ),
    (
        Role::App,
        Refused,
        "INSERT INTO audit_events (organization_id, seq, at, actor_kind, actor_id, action, \
         target_kind, target_id, origin_digest, hash) \
         SELECT 'org_globex', 5, at, actor_kind, actor_id, action, target_kind, target_id, \
         origin_digest, hash FROM audit_events WHERE seq = 4",
    ),
    (
        Role::Worker,
        Wrote(1),
        "INSERT INTO audit_events (organization_id, seq, at, actor_kind, actor_id, action, \
         target_kind, target_id, origin_digest, hash) \
         SELECT organization_id, 5, at, 'system', 'clerk', action, target_kind, target_id, \
         origin_digest, hash FROM audit_events WHERE seq = 4",
    ),
    (
        Role::Worker,
        Refused,
        "INSERT INTO audit_events (organization_id, seq, at, actor_kind, actor_id, action, \
         target_kind, target_id, origin_digest, hash) \
         SELECT 'org_globex', 5, at, 'system', 'clerk', action, target_kind, target_id, \
         origin_digest, hash FROM audit_events WHERE seq = 4",
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
        Wrote(4),
        "UPDATE audit_events SET ip = NULL, user_agent = NULL, origin_salt = NULL",
    ),
    (Role::Worker, Refused, "UPDATE audit_events SET at = 0"),
    (Role::Worker, Refused, "DELETE FROM audit_events"),
    (Role::Worker, Wrote(1), "UPDATE audit_heads SET seq = 2"),
    (
        Role::Worker,
        Refused,
        "UPDATE audit_heads SET organization_id = 'org_globex'",
    ),
    (Role::Worker, Refused, "DELETE FROM audit_heads"),
    // A purge deletes them, and need not see more than whose they are.
    (Role::Worker, Wrote(1), "DELETE FROM projects"),
    (Role::Worker, Refused, "SELECT name FROM projects"),
    (Role::Worker, Refused, "UPDATE projects SET name = 'Ours'"),
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

/// The usual people, and a project at each organization.
pub(super) async fn populate(db: &TestDb) {
    db.populate().await;
    db.create(&session("max", "acme"), "acme", "Ours").await;
    db.create(&session("gus", "globex"), "globex", "Theirs")
        .await;
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
            let expected = Wrote(rows);
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
