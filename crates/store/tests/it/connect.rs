//! What can't be connected to is named, and nothing is created in passing.

use crate::support::{TestDb, on_each, on_postgres, options};
use clerk::clock::SystemClock;
use sea_orm::ConnectionTrait;
use std::{fs, sync::Arc};
use store::{ConnectOptions, Store, StoreError};

async fn refusal(url: &str) -> StoreError {
    Store::connect(url, &ConnectOptions::default())
        .await
        .unwrap_err()
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

#[tokio::test]
async fn roles_that_row_level_security_does_not_bind_are_refused() {
    on_postgres(|db: Arc<TestDb>| async move {
        let refused = async |url: &str| {
            let options = options(SystemClock::shared());
            match Store::connect(url, &options).await.unwrap_err() {
                error @ StoreError::UnsafeRole { .. } => {
                    assert!(error.to_string().contains("DATABASE_URL"), "{error}");
                }
                error => panic!("refused otherwise: {error}"),
            }
        };
        refused(&db.admin_url).await;

        let admin = db.admin().await;
        let app = format!("{}_app", db.name);
        let run = async |sql: String| admin.execute_unprepared(&sql).await.unwrap();
        run(format!("ALTER ROLE {app} BYPASSRLS")).await;
        refused(&db.url).await;
        run(format!("ALTER ROLE {app} NOBYPASSRLS")).await;

        // A role that may become a superuser is as good as one.
        let boss = format!("{}_boss", db.name);
        run(format!("CREATE ROLE {boss} SUPERUSER")).await;
        run(format!("GRANT {boss} TO {app}")).await;
        refused(&db.url).await;
        run(format!("DROP ROLE {boss}")).await;

        let options = options(SystemClock::shared());
        Store::connect(&db.url, &options).await.unwrap();
    })
    .await;
}
