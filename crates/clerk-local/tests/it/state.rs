//! The instance's file and what it keeps.

use crate::support::{Local, PASSWORD, options};
use clerk_local::{LocalClerk, LocalError, state::NewUser};

#[tokio::test]
async fn passwords_are_argon2id_and_checked() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("Ada@Example.com").await;
    let digest = ada.password_digest.clone().unwrap();
    assert!(digest.starts_with("$argon2id$v=19$"), "{digest}");
    assert!(state.verify_password(&ada, PASSWORD).await.unwrap());
    assert!(
        !state
            .verify_password(&ada, "another password")
            .await
            .unwrap()
    );
    assert!(!state.verify_password(None, PASSWORD).await.unwrap());
    let found = state.user_by_email(" ada@example.COM ").await.unwrap();
    assert_eq!(found.unwrap().id, ada.id);
    let without = state
        .create_user(NewUser {
            email: "bob@example.com".to_owned(),
            ..NewUser::default()
        })
        .await
        .unwrap();
    assert!(!state.verify_password(&without, "").await.unwrap());
}

#[tokio::test]
async fn keys_and_people_outlive_the_process() {
    let local = Local::open().await;
    local.person("ada@example.com").await;
    let again = LocalClerk::open(options(&local.folder, &local.clock, "http://127.0.0.1:9/"))
        .await
        .unwrap();
    assert_eq!(
        again.secret_key().expose(),
        local.clerk.secret_key().expose()
    );
    assert_eq!(again.jwt_key(), local.clerk.jwt_key());
    assert!(again.jwt_key().starts_with("-----BEGIN PUBLIC KEY-----"));
    let found = again.state().user_by_email("ada@example.com").await;
    assert!(found.unwrap().is_some());
}

#[tokio::test]
async fn a_file_that_is_no_database_stops_the_start_with_its_name() {
    let local = Local::open().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clerk.sqlite");
    std::fs::write(
        &file,
        "this is not a database, and long enough to be looked at",
    )
    .unwrap();
    let error = LocalClerk::open(options(&folder, &local.clock, "http://127.0.0.1:9/"))
        .await
        .unwrap_err();
    assert!(matches!(error, LocalError::Open { .. }), "{error:?}");
    assert!(error.to_string().contains("clerk.sqlite"), "{error}");
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(
        kept.starts_with("this is not"),
        "the file is left as it was"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let local = Local::open().await;
    let file = local.folder.path().join("clerk.sqlite");
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

#[tokio::test]
async fn many_writers_wait_for_their_turn() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (state, id) = (local.clerk.state().clone(), ada.id.clone());
            tokio::spawn(async move { state.create_organization("Acme", None, &id).await })
        })
        .collect();
    let mut slugs = std::collections::BTreeSet::new();
    for task in tasks {
        slugs.insert(task.await.unwrap().unwrap().slug.clone());
    }
    assert_eq!(slugs.len(), 20);
    let memberships = local.clerk.state().memberships_of_user(&ada.id).await;
    assert_eq!(memberships.unwrap().len(), 20);
}
