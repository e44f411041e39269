//! The instance's file and what it keeps.

use crate::support::{Local, PASSWORD, options};
use clerk_local::{
    LocalClerk, LocalError, LocalOptions,
    state::{NewUser, UserChanges},
};

#[tokio::test]
async fn passwords_are_argon2id_and_checked() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("Ada@Example.com").await;
    let digest = ada.password_digest.clone().unwrap();
    // OWASP's minimum: 19 MiB, two passes, one lane.
    assert!(
        digest.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{digest}"
    );
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
async fn a_password_that_changed_since_it_was_compared_is_worth_nothing() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("ada@example.com").await;
    let compared = state.compare_password(&ada, PASSWORD).await.unwrap();
    assert!(compared.is_of(&ada));
    let changes = UserChanges {
        password: Some("another good password".to_owned()),
        ..UserChanges::default()
    };
    let changed = state.update_user(&ada.id, changes).await.unwrap();
    assert!(!compared.is_of(&changed));
}

/// A unit that is not committed has never been, and a part of it that fails takes nothing along.
#[tokio::test]
async fn a_unit_happens_as_a_whole() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("ada@example.com").await;
    let unit = state.unit().await.unwrap();
    unit.create_organization("Acme", None, &ada.id)
        .await
        .unwrap();
    assert_eq!(unit.memberships_of_user(&ada.id).await.unwrap().len(), 1);
    assert!(state.memberships_of_user(&ada.id).await.unwrap().is_empty());
    drop(unit);
    assert!(state.memberships_of_user(&ada.id).await.unwrap().is_empty());

    let unit = state.unit().await.unwrap();
    unit.create_organization("Acme", Some("acme"), &ada.id)
        .await
        .unwrap();
    let part = unit.unit().await.unwrap();
    part.create_organization("Globex", None, &ada.id)
        .await
        .unwrap();
    drop(part);
    let taken = unit
        .create_organization("Other", Some("acme"), &ada.id)
        .await;
    assert!(taken.is_err());
    unit.commit().await.unwrap();
    let memberships = state.memberships_of_user(&ada.id).await.unwrap();
    assert_eq!(memberships.len(), 1);
    assert_eq!(memberships[0].organization.slug, "acme");
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
    let key = again.jwt_key().await.unwrap();
    assert_eq!(key, local.clerk.jwt_key().await.unwrap());
    assert!(key.starts_with("-----BEGIN PUBLIC KEY-----"));
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

#[tokio::test]
async fn twenty_passwords_at_once_keep_nobody_else_waiting() {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let checks: Vec<_> = (0..20)
        .map(|_| {
            let (state, ada) = (local.clerk.state().clone(), ada.clone());
            tokio::spawn(async move { state.verify_password(&ada, PASSWORD).await })
        })
        .collect();
    tokio::task::yield_now().await;
    let request = http::Request::get("/__clerk/v1/environment").body(axum::body::Body::empty());
    local.send(request.unwrap()).await.ok();
    // This runtime has one thread: were the work done on it, all would have ended first.
    assert!(checks.iter().any(|check| !check.is_finished()));
    for check in checks {
        assert!(check.await.unwrap().unwrap());
    }
}

#[tokio::test]
async fn an_ephemeral_instance_leaves_nothing_behind() {
    let mut folder = None;
    let local = Local::with(|options| {
        folder = Some(options.data_dir.clone());
        LocalOptions {
            ephemeral: true,
            ..options
        }
    })
    .await;
    local.person("ada@example.com").await;
    assert!(!folder.unwrap().join("clerk.sqlite").exists());
    let other = local.again().await;
    let ada = other.state().user_by_email("ada@example.com").await;
    assert!(ada.unwrap().is_none(), "each has a place of its own");
}
