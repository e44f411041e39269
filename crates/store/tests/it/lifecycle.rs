//! Deleting an organization, bringing it back, and purging it.

use crate::support::{START, TestDb, membership, on_each, organization, session, session_as};
use clerk::{ids::OrganizationId, webhooks::EventData};
use sea_orm::{ConnectionTrait, Statement};
use std::sync::Arc;
use store::{Action, Origin, StoreError};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn delete(db: &TestDb, name: &str) -> Result<(), StoreError> {
    let session = session_as(name, Some("acme"), "org:admin");
    let turn = db
        .store
        .take_turn(&session, "acme", Origin::default())
        .await?;
    turn.delete_organization(30 * DAY).await
}

fn acme() -> OrganizationId {
    OrganizationId::new("org_acme")
}

/// What Clerk's deletion and ours come to. Whether there was something to purge.
async fn purge(db: &TestDb) -> bool {
    let due = db.store.purge().due().await.unwrap();
    for id in &due {
        assert!(db.store.purge().begin(id).await.unwrap());
        db.store.purge().finish(id).await.unwrap();
    }
    !due.is_empty()
}

#[tokio::test]
async fn a_deleted_organization_is_a_missing_one_until_it_is_brought_back() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let project = db.create(&session("max", "acme"), "acme", "Kept").await;
        assert!(matches!(
            delete(&db, "max").await,
            Err(StoreError::Forbidden { .. })
        ));
        assert!(matches!(
            delete(&db, "gus").await,
            Err(StoreError::NotFound)
        ));
        delete(&db, "ada").await.unwrap();

        let ada = session("ada", "acme");
        for session in [&ada, &session("max", "acme")] {
            let entered = db.store.enter(session, "acme").await;
            assert!(matches!(entered, Err(StoreError::NotFound)), "{entered:?}");
            let turn = db.store.take_turn(session, "acme", Origin::default()).await;
            assert!(matches!(turn, Err(StoreError::NotFound)), "{turn:?}");
        }
        let slugs = async |session| -> Vec<String> {
            let mine = db.store.organizations_of(session).await.unwrap();
            mine.into_iter().map(|one| one.slug).collect()
        };
        assert_eq!(slugs(&ada).await, ["globex"]);
        // Clerk's word about it changes nothing of that.
        let told = organization("acme", START + 5);
        db.tell(EventData::OrganizationUpdated(told)).await;
        assert_eq!(slugs(&ada).await, ["globex"]);

        // Admins alone know that it can be brought back.
        let resting = db.store.deleted_organizations_of(&ada).await.unwrap();
        assert_eq!(resting.len(), 1);
        assert_eq!(
            (resting[0].slug.as_str(), resting[0].purge_at),
            ("acme", START + 30 * DAY)
        );
        for stranger in [session("max", "acme"), session("gus", "globex")] {
            assert_eq!(
                db.store.deleted_organizations_of(&stranger).await.unwrap(),
                []
            );
            let restored = db
                .store
                .restore_organization(&stranger, "acme", Origin::default())
                .await;
            assert!(
                matches!(restored, Err(StoreError::NotFound)),
                "{restored:?}"
            );
        }
        // Whatever organization is active: this one can't be.
        let elsewhere = session("ada", "globex");
        let not_deleted = db
            .store
            .restore_organization(&elsewhere, "globex", Origin::default())
            .await;
        assert!(
            matches!(not_deleted, Err(StoreError::NotFound)),
            "{not_deleted:?}"
        );
        db.store
            .restore_organization(&elsewhere, "acme", Origin::default())
            .await
            .unwrap();
        let tenant = db.store.enter(&ada, "acme").await.unwrap();
        assert_eq!(tenant.projects().get(project.id).await.unwrap(), project);
        drop(tenant);
        assert_eq!(slugs(&ada).await, ["acme", "globex"]);
        db.clock.advance(31 * DAY);
        assert!(!purge(&db).await, "what was brought back is not purged");
        for action in ["deleted", "restored"] {
            let recorded = format!("action = 'organization.{action}'");
            assert_eq!(db.count("audit_events", &recorded).await, 1, "{action}");
        }
    })
    .await;
}

/// Every table of the schema with rows of an organization, and how many are Acme's.
async fn rows_of_acme(db: &TestDb) -> Vec<(String, i64)> {
    let admin = db.admin().await;
    let sql = match db.kind {
        crate::support::Kind::Sqlite => {
            "SELECT t.name AS name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
             ON c.name = 'organization_id' WHERE t.type = 'table'"
        }
        crate::support::Kind::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.columns \
             WHERE column_name = 'organization_id' AND table_schema = current_schema()"
        }
    };
    let found = admin.query_all_raw(Statement::from_string(admin.get_database_backend(), sql));
    let mut rows = vec![(
        "organizations".to_owned(),
        db.count("organizations", "id = 'org_acme'").await,
    )];
    for row in found.await.unwrap() {
        let table: String = row.try_get("", "name").unwrap();
        let count = db.count(&table, "organization_id = 'org_acme'").await;
        rows.push((table, count));
    }
    admin.close().await.unwrap();
    assert!(rows.len() >= 4, "the schema names the tables: {rows:?}");
    rows
}

#[tokio::test]
async fn nothing_of_an_organization_remains_after_its_purge() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        crate::tasks::furnish(&db, "max", "acme").await;
        let theirs = db
            .create(&session("gus", "globex"), "globex", "Theirs")
            .await;
        assert!(rows_of_acme(&db).await.iter().all(|(_, count)| *count > 0));
        assert!(!purge(&db).await);
        delete(&db, "ada").await.unwrap();
        db.clock.advance(30 * DAY - 1);
        assert!(!purge(&db).await, "a millisecond too early");
        db.clock.advance(1);
        assert!(purge(&db).await);
        assert!(rows_of_acme(&db).await.iter().all(|(_, count)| *count == 0));
        assert!(!purge(&db).await);
        // Nor does a late word bring it back.
        let late = membership("acme", "max", "org:member", START + 1);
        db.tell(EventData::OrganizationMembershipUpdated(late))
            .await;
        assert_eq!(db.count("organizations", "id = 'org_acme'").await, 0);
        let tenant = db
            .store
            .enter(&session("gus", "globex"), "globex")
            .await
            .unwrap();
        assert_eq!(tenant.projects().get(theirs.id).await.unwrap(), theirs);
    })
    .await;
}

#[tokio::test]
async fn a_purge_that_was_begun_is_finished_and_not_undone() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        delete(&db, "ada").await.unwrap();
        assert!(
            !db.store.purge().begin(&acme()).await.unwrap(),
            "its time has not come"
        );
        db.clock.advance(30 * DAY);
        assert!(db.store.purge().begin(&acme()).await.unwrap());
        // The process ends here, before or after Clerk was asked. Nobody brings back what may
        // be gone at Clerk.
        let elsewhere = session("ada", "globex");
        let restored = db
            .store
            .restore_organization(&elsewhere, "acme", Origin::default())
            .await;
        assert!(
            matches!(restored, Err(StoreError::NotFound)),
            "{restored:?}"
        );
        assert_eq!(
            db.store.deleted_organizations_of(&elsewhere).await.unwrap(),
            []
        );
        assert!(purge(&db).await);
        assert!(!db.store.purge().begin(&acme()).await.unwrap());
        db.store.purge().finish(&acme()).await.unwrap();
        let nobody = db
            .store
            .enter_for(&elsewhere, "acme", Action::ProjectRead, Origin::default())
            .await;
        assert!(matches!(nobody, Err(StoreError::NotFound)));
    })
    .await;
}
