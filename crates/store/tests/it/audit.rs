//! The audit log: what an entry says, and that nobody alters one unnoticed.

use crate::support::{Kind, START, TestDb, deleted, new_project, on_each, session};
use clerk::{ids::OrganizationId, webhooks::EventData};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use store::{Action, AuditFault, AuditVerdict, Origin};

/// Five entries of Acme's by Ada and Max, and one of Globex's, after the three about what is there:
/// the organization and its two members.
async fn history(db: &TestDb) {
    db.populate().await;
    for (who, slug, project) in [
        ("ada", "acme", "One"),
        ("max", "acme", "Two"),
        ("gus", "globex", "Theirs"),
        ("ada", "acme", "Three"),
        ("max", "acme", "Four"),
        ("max", "acme", "Five"),
    ] {
        db.clock.advance(1000);
        let origin = Origin {
            ip: Some([192, 0, 2, 1].into()),
            user_agent: Some("Firefox".to_owned()),
        };
        let session = session(who, slug);
        let action = Action::ProjectCreate;
        let tenant = db.store.enter_for(&session, slug, action, origin).await;
        let tenant = tenant.unwrap();
        tenant
            .projects()
            .create(new_project(project))
            .await
            .unwrap();
        tenant.commit().await.unwrap();
    }
}

async fn verify(db: &TestDb, slug: &str) -> AuditVerdict {
    let id = OrganizationId::new(format!("org_{slug}"));
    db.store.verify_audit(&id).await.unwrap()
}

#[tokio::test]
async fn an_entry_says_who_did_what_when_and_from_where() {
    on_each(|db: Arc<TestDb>| async move {
        history(&db).await;
        let first = format!(
            "organization_id = 'org_acme' AND seq = 4 AND at = {} AND actor_kind = 'person' \
             AND actor_id = 'user_ada' AND action = 'project.created' \
             AND target_kind = 'project' AND before IS NULL AND after = '{{\"name\":\"One\"}}' \
             AND ip = '192.0.2.1' AND user_agent = 'Firefox'",
            START + 1000
        );
        assert_eq!(db.count("audit_events", &first).await, 1);
        let verdict = verify(&db, "acme").await;
        assert_eq!((verdict.entries, verdict.fault), (8, None));
        let other = verify(&db, "globex").await;
        assert_eq!((other.entries, other.fault), (4, None));
        assert_ne!(verdict.head, other.head);
        let nobody = verify(&db, "initech").await;
        assert_eq!((nobody.entries, nobody.fault), (0, None));
    })
    .await;
}

#[tokio::test]
async fn whatever_is_altered_shows() {
    use AuditFault::{Altered, Head, Missing, OriginAltered};
    on_each(|db: Arc<TestDb>| async move {
        history(&db).await;
        let admin = db.admin().await;
        for trigger in ["audit_events_only_grow", "audit_events_stay_as_they_are"] {
            if db.kind == Kind::Sqlite {
                let sql = format!("DROP TRIGGER {trigger}");
                admin.execute_unprepared(&sql).await.unwrap();
            }
        }
        let acme = "WHERE organization_id = 'org_acme'";
        for table in ["audit_events", "audit_heads"] {
            let sql = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table} {acme}");
            admin.execute_unprepared(&sql).await.unwrap();
        }
        for (damage, fault) in [
            ("UPDATE audit_events SET at = at + 1 $ AND seq = 5", Altered(5)),
            ("UPDATE audit_events SET actor_id = 'user_gus' $ AND seq = 8", Altered(8)),
            ("UPDATE audit_events SET after = NULL $ AND seq = 6", Altered(6)),
            ("UPDATE audit_events SET before = '{}' $ AND seq = 4", Altered(4)),
            ("UPDATE audit_events SET ip = '192.0.2.2' $ AND seq = 7", OriginAltered(7)),
            ("UPDATE audit_events SET user_agent = NULL $ AND seq = 7", OriginAltered(7)),
            ("DELETE FROM audit_events $ AND seq = 4", Missing(4)),
            ("DELETE FROM audit_events $ AND seq = 6", Missing(6)),
            ("DELETE FROM audit_events $ AND seq = 8", Missing(8)),
            ("DELETE FROM audit_events $", Missing(1)),
            ("DELETE FROM audit_heads $", Head(8)),
            ("UPDATE audit_heads SET seq = 7 $", Head(8)),
            (
                "UPDATE audit_heads SET hash = (SELECT hash FROM kept_audit_events WHERE seq = 7) $",
                Head(8),
            ),
            // An entry in place of another: gone, and the one after it takes its number.
            (
                "DELETE FROM audit_events $ AND seq = 7; \
                 UPDATE audit_events SET seq = 7 $ AND seq = 8; \
                 UPDATE audit_heads SET seq = 7 $",
                Altered(7),
            ),
        ] {
            let damage = damage.replace('$', acme);
            admin.execute_unprepared(&damage).await.unwrap();
            assert_eq!(verify(&db, "acme").await.fault, Some(fault), "{damage}");
            assert_eq!(verify(&db, "globex").await.fault, None, "{damage}");
            for table in ["audit_events", "audit_heads"] {
                let again = format!(
                    "DELETE FROM {table} {acme}; INSERT INTO {table} SELECT * FROM kept_{table}"
                );
                admin.execute_unprepared(&again).await.unwrap();
            }
            assert_eq!(verify(&db, "acme").await.fault, None);
        }
        // What erasing a person leaves behind holds.
        let blank = format!(
            "UPDATE audit_events SET ip = NULL, user_agent = NULL, origin_salt = NULL {acme}"
        );
        admin.execute_unprepared(&blank).await.unwrap();
        assert_eq!(verify(&db, "acme").await.fault, None);
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn writers_at_once_stand_in_one_chain() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let write = async |text: &str| db.create(&max, "acme", text).await;
        tokio::join!(write("1"), write("2"), write("3"), write("4"), write("5"));
        let verdict = verify(&db, "acme").await;
        assert_eq!((verdict.entries, verdict.fault), (8, None));
    })
    .await;
}

#[tokio::test]
async fn who_is_deleted_leaves_no_address_behind() {
    on_each(|db: Arc<TestDb>| async move {
        history(&db).await;
        let before = verify(&db, "acme").await;
        db.tell(EventData::UserDeleted(deleted("user", "user_max")))
            .await;
        let blank = "ip IS NULL AND user_agent IS NULL AND origin_salt IS NULL";
        let of = |user: &str| format!("actor_id = '{user}' AND {blank}");
        assert_eq!(db.count("audit_events", &of("user_max")).await, 3);
        assert_eq!(db.count("audit_events", blank).await, 3);
        // What was written holds; one more says that he is no member any more.
        let after = verify(&db, "acme").await;
        assert_eq!((after.entries, after.fault), (before.entries + 1, None));
    })
    .await;
}
