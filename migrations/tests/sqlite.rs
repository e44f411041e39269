//! Migrating a SQLite file; PostgreSQL is covered by the tests of `store`.

use migrations::{Login, Logins, MigrateError, Migrator, MigratorTrait as _, migrate, pending};
use std::fs;

#[tokio::test]
async fn a_new_file_is_migrated_once_and_again_without_effect() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.sqlite");
    let url = format!("sqlite:{}", file.display());

    let all = Migrator::migrations().len();
    assert_eq!(pending(&url).await.unwrap().len(), all);
    assert!(!file.exists(), "looking must not create the file");
    migrate(&url, None).await.unwrap();
    assert!(pending(&url).await.unwrap().is_empty());
    let login = |role: &str| Login {
        role: role.to_owned(),
        password: None,
    };
    let logins = Logins {
        app: login("roles"),
        worker: login("mean nothing to SQLite"),
    };
    migrate(&url, Some(&logins)).await.unwrap();
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let in_missing_folder = folder.path().join("missing/x.sqlite");
    let not_a_database = folder.path().join("letter.txt");
    fs::write(
        &not_a_database,
        "Dear reader, this is no database. ".repeat(100),
    )
    .unwrap();

    for path in [in_missing_folder, folder.path().to_owned(), not_a_database] {
        let error = migrate(&format!("sqlite:{}", path.display()), None)
            .await
            .unwrap_err();
        assert!(matches!(error, MigrateError::File { .. }), "{error:?}");
        assert!(error.to_string().contains(&path.display().to_string()));
    }
}

#[tokio::test]
async fn other_schemes_are_refused_without_repeating_the_url() {
    for url in ["mysql://u:secret@h/db", "data/tenantry.sqlite", ""] {
        let error = migrate(url, None).await.unwrap_err();
        assert!(matches!(error, MigrateError::UnknownScheme { .. }));
        assert!(error.to_string().contains("sqlite:"));
        assert!(!error.to_string().contains("secret"));
    }
    assert!(matches!(
        migrate("sqlite::memory:", None).await.unwrap_err(),
        MigrateError::InMemory
    ));
    assert!(matches!(
        pending("postgres://u:secret@h:notaport/db")
            .await
            .unwrap_err(),
        MigrateError::InvalidUrl { .. }
    ));
}
