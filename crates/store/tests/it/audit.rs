//! The audit log: what an entry says, and that nobody alters one unnoticed.

use crate::support::{Kind, START, TestDb, deleted, new_project, on_each, session};
use clerk::{
    ids::{OrganizationId, UserId},
    webhooks::EventData,
};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use store::{Action, AuditActor, AuditFault, AuditFilter, AuditVerdict, Origin, StoreError};

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

#[tokio::test]
async fn admins_read_the_log_of_their_own_organization() {
    on_each(|db: Arc<TestDb>| async move {
        history(&db).await;
        let ada = session("ada", "acme");
        let tenant = db.store.enter(&ada, "acme").await.unwrap();
        let log = tenant.audit_log();
        let numbers = async |filter: AuditFilter, before| {
            let page = log.page(&filter, before).await.unwrap();
            assert_eq!(page.next, None);
            let entries = page.entries.into_iter();
            entries.map(|entry| entry.seq).collect::<Vec<_>>()
        };
        let all = AuditFilter::default;
        assert_eq!(numbers(all(), None).await, [8, 7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(numbers(all(), Some(3)).await, [2, 1]);
        let by = |actor| AuditFilter {
            actor: Some(actor),
            ..all()
        };
        let person = |id: &str| by(AuditActor::Person(UserId::new(id)));
        assert_eq!(numbers(person("user_ada"), None).await, [6, 4]);
        assert_eq!(numbers(by(AuditActor::System), None).await, [3, 2, 1]);
        // Somebody of another organization, nobody, and what no id can be.
        for id in ["user_gus", "clerk", "a\0b"] {
            assert!(numbers(person(id), None).await.is_empty(), "{id:?}");
        }
        let action = |action: &str| AuditFilter {
            action: Some(action.to_owned()),
            ..all()
        };
        assert_eq!(numbers(action("member.joined"), None).await.len(), 2);
        for word in ["project.renamed", "project", "a\0b"] {
            assert!(numbers(action(word), None).await.is_empty(), "{word:?}");
        }
        let while_two = AuditFilter {
            from: Some(START + 2000),
            until: Some(START + 4000),
            ..all()
        };
        // What Globex did in the third second is not in it.
        assert_eq!(numbers(while_two, None).await, [5]);

        let page = log.page(&person("user_max"), None).await.unwrap();
        let first = page.entries.last().unwrap();
        assert_eq!(
            (first.action.as_str(), first.target_kind.as_str()),
            ("project.created", "project")
        );
        assert_eq!(first.after, Some(serde_json::json!({ "name": "Two" })));
        assert_eq!(first.ip, Some([192, 0, 2, 1].into()));
        assert_eq!(first.user_agent.as_deref(), Some("Firefox"));

        let max = session("max", "acme");
        let tenant = db.store.enter(&max, "acme").await.unwrap();
        let refused = tenant.audit_log().page(&all(), None).await;
        assert!(matches!(refused, Err(StoreError::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_long_log_comes_in_pages() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        for number in 0..60 {
            db.create(&ada, "acme", &format!("Project {number}")).await;
        }
        let tenant = db.store.enter(&ada, "acme").await.unwrap();
        let (log, all) = (tenant.audit_log(), AuditFilter::default());
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = log.page(&all, before).await.unwrap();
            seen.extend(page.entries.into_iter().map(|entry| entry.seq));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        let rising: Vec<i64> = (1..=63).rev().collect();
        assert_eq!(seen, rising);
    })
    .await;
}
