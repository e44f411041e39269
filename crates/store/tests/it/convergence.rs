//! Clerk's events in every order, and with crashes in between: the end is always the same.

use crate::support::{
    Kind, START, TestDb, deleted, event, membership, on_each, organization, user,
};
use clerk::{
    ids::MembershipId,
    models::OrganizationMembership,
    webhooks::{Event, EventData},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::sync::Arc;

/// What happens in a story, in the order in which it happens: when, and what.
type Story = fn(&str) -> Vec<(i64, EventData)>;

const STORIES: [(&str, Story); 4] = [
    ("a promotion", promotion),
    ("leaving and coming back", coming_back),
    ("the end of a person", end_of_a_person),
    ("the end of an organization", end_of_an_organization),
];

/// Somebody joins, everything is renamed, and she becomes an admin.
fn promotion(name: &str) -> Vec<(i64, EventData)> {
    let mut renamed = organization(name, START + 3);
    renamed.name = "Renamed".to_owned();
    vec![
        (0, EventData::UserCreated(user(name, START))),
        (0, EventData::OrganizationCreated(organization(name, START))),
        (1, joined(member(name, "org:member", START + 1))),
        (
            2,
            EventData::UserUpdated(user_called(name, "New", START + 2)),
        ),
        (3, EventData::OrganizationUpdated(renamed)),
        (4, changed(member(name, "org:admin", START + 4))),
    ]
}

/// Who joins again gets a new membership.
fn coming_back(name: &str) -> Vec<(i64, EventData)> {
    let mut again = member(name, "org:member", START + 4);
    again.id = MembershipId::new(format!("orgmem_{name}_again"));
    vec![
        (0, EventData::UserCreated(user(name, START))),
        (0, EventData::OrganizationCreated(organization(name, START))),
        (1, joined(member(name, "org:member", START + 1))),
        (2, changed(member(name, "org:admin", START + 2))),
        (3, left(member(name, "org:admin", START + 2))),
        (4, joined(again)),
    ]
}

fn end_of_a_person(name: &str) -> Vec<(i64, EventData)> {
    vec![
        (0, EventData::OrganizationCreated(organization(name, START))),
        (0, EventData::UserCreated(user(name, START))),
        (1, joined(member(name, "org:member", START + 1))),
        (
            2,
            EventData::UserUpdated(user_called(name, "New", START + 2)),
        ),
        (3, left(member(name, "org:member", START + 1))),
        (
            3,
            EventData::UserDeleted(deleted("user", &format!("user_{name}"))),
        ),
    ]
}

fn end_of_an_organization(name: &str) -> Vec<(i64, EventData)> {
    let gone = deleted("organization", &format!("org_{name}"));
    vec![
        (0, EventData::UserCreated(user(name, START))),
        (0, EventData::OrganizationCreated(organization(name, START))),
        (1, joined(member(name, "org:admin", START + 1))),
        (
            2,
            EventData::OrganizationUpdated(organization(name, START + 2)),
        ),
        (3, EventData::OrganizationDeleted(gone)),
        (
            4,
            EventData::UserUpdated(user_called(name, "New", START + 4)),
        ),
    ]
}

#[tokio::test]
async fn every_order_with_repetitions_ends_alike() {
    on_each(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        // A round trip to a server costs ten times a SQLite file's: there, every 23rd order.
        let stride = if db.kind == Kind::Sqlite { 1 } else { 23 };
        for (title, story) in STORIES {
            let expected = {
                tell(&db, "in-order", &deliveries("in-order", story)).await;
                rows(&admin, "in-order").await
            };
            assert!(!expected.is_empty());
            for (number, order) in orders(6).into_iter().enumerate().step_by(stride) {
                let name = format!("p{number}");
                let told = deliveries(&name, story);
                let mut told: Vec<Event> = order.iter().map(|at| told[*at].clone()).collect();
                // One comes twice under its own id, as deliveries that were not acknowledged
                // do, and one again later under another.
                let repeated = told[number % 6].clone();
                told.insert(6 - number % 3, repeated);
                let mut replayed = told[number % 5].clone();
                replayed.id.push_str("-replayed");
                told.push(replayed);
                tell(&db, &name, &told).await;
                assert_eq!(
                    rows(&admin, &name).await,
                    expected,
                    "{title}, order {order:?}"
                );
                let entries = history_holds(&db, &name).await;
                assert!(entries <= 6, "{title}, order {order:?}: {entries} entries");
            }
            empty(&admin).await;
        }
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_delivery_that_crashed_anywhere_is_told_again() {
    on_each(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        let mut crashes = 0;
        for (title, story) in STORIES {
            let expected = {
                tell(&db, "calm", &deliveries("calm", story)).await;
                (rows(&admin, "calm").await, entries(&admin, "calm").await)
            };
            for table in TABLES {
                for told in deliveries(table, story) {
                    let before = (rows(&admin, table).await, entries(&admin, table).await);
                    break_table(&admin, table).await;
                    let outcome = db.store.identity().apply_event(&told).await;
                    mend_table(&admin, table).await;
                    if outcome.is_err() {
                        crashes += 1;
                        let after = (rows(&admin, table).await, entries(&admin, table).await);
                        assert_eq!(after, before, "{title}: {table}");
                        tell(&db, table, &[told]).await;
                    }
                }
                let end = (rows(&admin, table).await, entries(&admin, table).await);
                assert_eq!(end, expected, "{title}: {table}");
                history_holds(&db, table).await;
            }
            empty(&admin).await;
        }
        assert!(crashes > 50, "only {crashes} crashes");
        admin.close().await.unwrap();
    })
    .await;
}

/// What the events leave behind.
const TABLES: [&str; 7] = [
    "audit_events",
    "audit_heads",
    "memberships",
    "organizations",
    "users",
    "tombstones",
    "webhook_events",
];

async fn empty(admin: &DatabaseConnection) {
    for table in TABLES {
        let all = format!("DELETE FROM {table}");
        admin.execute_unprepared(&all).await.unwrap();
    }
}

async fn tell(db: &TestDb, name: &str, events: &[Event]) {
    for event in events {
        let outcome = db.store.identity().apply_event(event).await;
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

fn deliveries(name: &str, story: Story) -> Vec<Event> {
    let events = story(name).into_iter().enumerate();
    events
        .map(|(at, (after, data))| event(&format!("msg_{name}_{at}"), START + after, data))
        .collect()
}

/// All orders of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let places = |order: Vec<usize>| {
        (0..count).map(move |place| {
            let mut order = order.clone();
            order.insert(place, last);
            order
        })
    };
    orders(last).into_iter().flat_map(places).collect()
}

/// Every row about a name, the name left out, but for the record of deliveries.
async fn rows(admin: &DatabaseConnection, name: &str) -> Vec<String> {
    let sql = "SELECT 'user ' || id || ' ' || coalesce(email, '-') || ' ' || \
               coalesce(first_name, '-') || ' ' || CAST(updated_at AS TEXT) AS line FROM users \
        UNION ALL SELECT 'organization ' || id || ' ' || slug || ' ' || name || ' ' || \
               CAST(updated_at AS TEXT) FROM organizations \
        UNION ALL SELECT 'membership ' || organization_id || ' ' || user_id || ' ' || id || ' ' || \
               role || ' ' || permissions || ' ' || CAST(updated_at AS TEXT) FROM memberships \
        UNION ALL SELECT 'tombstone ' || kind || ' ' || id || ' ' || CAST(deleted_at AS TEXT) \
               FROM tombstones";
    let sql = format!(
        "SELECT line FROM ({sql}) AS everything WHERE line LIKE '%\\_{name} %' ESCAPE '\\' OR line LIKE '%\\_{name}\\_%' ESCAPE '\\' ORDER BY line"
    );
    lines(admin, sql, name).await
}

/// The lines that a query finds, a name left out.
async fn lines(admin: &DatabaseConnection, sql: String, name: &str) -> Vec<String> {
    let found = admin
        .query_all_raw(Statement::from_string(admin.get_database_backend(), sql))
        .await
        .unwrap();
    let upper = name.to_uppercase();
    found
        .iter()
        .map(|row| {
            let line: String = row.try_get("", "line").unwrap();
            line.replace(name, "NAME").replace(&upper, "NAME")
        })
        .collect()
}

/// The audit log of a name's organization, the name left out.
async fn entries(admin: &DatabaseConnection, name: &str) -> Vec<String> {
    let sql = format!(
        "SELECT CAST(seq AS TEXT) || ' ' || actor_kind || ' ' || action || ' ' || target_id || ' ' \
         || coalesce(before, '-') || ' ' || coalesce(after, '-') AS line \
         FROM audit_events WHERE organization_id = 'org_{name}' ORDER BY seq"
    );
    lines(admin, sql, name).await
}

/// Whether the audit log of a name's organization holds, and how many entries it has.
async fn history_holds(db: &TestDb, name: &str) -> i64 {
    let id = crate::support::organization_id(name);
    let verdict = db.store.verify_audit(&id).await.unwrap();
    assert_eq!(verdict.fault, None, "{name}");
    verdict.entries
}

/// From here on nothing can be written to a table.
async fn break_table(admin: &DatabaseConnection, table: &str) {
    let postgres = admin.get_database_backend() == DbBackend::Postgres;
    if postgres {
        let function = "CREATE OR REPLACE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS \
                        $$ BEGIN RAISE EXCEPTION 'crash'; END $$";
        admin.execute_unprepared(function).await.unwrap();
    }
    for command in ["INSERT", "UPDATE", "DELETE"] {
        let body = match postgres {
            true => "FOR EACH ROW EXECUTE FUNCTION crash()",
            false => "BEGIN SELECT RAISE(ABORT, 'crash'); END",
        };
        let trigger = format!("CREATE TRIGGER crash_{command} BEFORE {command} ON {table} {body}");
        admin.execute_unprepared(&trigger).await.unwrap();
    }
}

async fn mend_table(admin: &DatabaseConnection, table: &str) {
    let of = match admin.get_database_backend() {
        DbBackend::Postgres => format!(" ON {table}"),
        _ => String::new(),
    };
    for command in ["INSERT", "UPDATE", "DELETE"] {
        let trigger = format!("DROP TRIGGER crash_{command}{of}");
        admin.execute_unprepared(&trigger).await.unwrap();
    }
}

fn joined(told: OrganizationMembership) -> EventData {
    EventData::OrganizationMembershipCreated(told)
}

fn changed(told: OrganizationMembership) -> EventData {
    EventData::OrganizationMembershipUpdated(told)
}

fn left(told: OrganizationMembership) -> EventData {
    EventData::OrganizationMembershipDeleted(told)
}

fn member(name: &str, role: &str, updated_at: i64) -> OrganizationMembership {
    let mut told = membership(name, name, role, updated_at);
    told.permissions = vec![format!("{role}:permission")];
    told
}

fn user_called(name: &str, first_name: &str, updated_at: i64) -> clerk::models::User {
    let mut user = user(name, updated_at);
    user.first_name = Some(first_name.to_owned());
    user
}
