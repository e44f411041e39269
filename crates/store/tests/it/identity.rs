//! Clerk's events: twice, late, in the wrong order, and after the end.

use crate::support::{
    Kind, START, TestDb, deleted, event, membership, on_each, organization, organization_id,
    session, session_as, user, user_id,
};
use clerk::webhooks::EventData;
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::sync::Arc;
use store::{Applied, Origin, Role, StoreError};

#[tokio::test]
async fn the_same_delivery_twice_takes_effect_once() {
    on_each(|db: Arc<TestDb>| async move {
        let identity = db.store.identity();
        let first = event("msg_1", START, EventData::UserCreated(user("ada", START)));
        // The same id with other content: still the same delivery.
        let again = event("msg_1", START, EventData::UserCreated(user("bob", START)));
        let (one, two) = tokio::join!(identity.apply_event(&first), identity.apply_event(&first));
        let mut both = [one.unwrap(), two.unwrap()];
        both.sort_by_key(|applied| *applied == Applied::Duplicate);
        assert_eq!(both, [Applied::Fresh, Applied::Duplicate]);
        assert_eq!(
            identity.apply_event(&again).await.unwrap(),
            Applied::Duplicate
        );
        assert!(identity.knows_user(&user_id("ada")).await.unwrap());
        assert!(!identity.knows_user(&user_id("bob")).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_delivery_that_failed_may_come_again() {
    on_each(|db: Arc<TestDb>| async move {
        let told = event("msg_1", START, EventData::UserCreated(user("ada", START)));
        let identity = db.store.identity();
        let admin = db.admin().await;
        let run = async |sql: &str| admin.execute_unprepared(sql).await.unwrap();
        run("ALTER TABLE users RENAME TO users_away").await;
        assert!(identity.apply_event(&told).await.is_err());
        run("ALTER TABLE users_away RENAME TO users").await;
        assert_eq!(identity.apply_event(&told).await.unwrap(), Applied::Fresh);
        assert!(identity.knows_user(&user_id("ada")).await.unwrap());
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_older_word_does_not_replace_a_newer_one() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let mut newer = user("ada", START + 20);
        newer.first_name = Some("Newer".to_owned());
        let mut renamed = organization("acme", START + 20);
        renamed.slug = Some("acme-two".to_owned());
        db.tell(EventData::UserUpdated(newer)).await;
        db.tell(EventData::OrganizationUpdated(renamed)).await;
        let member = membership("acme", "ada", "org:member", START + 20);
        db.tell(EventData::OrganizationMembershipUpdated(member))
            .await;

        db.tell(EventData::UserUpdated(user("ada", START + 10)))
            .await;
        db.tell(EventData::OrganizationUpdated(organization(
            "acme",
            START + 10,
        )))
        .await;
        let admin = membership("acme", "ada", "org:admin", START + 10);
        db.tell(EventData::OrganizationMembershipUpdated(admin))
            .await;

        assert_eq!(db.count("users", "first_name = 'Newer'").await, 1);
        let ada = session("ada", "acme");
        let tenant = db.store.enter(&ada, "acme-two").await.unwrap();
        assert_eq!(tenant.membership().role(), Role::Member);
        assert!(matches!(
            db.store.enter(&ada, "acme").await,
            Err(StoreError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_membership_may_come_before_its_user_and_organization() {
    on_each(|db: Arc<TestDb>| async move {
        let told = membership("acme", "ada", "org:admin", START);
        db.tell(EventData::OrganizationMembershipCreated(told))
            .await;
        db.store
            .enter(&session("ada", "acme"), "acme")
            .await
            .unwrap();
        assert!(
            !db.store
                .identity()
                .knows_user(&user_id("ada"))
                .await
                .unwrap()
        );
        assert_eq!(db.count("users", "email = 'ada@example.com'").await, 1);

        db.tell(EventData::UserCreated(user("ada", START - 500)))
            .await;
        db.tell(EventData::OrganizationCreated(organization(
            "acme",
            START - 500,
        )))
        .await;
        assert!(
            db.store
                .identity()
                .knows_user(&user_id("ada"))
                .await
                .unwrap()
        );
        assert_eq!(db.count("users", "last_name = 'Test'").await, 1);
        db.store
            .enter(&session("ada", "acme"), "acme")
            .await
            .unwrap();
        // A further membership's stub leaves the real user alone.
        let other = membership("globex", "ada", "org:member", START);
        db.tell(EventData::OrganizationMembershipCreated(other))
            .await;
        assert_eq!(db.count("users", "last_name = 'Test'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_user_is_gone_with_his_memberships_and_stays_gone() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let project = db.create(&max, "acme", "His").await;
        let gone = event(
            "msg_gone",
            START + 100,
            EventData::UserDeleted(deleted("user", "user_max")),
        );
        db.store.identity().apply_event(&gone).await.unwrap();
        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));

        db.tell(EventData::UserUpdated(user("max", START + 50)))
            .await;
        let late = membership("acme", "max", "org:admin", START + 50);
        db.tell(EventData::OrganizationMembershipUpdated(late.clone()))
            .await;
        let identity = db.store.identity();
        identity
            .sync_user(&user("max", START + 50), &[late], START + 200)
            .await
            .unwrap();
        assert!(!identity.knows_user(&user_id("max")).await.unwrap());
        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));
        assert_eq!(db.count("users", "id = 'user_max'").await, 0);
        assert_eq!(db.count("memberships", "user_id = 'user_max'").await, 0);

        // What he made is the organization's.
        let tenant = db
            .store
            .enter(&session("ada", "acme"), "acme")
            .await
            .unwrap();
        assert_eq!(tenant.projects().get(project.id).await.unwrap(), project);
    })
    .await;
}

#[tokio::test]
async fn a_deletion_may_come_before_what_it_deletes() {
    on_each(|db: Arc<TestDb>| async move {
        let identity = db.store.identity();
        let gone = membership("acme", "ada", "org:admin", START + 10);
        let gone = event(
            "msg_1",
            START + 10,
            EventData::OrganizationMembershipDeleted(gone),
        );
        identity.apply_event(&gone).await.unwrap();
        let late = membership("acme", "ada", "org:admin", START);
        db.tell(EventData::OrganizationMembershipCreated(late))
            .await;
        let ada = session("ada", "acme");
        assert!(matches!(
            db.store.enter(&ada, "acme").await,
            Err(StoreError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_organization_takes_all_it_owns_along() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        db.create(&session("max", "acme"), "acme", "Lost").await;
        let kept = db.create(&session("gus", "globex"), "globex", "Kept").await;
        let gone = event(
            "msg_gone",
            START + 100,
            EventData::OrganizationDeleted(deleted("organization", "org_acme")),
        );
        db.store.identity().apply_event(&gone).await.unwrap();
        db.tell(EventData::OrganizationUpdated(organization(
            "acme",
            START + 50,
        )))
        .await;
        let late = membership("acme", "max", "org:member", START + 50);
        db.tell(EventData::OrganizationMembershipUpdated(late))
            .await;

        let max = session("max", "acme");
        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));
        for table in ["memberships", "projects", "audit_events"] {
            assert_eq!(
                db.count(table, "organization_id = 'org_acme'").await,
                0,
                "{table}"
            );
        }
        let tenant = db
            .store
            .enter(&session("gus", "globex"), "globex")
            .await
            .unwrap();
        assert_eq!(tenant.projects().get(kept.id).await.unwrap(), kept);
    })
    .await;
}

#[tokio::test]
async fn who_joins_again_is_in_again_and_his_old_membership_ends_nothing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let old = membership("acme", "max", "org:member", START);
        let mut new = membership("acme", "max", "org:admin", START + 500);
        new.id = clerk::ids::MembershipId::new("orgmem_second");
        // The end of the first comes after the beginning of the second.
        db.tell(EventData::OrganizationMembershipCreated(new)).await;
        db.tell(EventData::OrganizationMembershipDeleted(old.clone()))
            .await;
        db.tell(EventData::OrganizationMembershipUpdated(old)).await;
        let tenant = db
            .store
            .enter(&session("max", "acme"), "acme")
            .await
            .unwrap();
        assert_eq!(tenant.membership().role(), Role::Admin);
    })
    .await;
}

#[tokio::test]
async fn a_slug_may_change_hands_in_any_order() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        // Globex has become "acme" since Acme gave the slug up, but that word is late.
        let mut taken = organization("globex", START + 20);
        taken.slug = Some("acme".to_owned());
        db.tell(EventData::OrganizationUpdated(taken)).await;
        let tenant = db
            .store
            .enter(&session("ada", "globex"), "acme")
            .await
            .unwrap();
        assert_eq!(tenant.organization().id, organization_id("globex"));
        drop(tenant);
        let mut given_up = organization("acme", START + 10);
        given_up.slug = Some("acme-inc".to_owned());
        db.tell(EventData::OrganizationUpdated(given_up)).await;
        let tenant = db
            .store
            .enter(&session("ada", "acme"), "acme-inc")
            .await
            .unwrap();
        assert_eq!(tenant.organization().id, organization_id("acme"));
    })
    .await;
}

#[tokio::test]
async fn an_organization_without_a_slug_goes_by_its_id() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let mut told = organization("acme", START + 1);
        told.slug = None;
        db.tell(EventData::OrganizationUpdated(told)).await;
        db.store
            .enter(&session("ada", "acme"), "org_acme")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reading_brings_a_user_and_ends_what_it_lacks() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let identity = db.store.identity();
        let later = START + 60_000;
        let acme = membership("acme", "ada", "org:member", START + 10);
        let initech = membership("initech", "ada", "org:admin", START + 10);
        // Younger than the reading: it may have come after it.
        let young = membership("hooli", "ada", "org:admin", later - 1);
        db.tell(EventData::OrganizationMembershipCreated(young))
            .await;
        identity
            .sync_user(&user("ada", START + 10), &[acme, initech], later)
            .await
            .unwrap();

        let slugs = async || -> Vec<String> {
            let mine = db
                .store
                .organizations_of(&session_as("ada", None, ""))
                .await
                .unwrap();
            mine.into_iter()
                .map(|organization| organization.slug)
                .collect()
        };
        assert_eq!(slugs().await, ["acme", "hooli", "initech"]);
        let tenant = db
            .store
            .enter(&session("ada", "acme"), "acme")
            .await
            .unwrap();
        assert_eq!(tenant.membership().role(), Role::Member);
        drop(tenant);

        // The word that had made the membership comes again and changes nothing; a younger does.
        let late = membership("globex", "ada", "org:admin", START);
        db.tell(EventData::OrganizationMembershipCreated(late))
            .await;
        assert_eq!(slugs().await, ["acme", "hooli", "initech"]);
        let again = membership("globex", "ada", "org:admin", later);
        db.tell(EventData::OrganizationMembershipUpdated(again))
            .await;
        assert_eq!(slugs().await, ["acme", "globex", "hooli", "initech"]);
        // Others are where they were.
        db.store
            .enter(&session("gus", "globex"), "globex")
            .await
            .unwrap();

        assert!(
            identity
                .knows_membership(&user_id("ada"), &organization_id("acme"))
                .await
                .unwrap()
        );
        assert!(
            !identity
                .knows_membership(&user_id("max"), &organization_id("globex"))
                .await
                .unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn other_events_are_recorded_and_change_nothing() {
    on_each(|db: Arc<TestDb>| async move {
        let unknown = EventData::Unknown {
            kind: "sms.created".to_owned(),
            data: json!({ "id": "sms_1" }),
        };
        db.tell(unknown).await;
        assert_eq!(db.count("webhook_events", "kind = 'sms.created'").await, 1);
        assert_eq!(db.count("users", "1 = 1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn no_row_moves_to_another_organization() {
    on_each(|db: Arc<TestDb>| async move {
        if db.kind == Kind::Postgres {
            return; // `row_security` has it.
        }
        db.populate().await;
        db.create(&session("max", "acme"), "acme", "Ours").await;
        let app = db.app().await;
        for table in ["memberships", "projects"] {
            let moved = app
                .execute_unprepared(&format!(
                    "UPDATE {table} SET organization_id = 'org_globex'"
                ))
                .await;
            assert!(
                moved
                    .unwrap_err()
                    .to_string()
                    .contains("organization_id never changes")
            );
        }
        let edited = app
            .execute_unprepared("UPDATE audit_events SET actor_id = 'user_gus'")
            .await;
        assert!(edited.unwrap_err().to_string().contains("only grows"));
        app.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_no_delivery_can_repeat_is_forgotten() {
    const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;
    on_each(|db: Arc<TestDb>| async move {
        let identity = db.store.identity();
        db.tell(EventData::UserCreated(user("ada", START))).await;
        db.tell(EventData::UserCreated(user("max", START))).await;
        db.tell(EventData::UserDeleted(deleted("user", "user_max")))
            .await;

        db.clock.advance(KEPT_MS);
        assert_eq!(identity.prune().await.unwrap(), 0);
        db.tell(EventData::UserUpdated(user("ada", START + 1)))
            .await;
        db.clock.advance(1);
        // Three deliveries and Max's tombstone; not the delivery of just now.
        assert_eq!(identity.prune().await.unwrap(), 4);
        assert_eq!(db.count("webhook_events", "1 = 1").await, 1);
        assert_eq!(db.count("tombstones", "1 = 1").await, 0);
        assert_eq!(db.count("users", "1 = 1").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_old_slug_leads_members_and_nobody_else_to_the_one_of_today() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let called = |slug: &str, at: i64| {
            let mut told = organization("acme", at);
            told.slug = Some(slug.to_owned());
            EventData::OrganizationUpdated(told)
        };
        let leads = async |name: &str, slug: &str| {
            let session = session_as(name, None, "");
            db.store.moved_to(&session, slug).await.unwrap()
        };
        assert_eq!(leads("ada", "acme").await, None);
        db.tell(called("acme-three", START + 30)).await;
        // A word that comes late tells of a slug that there was in between.
        db.tell(called("acme-two", START + 20)).await;
        for old in ["acme", "acme-two"] {
            for member in ["ada", "max"] {
                let now = leads(member, old).await;
                assert_eq!(now.as_deref(), Some("acme-three"), "{member} {old}");
            }
            assert_eq!(leads("gus", old).await, None);
            assert_eq!(leads("nora", old).await, None);
        }
        for other in ["acme-three", "globex", "nobody", "x\0", "' OR 1=1"] {
            assert_eq!(leads("ada", other).await, None, "{other}");
        }
        // Who is removed is led nowhere, and nobody to what is deleted.
        let gone = membership("acme", "max", "org:member", START);
        db.tell(EventData::OrganizationMembershipDeleted(gone))
            .await;
        assert_eq!(leads("max", "acme").await, None);
        let ada = session("ada", "acme");
        let turn = db
            .store
            .take_turn(&ada, "acme-three", Origin::default())
            .await;
        turn.unwrap().delete_organization(1000).await.unwrap();
        assert_eq!(leads("ada", "acme").await, None);
    })
    .await;
}
