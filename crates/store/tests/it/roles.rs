//! The roles that `tenantry migrate` makes on PostgreSQL.

use crate::support::{TestDb, count, event, logins, membership, on_postgres, options, session};
use clerk::webhooks::EventData;
use migrations::{MigrateError, migrate};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use store::Store;

/// Takes both roles away, with all that they were granted.
async fn drop_roles(db: &TestDb) {
    let admin = db.admin().await;
    for role in ["app", "worker"] {
        let role = format!("{}_{role}", db.name);
        let sql = format!("DROP OWNED BY {role}; DROP ROLE {role}");
        admin.execute_unprepared(&sql).await.unwrap();
    }
    admin.close().await.unwrap();
}

/// Both roles can do what the server does. (Connections of dropped roles are of no use.)
async fn works(db: &TestDb) {
    let mut options = options(db.clock.shared());
    options.worker_url = Some(db.worker_url.clone());
    let store = Store::connect(&db.url, &options).await.unwrap();
    let told = EventData::OrganizationMembershipCreated(membership("acme", "ada", "org:admin", 1));
    let identity = store.identity();
    identity
        .apply_event(&event("msg_1", 1, told))
        .await
        .unwrap();
    store.enter(&session("ada", "acme"), "acme").await.unwrap();
}

#[tokio::test]
async fn they_can_log_in_and_nothing_more() {
    on_postgres(|db: Arc<TestDb>| async move {
        let name = &db.name;
        let ordinary = format!(
            "SELECT count(*) AS n FROM pg_authid WHERE rolname IN ('{name}_app', '{name}_worker') \
             AND rolcanlogin AND rolpassword LIKE 'SCRAM-SHA-256$%' \
             AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)"
        );
        let admin = db.admin().await;
        assert_eq!(count(&admin, &ordinary).await, 2);
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn migrations_at_once_make_them_together() {
    on_postgres(|db: Arc<TestDb>| async move {
        for _ in 0..5 {
            drop_roles(&db).await;
            let (url, logins) = (db.owner_url(), logins(&db.name));
            let (one, two, three) = tokio::join!(
                migrate(&url, Some(&logins)),
                migrate(&url, Some(&logins)),
                migrate(&url, Some(&logins)),
            );
            for outcome in [one, two, three] {
                outcome.unwrap();
            }
        }
        works(&db).await;
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_may_not_make_them_says_so() {
    on_postgres(|db: Arc<TestDb>| async move {
        drop_roles(&db).await;
        let admin = db.admin().await;
        let alter = format!("ALTER ROLE {}_owner NOCREATEROLE", db.name);
        admin.execute_unprepared(&alter).await.unwrap();
        let error = migrate(&db.owner_url(), Some(&logins(&db.name))).await;
        let error = error.unwrap_err();
        assert!(matches!(error, MigrateError::NoSuchRole { .. }), "{error}");
        // The operator may make them himself.
        for role in ["app", "worker"] {
            let sql = format!("CREATE ROLE {}_{role} LOGIN", db.name);
            admin.execute_unprepared(&sql).await.unwrap();
        }
        migrate(&db.owner_url(), Some(&logins(&db.name)))
            .await
            .unwrap();
        works(&db).await;
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn owner_application_and_worker_are_three() {
    on_postgres(|db: Arc<TestDb>| async move {
        let good = logins(&db.name);
        let owner = format!("{}_owner", db.name);
        for (app, worker) in [
            (&owner, &good.worker.role),
            (&good.app.role, &owner),
            (&good.app.role, &good.app.role),
        ] {
            let mut logins = good.clone();
            logins.app.role.clone_from(app);
            logins.worker.role.clone_from(worker);
            let error = migrate(&db.owner_url(), Some(&logins)).await.unwrap_err();
            assert!(matches!(error, MigrateError::SharedRole { .. }), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn privileges_that_are_not_listed_are_taken_back() {
    on_postgres(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        let granted = format!(
            "SELECT count(*) AS n FROM information_schema.table_privileges \
             WHERE grantee = '{}_app' AND table_name = 'users' AND privilege_type <> 'SELECT'",
            db.name
        );
        assert_eq!(count(&admin, &granted).await, 0);
        let grant = format!("GRANT ALL ON users TO {}_app", db.name);
        admin.execute_unprepared(&grant).await.unwrap();
        assert!(count(&admin, &granted).await > 0);
        migrate(&db.owner_url(), Some(&logins(&db.name)))
            .await
            .unwrap();
        assert_eq!(count(&admin, &granted).await, 0);
        admin.close().await.unwrap();
    })
    .await;
}
