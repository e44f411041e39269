//! What can't be connected to is named, and nothing is created in passing.

use crate::support::{TestDb, on_each, on_postgres, options};
use clerk::clock::SystemClock;
use sea_orm::ConnectionTrait;
use std::{fs, sync::Arc};
use store::{ConnectOptions, Store, StoreError};

async fn refusal(url: &str) -> StoreError {
    let options = ConnectOptions {
        worker_url: Some(url.to_owned()),
        ..ConnectOptions::default()
    };
    Store::connect(url, &options).await.unwrap_err()
}

#[tokio::test]
async fn a_database_answers_a_ping() {
    on_each(|db: Arc<TestDb>| async move { db.store.ping().await.unwrap() }).await;
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.sqlite");
    let not_a_database = folder.path().join("letter.txt");
    fs::write(
        &not_a_database,
        "Dear reader, this is no database. ".repeat(100),
    )
    .unwrap();

    for path in [&missing, &not_a_database, &folder.path().to_owned()] {
        let error = refusal(&format!("sqlite:{}", path.display())).await;
        assert!(matches!(error, StoreError::File { .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.contains("DATABASE_URL"), "{message}");
        assert!(message.contains(&path.display().to_string()), "{message}");
    }
    assert!(!missing.exists(), "connecting must not create the file");
}

#[tokio::test]
async fn urls_of_other_kinds_are_refused_without_repeating_them() {
    for url in ["mysql://u:secret@h/db", "tenantry.sqlite", ""] {
        let error = refusal(url).await;
        assert!(
            matches!(error, StoreError::UnknownScheme { .. }),
            "{error:?}"
        );
        assert!(!error.to_string().contains("secret"));
    }
    for url in ["sqlite::memory:", "postgres://u:secret@h:notaport/db"] {
        let error = refusal(url).await;
        assert!(matches!(error, StoreError::InvalidUrl { .. }), "{error:?}");
        assert!(!error.to_string().contains("secret"));
    }
}

/// Connects as these two and expects a refusal.
async fn refused_as(url: &str, worker_url: Option<&str>) -> StoreError {
    let mut options = options(SystemClock::shared());
    options.worker_url = worker_url.map(str::to_owned);
    Store::connect(url, &options).await.unwrap_err()
}

#[tokio::test]
async fn roles_that_row_level_security_does_not_bind_are_refused() {
    on_postgres(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        let run = async |sql: String| admin.execute_unprepared(&sql).await.unwrap();
        let worker = Some(db.worker_url.as_str());
        let unsafe_role = |error: StoreError, setting: &str| match error {
            StoreError::UnsafeRole { variable, .. } => assert_eq!(variable, setting),
            error => panic!("refused otherwise: {error}"),
        };
        for url in [&db.admin_url, &db.owner_url()] {
            unsafe_role(refused_as(url, worker).await, "DATABASE_URL");
            unsafe_role(refused_as(&db.url, Some(url)).await, "WORKER_DATABASE_URL");
        }
        for (role, setting) in [("app", "DATABASE_URL"), ("worker", "WORKER_DATABASE_URL")] {
            let name = &db.name;
            let boss = format!("{name}_boss");
            for (damage, repair) in [
                (
                    format!("ALTER ROLE {name}_{role} BYPASSRLS"),
                    format!("ALTER ROLE {name}_{role} NOBYPASSRLS"),
                ),
                // A role that may become a superuser, or the owner, is as good as one.
                (
                    format!("CREATE ROLE {boss} SUPERUSER; GRANT {boss} TO {name}_{role}"),
                    format!("DROP ROLE {boss}"),
                ),
                (
                    format!("GRANT {name}_owner TO {name}_{role}"),
                    format!("REVOKE {name}_owner FROM {name}_{role}"),
                ),
                (
                    format!("CREATE TABLE mine (); ALTER TABLE mine OWNER TO {name}_{role}"),
                    "DROP TABLE mine".to_owned(),
                ),
            ] {
                run(damage).await;
                unsafe_role(refused_as(&db.url, worker).await, setting);
                run(repair).await;
            }
        }
        let mut options = options(SystemClock::shared());
        options.worker_url = Some(db.worker_url.clone());
        Store::connect(&db.url, &options).await.unwrap();
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn application_and_worker_are_two_roles() {
    on_postgres(|db: Arc<TestDb>| async move {
        let refusal = refused_as(&db.url, None).await;
        assert!(matches!(refusal, StoreError::NoWorkerUrl), "{refusal}");
        let refusal = refused_as(&db.url, Some("sqlite:x")).await;
        assert!(
            refusal.to_string().starts_with("WORKER_DATABASE_URL"),
            "{refusal}"
        );
        for url in [&db.url, &db.worker_url] {
            let refusal = refused_as(url, Some(url)).await;
            assert!(
                matches!(refusal, StoreError::SharedRole { .. }),
                "{refusal}"
            );
        }
        // Who may become the worker is as good as the worker.
        let admin = db.admin().await;
        let name = &db.name;
        let grant = format!("GRANT {name}_worker TO {name}_app");
        admin.execute_unprepared(&grant).await.unwrap();
        let refusal = refused_as(&db.url, Some(&db.worker_url)).await;
        assert!(
            matches!(refusal, StoreError::SharedRole { .. }),
            "{refusal}"
        );
        admin.close().await.unwrap();
    })
    .await;
}
