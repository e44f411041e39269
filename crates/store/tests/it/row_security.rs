//! PostgreSQL's row-level security: what the repositories would never send must not work
//! either, whoever sends it.

mod mutations;
pub(crate) mod policies;
mod probes;

use crate::support::{TestDb, count, on_postgres, refused_with};
use probes::{populate, surprises};
use sea_orm::{ConnectionTrait, TransactionTrait};
use std::sync::Arc;

#[tokio::test]
async fn the_servers_roles_are_bound() {
    on_postgres(|db: Arc<TestDb>| async move {
        for connection in [db.app().await, db.worker().await] {
            let unbound = count(
                &connection,
                "SELECT count(*) AS n FROM pg_roles WHERE rolname = current_user \
                 AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
            )
            .await;
            let owned = count(
                &connection,
                "SELECT count(*) AS n FROM pg_class WHERE relowner = current_user::regrole",
            )
            .await;
            assert_eq!((unbound, owned), (0, 0));
            connection.close().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_sql_is_harmless() {
    on_postgres(|db: Arc<TestDb>| async move {
        populate(&db).await;
        assert_eq!(surprises(&db).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn settings_end_with_their_transaction() {
    on_postgres(|db: Arc<TestDb>| async move {
        populate(&db).await;
        let app = db.app().await;
        let all = "SELECT count(*) AS n FROM projects";
        for _ in 0..2 {
            // Afterwards they are empty rather than NULL.
            assert_eq!(count(&app, all).await, 0);
            let transaction = app.begin().await.unwrap();
            probes::act_for(&transaction, "org_acme", "user_max").await;
            assert_eq!(count(&transaction, all).await, 1);
            transaction.commit().await.unwrap();
        }
        assert_eq!(count(&app, all).await, 0);
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_survey_never_turns_into_a_write() {
    on_postgres(|db: Arc<TestDb>| async move {
        populate(&db).await;
        let worker = db.worker().await;
        for (sql, state) in [
            ("DELETE FROM users", "25006"),
            ("UPDATE memberships SET role = 'org:admin'", "25006"),
            ("SELECT * FROM users FOR UPDATE", "25006"),
            ("SET transaction_read_only = off", "25001"),
        ] {
            let survey = worker.begin().await.unwrap();
            let read_only = "SET transaction_read_only = on";
            survey.execute_unprepared(read_only).await.unwrap();
            let all = "SELECT count(*) AS n FROM users";
            assert_eq!(count(&survey, all).await, 4);
            assert_eq!(refused_with(survey.execute_unprepared(sql).await), state);
            survey.rollback().await.unwrap();
        }
        worker.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn neither_role_has_other_privileges() {
    on_postgres(|db: Arc<TestDb>| async move {
        let set_role = format!("SET ROLE {}_worker", db.name);
        let app = [
            "INSERT INTO organizations VALUES ('org_acme', 'acme', 'Acme', NULL, 0, 0)",
            "UPDATE memberships SET role = 'org:admin'",
            "DELETE FROM users",
            "SELECT * FROM webhook_events",
            "SELECT * FROM tombstones",
            &set_role,
        ];
        let worker = [
            "UPDATE webhook_events SET received_at = 0",
            "SELECT * FROM projects",
            "SELECT name FROM projects",
            "DELETE FROM audit_heads",
        ];
        let both = [
            "TRUNCATE projects CASCADE",
            "UPDATE audit_events SET actor_id = 'x'",
            "DELETE FROM audit_events",
            "INSERT INTO seaql_migrations VALUES ('x', 0)",
            "CREATE TABLE mine (id int)",
            "ALTER TABLE projects DISABLE ROW LEVEL SECURITY",
            "DROP POLICY projects_all ON projects",
            "DROP TABLE projects",
            "CREATE OR REPLACE FUNCTION acts_as_worker() RETURNS boolean LANGUAGE sql RETURN true",
        ];
        for (connection, own) in [(db.app().await, &app[..]), (db.worker().await, &worker[..])] {
            for sql in own.iter().chain(&both) {
                assert_eq!(
                    refused_with(connection.execute_unprepared(sql).await),
                    "42501",
                    "{sql}"
                );
            }
            connection.close().await.unwrap();
        }
        assert!(migrations::pending(&db.url).await.unwrap().is_empty());
    })
    .await;
}
