//! PostgreSQL's row-level security, tried with wrong SQL as the application's own role:
//! what the repositories would never send must not work either.

use crate::support::{TestDb, count, on_postgres, refused_with, session};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    TransactionTrait,
};
use std::sync::Arc;

/// A transaction as the application's role with these settings.
async fn acting_for(
    app: &DatabaseConnection,
    organization: &str,
    user: &str,
) -> DatabaseTransaction {
    let transaction = app.begin().await.unwrap();
    transaction
        .execute_unprepared(&format!(
            "SELECT set_config('app.organization_id', '{organization}', true), \
                    set_config('app.user_id', '{user}', true)"
        ))
        .await
        .unwrap();
    transaction
}

const PROTECTED: [&str; 6] = [
    "organizations",
    "users",
    "memberships",
    "projects",
    "audit_events",
    "audit_heads",
];

#[tokio::test]
async fn the_application_role_is_bound() {
    on_postgres(|db: Arc<TestDb>| async move {
        let app = db.app().await;
        let unbound = count(
            &app,
            "SELECT count(*) AS n FROM pg_roles WHERE rolname = current_user \
             AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
        )
        .await;
        let owned = count(
            &app,
            "SELECT count(*) AS n FROM pg_class WHERE relowner = current_user::regrole",
        )
        .await;
        assert_eq!((unbound, owned), (0, 0));
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn without_settings_there_are_no_rows_not_even_for_the_owner() {
    on_postgres(|db: Arc<TestDb>| async move {
        db.populate().await;
        db.create(&session("max", "acme"), "acme", "Ours").await;
        let app = db.app().await;
        let owner_url = db.url.replace("_app:", "_owner:");
        let owner = sea_orm::Database::connect(owner_url).await.unwrap();
        for table in PROTECTED {
            let all = format!("SELECT count(*) AS n FROM {table}");
            assert!(
                db.count(table, "true").await > 0,
                "{table} is empty: nothing is shown"
            );
            assert_eq!(count(&app, &all).await, 0, "{table}");
            assert_eq!(count(&owner, &all).await, 0, "{table}, by its owner");
            // After a transaction that had settings they are empty rather than NULL.
            let transaction = acting_for(&app, "org_acme", "user_max").await;
            assert!(count(&transaction, &all).await > 0, "{table}");
            transaction.commit().await.unwrap();
            assert_eq!(count(&app, &all).await, 0, "{table}, afterwards");
        }
        owner.close().await.unwrap();
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn another_tenants_rows_are_not_there() {
    on_postgres(|db: Arc<TestDb>| async move {
        db.populate().await;
        db.create(&session("gus", "globex"), "globex", "Theirs")
            .await;
        let app = db.app().await;
        let acme = acting_for(&app, "org_acme", "user_max").await;
        for table in ["memberships", "projects", "audit_events", "audit_heads"] {
            let sql =
                format!("SELECT count(*) AS n FROM {table} WHERE organization_id = 'org_globex'");
            assert_eq!(count(&acme, &sql).await, 0, "{table}");
        }
        for sql in [
            "SELECT count(*) AS n FROM organizations WHERE id = 'org_globex'",
            "SELECT count(*) AS n FROM users WHERE id IN ('user_gus', 'user_nora')",
        ] {
            assert_eq!(count(&acme, sql).await, 0, "{sql}");
        }
        // Fellow members and one's own organization are.
        assert_eq!(count(&acme, "SELECT count(*) AS n FROM users").await, 2);
        assert_eq!(
            count(&acme, "SELECT count(*) AS n FROM organizations").await,
            1
        );

        for sql in [
            "UPDATE projects SET name = 'Ours'",
            "DELETE FROM projects",
            "DELETE FROM memberships WHERE organization_id = 'org_globex'",
            "UPDATE organizations SET name = 'Ours' WHERE id <> 'org_acme'",
            "DELETE FROM users WHERE id <> 'user_max'",
            "UPDATE users SET email = 'x' WHERE id = 'user_ada'",
        ] {
            let affected = acme.execute_unprepared(sql).await.unwrap().rows_affected();
            assert_eq!(affected, 0, "{sql}");
        }
        acme.rollback().await.unwrap();

        // As a user without an organization: one's own, to look at.
        let ada = acting_for(&app, "", "user_ada").await;
        assert_eq!(
            count(&ada, "SELECT count(*) AS n FROM organizations").await,
            2
        );
        assert_eq!(
            count(&ada, "SELECT count(*) AS n FROM memberships").await,
            2
        );
        assert_eq!(count(&ada, "SELECT count(*) AS n FROM users").await, 1);
        assert_eq!(count(&ada, "SELECT count(*) AS n FROM projects").await, 0);
        for sql in [
            "DELETE FROM memberships",
            "UPDATE organizations SET name = 'x'",
        ] {
            let affected = ada.execute_unprepared(sql).await.unwrap().rows_affected();
            assert_eq!(affected, 0, "{sql}");
        }
        ada.rollback().await.unwrap();
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rows_for_another_tenant_are_refused() {
    on_postgres(|db: Arc<TestDb>| async move {
        db.populate().await;
        db.create(&session("max", "acme"), "acme", "Ours").await;
        let app = db.app().await;
        for sql in [
            "INSERT INTO projects VALUES ('org_globex', gen_random_uuid(), 'x', 'user_max', 0, 0)",
            "INSERT INTO audit_events VALUES ('org_globex', 9, 0, 'person', 'user_max', 'a', 'k', \
             't', NULL, NULL, NULL, NULL, NULL, decode(repeat('00', 32), 'hex'), \
             decode(repeat('00', 32), 'hex'))",
            "INSERT INTO audit_heads VALUES ('org_globex', 9, decode(repeat('00', 32), 'hex'))",
            "INSERT INTO memberships VALUES ('org_globex', 'user_max', 'orgmem_x', 'org:admin', 0, 0)",
            "INSERT INTO organizations VALUES ('org_new', 'new', 'New', NULL, 0, 0)",
            "INSERT INTO users VALUES ('user_new', NULL, NULL, NULL, NULL, 0, 0)",
            "UPDATE projects SET organization_id = 'org_globex'",
            "UPDATE memberships SET organization_id = 'org_globex'",
        ] {
            let acme = acting_for(&app, "org_acme", "user_max").await;
            assert_eq!(refused_with(acme.execute_unprepared(sql).await), "42501", "{sql}");
            acme.rollback().await.unwrap();
        }
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_application_role_has_no_other_privileges() {
    on_postgres(|db: Arc<TestDb>| async move {
        let app = db.app().await;
        for sql in [
            "TRUNCATE projects CASCADE",
            "UPDATE audit_events SET actor_id = 'x'",
            "DELETE FROM audit_events",
            "DELETE FROM webhook_events",
            "DELETE FROM tombstones",
            "INSERT INTO seaql_migrations VALUES ('x', 0)",
            "CREATE TABLE mine (id int)",
            "ALTER TABLE projects DISABLE ROW LEVEL SECURITY",
            "DROP POLICY projects_all ON projects",
            "DROP TABLE projects",
        ] {
            assert_eq!(
                refused_with(app.execute_unprepared(sql).await),
                "42501",
                "{sql}"
            );
        }
        app.close().await.unwrap();
        assert!(migrations::pending(&db.url).await.unwrap().is_empty());
    })
    .await;
}

/// The tables that need no policy, each with the reason.
const UNPROTECTED: [(&str, &str); 3] = [
    (
        "seaql_migrations",
        "names of migrations; the application may only read it",
    ),
    (
        "webhook_events",
        "ids, kinds and times of deliveries, of no organization",
    ),
    (
        "tombstones",
        "ids and times of what is gone, of no organization",
    ),
];

/// Table, command, USING, WITH CHECK. `$organization` and `$user` stand for the settings.
const POLICIES: [(&str, &str, &str, &str); 15] = [
    (
        "audit_events",
        "ALL",
        "((organization_id = $organization) OR ((actor_id = $user) AND ($organization IS NULL)))",
        "(organization_id = $organization)",
    ),
    (
        "audit_heads",
        "ALL",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "memberships",
        "DELETE",
        "(organization_id = $organization)",
        "",
    ),
    (
        "memberships",
        "INSERT",
        "",
        "(organization_id = $organization)",
    ),
    (
        "memberships",
        "SELECT",
        "((organization_id = $organization) OR (user_id = $user))",
        "",
    ),
    (
        "memberships",
        "UPDATE",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    ("organizations", "DELETE", "(id = $organization)", ""),
    ("organizations", "INSERT", "", "(id = $organization)"),
    (
        "organizations",
        "SELECT",
        "((id = $organization) OR (id IN (SELECT memberships.organization_id FROM memberships \
         WHERE (memberships.user_id = $user))))",
        "",
    ),
    (
        "organizations",
        "UPDATE",
        "(id = $organization)",
        "(id = $organization)",
    ),
    (
        "projects",
        "ALL",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    ("users", "DELETE", "(id = $user)", ""),
    ("users", "INSERT", "", "(id = $user)"),
    (
        "users",
        "SELECT",
        "((id = $user) OR (id IN (SELECT memberships.user_id FROM memberships \
         WHERE (memberships.organization_id = $organization))))",
        "",
    ),
    ("users", "UPDATE", "(id = $user)", "(id = $user)"),
];

/// What the catalog says that it should not: tables without (forced) row-level security,
/// policies that are missing, too many, or of another expression.
async fn complaints(admin: &DatabaseConnection) -> Vec<String> {
    let rows = |sql: &str| admin.query_all_raw(Statement::from_string(DbBackend::Postgres, sql));
    let mut complaints = Vec::new();
    let tables = rows(
        "SELECT c.relname::text AS name, c.relrowsecurity AS enabled, \
                c.relforcerowsecurity AS forced \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'f', 'm') AND c.relpersistence <> 't' \
           AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1",
    );
    for row in tables.await.unwrap() {
        let name: String = row.try_get("", "name").unwrap();
        if UNPROTECTED.iter().any(|(table, _)| *table == name) {
            continue;
        }
        for (column, what) in [("enabled", "not enabled"), ("forced", "not forced")] {
            if !row.try_get::<bool>("", column).unwrap() {
                complaints.push(format!("{name}: row-level security is {what}"));
            }
        }
        if !POLICIES.iter().any(|(table, ..)| *table == name) {
            complaints.push(format!("{name}: no policy is expected"));
        }
    }
    let policies = rows(
        "SELECT tablename::text AS t, cmd, coalesce(qual, '') AS q, \
                coalesce(with_check, '') AS c, permissive, roles::text AS roles \
         FROM pg_policies ORDER BY 1, 2",
    );
    let mut found = Vec::new();
    for row in policies.await.unwrap() {
        let text = |column: &str| row.try_get::<String>("", column).unwrap();
        assert_eq!(
            (text("permissive"), text("roles")),
            ("PERMISSIVE".into(), "{public}".into())
        );
        found.push([
            text("t"),
            text("cmd"),
            normal(&text("q")),
            normal(&text("c")),
        ]);
    }
    let expected: Vec<[String; 4]> = POLICIES
        .iter()
        .map(|(table, command, using, check)| {
            [
                (*table).into(),
                (*command).into(),
                normal(using),
                normal(check),
            ]
        })
        .collect();
    complaints.extend(
        found
            .iter()
            .filter(|policy| !expected.contains(policy))
            .map(|policy| format!("unexpected policy: {policy:?}")),
    );
    complaints.extend(
        expected
            .iter()
            .filter(|policy| found.iter().filter(|other| other == policy).count() != 1)
            .map(|policy| format!("missing or repeated policy: {policy:?}")),
    );
    complaints
}

/// An expression without white space and PostgreSQL's own decorations.
fn normal(expression: &str) -> String {
    let setting = |name: &str| format!("(SELECT NULLIF(current_setting('app.{name}', true), ''))");
    expression
        .replace("$organization", &setting("organization_id"))
        .replace("$user", &setting("user_id"))
        .replace("::text", "")
        .replace("AS \"nullif\"", "")
        .split_whitespace()
        .collect()
}

#[tokio::test]
async fn every_table_is_protected_as_written_here() {
    on_postgres(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        assert_eq!(complaints(&admin).await, Vec::<String>::new());
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_guard_notices_what_is_wrong() {
    on_postgres(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        for damage in [
            "CREATE TABLE leaky (organization_id text)",
            "CREATE MATERIALIZED VIEW leaky AS SELECT * FROM projects",
            "ALTER TABLE projects DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE users NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY memberships_select ON memberships",
            "CREATE POLICY second ON projects USING (true)",
            "ALTER POLICY projects_all ON projects WITH CHECK (true)",
            "ALTER POLICY projects_all ON projects USING (organization_id = \
             (SELECT current_setting('app.organization_id', true)))",
        ] {
            let transaction = admin.begin().await.unwrap();
            transaction.execute_unprepared(damage).await.unwrap();
            transaction.commit().await.unwrap();
            assert_ne!(complaints(&admin).await, Vec::<String>::new(), "{damage}");
            let repair = match damage.split_whitespace().next() {
                Some("CREATE") if damage.contains("TABLE") => "DROP TABLE leaky",
                Some("CREATE") if damage.contains("VIEW") => "DROP MATERIALIZED VIEW leaky",
                Some("CREATE") => "DROP POLICY second ON projects",
                Some("DROP") => {
                    "CREATE POLICY memberships_select ON memberships FOR SELECT USING (\
                     organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')) \
                     OR user_id = (SELECT NULLIF(current_setting('app.user_id', true), '')))"
                }
                _ if damage.contains("DISABLE") => "ALTER TABLE projects ENABLE ROW LEVEL SECURITY",
                _ if damage.contains("FORCE") => "ALTER TABLE users FORCE ROW LEVEL SECURITY",
                _ => {
                    "ALTER POLICY projects_all ON projects \
                     USING (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), ''))) \
                     WITH CHECK (organization_id = (SELECT NULLIF(current_setting('app.organization_id', true), '')))"
                }
            };
            admin.execute_unprepared(repair).await.unwrap();
            assert_eq!(complaints(&admin).await, Vec::<String>::new(), "after {repair}");
        }
        admin.close().await.unwrap();
    })
    .await;
}
