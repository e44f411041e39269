//! `tenantry purge`, as it is run beside the server.

use std::process::{Command, Output};

use store::Origin;

use crate::support::{Person, TestServer, databases::kinds};

fn purge(server: &TestServer) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tenantry"))
        .arg("purge")
        .env_clear()
        .envs(&server.variables)
        .output()
        .unwrap()
}

/// Deletes an organization, which can be brought back for `grace_ms` milliseconds.
async fn delete(server: &TestServer, admin: &Person, slug: &str, grace_ms: i64) {
    let verifier = server.state.authenticator.verifier();
    let session = verifier.verify(&admin.token).await.unwrap();
    let store = &server.state.store;
    let turn = store.take_turn(&session, slug, Origin::default()).await;
    turn.unwrap().delete_organization(grace_ms).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_purges_what_is_due_at_clerk_and_here() {
    const HOUR_MS: i64 = 60 * 60 * 1000;
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        for (slug, grace_ms) in [("due", 0), ("resting", HOUR_MS)] {
            let email = format!("admin@{slug}.test");
            let admin = server.admin(&email, slug).await;
            server.project(&admin, slug, "Plans").await;
            delete(&server, &admin, slug, grace_ms).await;
        }
        server.admin("admin@alive.test", "alive").await;
        let rows = async || -> Vec<String> {
            let rows = server.rows().await;
            rows.into_iter()
                .filter(|row| row.starts_with("organization "))
                .filter_map(|row| row.split(' ').nth(2).map(str::to_owned))
                .collect()
        };
        assert_eq!(rows().await.len(), 3, "{kind:?}");
        for expected in ["organizations purged: 1\n", "organizations purged: 0\n"] {
            let output = purge(&server);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{kind:?}: {errors}");
            assert_eq!(
                String::from_utf8_lossy(&output.stdout),
                expected,
                "{kind:?}"
            );
            let mut left = rows().await;
            left.sort();
            assert_eq!(left, ["alive", "resting"], "{kind:?}");
            let clerk = server.state.clerk.organizations();
            assert!(clerk.get_by_slug("due").await.is_err(), "{kind:?}");
            assert!(clerk.get_by_slug("resting").await.is_ok(), "{kind:?}");
        }
    }
}
