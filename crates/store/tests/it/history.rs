//! What Clerk changed by itself, in the audit logs: once for each change, by the system.

use crate::support::{
    START, TestDb, deleted, event, membership, on_each, organization, organization_id, session,
    user,
};
use clerk::{models::Role, webhooks::EventData};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use std::sync::Arc;
use store::{Action, Applied, Origin, Told};

/// The audit log of an organization, oldest first: who, what, to what, before, after.
async fn log(db: &TestDb, slug: &str) -> Vec<String> {
    let admin = db.admin().await;
    let sql = format!(
        "SELECT actor_id || ' ' || action || ' ' || target_id || ' ' || coalesce(before, '-') \
         || ' ' || coalesce(after, '-') AS line, actor_kind, ip FROM audit_events \
         WHERE organization_id = 'org_{slug}' ORDER BY seq"
    );
    let statement = Statement::from_string(admin.get_database_backend(), sql);
    let found = admin.query_all_raw(statement).await.unwrap();
    let lines = found.iter().map(|row| {
        let line: String = row.try_get("", "line").unwrap();
        let kind: String = row.try_get("", "actor_kind").unwrap();
        let ip: Option<String> = row.try_get("", "ip").unwrap();
        let person = line.starts_with("user_");
        assert_eq!(kind, if person { "person" } else { "system" }, "{line}");
        assert!(person || ip.is_none(), "{line}");
        line
    });
    let lines = lines.collect();
    admin.close().await.unwrap();
    let verdict = db.store.verify_audit(&organization_id(slug)).await.unwrap();
    assert_eq!(verdict.fault, None);
    lines
}

fn beginning() -> Vec<String> {
    [
        r#"clerk organization.created org_acme - {"name":"ACME","slug":"acme"}"#,
        r#"clerk member.joined user_ada - {"role":"org:admin"}"#,
        r#"clerk member.joined user_max - {"role":"org:member"}"#,
    ]
    .map(str::to_owned)
    .to_vec()
}

#[tokio::test]
async fn each_change_of_clerks_has_one_entry_and_no_change_has_none() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let mut expected = beginning();
        assert_eq!(log(&db, "acme").await, expected);
        let changed = EventData::OrganizationMembershipUpdated;
        let mut renamed = organization("acme", START + 2);
        renamed.name = "Acme Inc.".to_owned();
        let mut deputy = membership("acme", "max", "org:admin", START + 3);
        deputy.organization = renamed.clone();
        deputy.permissions = vec!["org:projects:manage".to_owned()];
        let role = |before: &str, after: &str| {
            format!(
                r#"clerk member.role_changed user_max {{"role":"{before}"}} {{"role":"{after}"}}"#
            )
        };
        let promoted = membership("acme", "max", "org:admin", START + 1);
        for (told, entry) in [
            (changed(promoted.clone()), Some(role("org:member", "org:admin"))),
            // The same again, and what was before: late.
            (changed(promoted), None),
            (changed(membership("acme", "max", "org:member", START)), None),
            (
                EventData::OrganizationUpdated(renamed.clone()),
                Some(
                    r#"clerk organization.renamed org_acme {"name":"ACME","slug":"acme"} {"name":"Acme Inc.","slug":"acme"}"#
                        .to_owned(),
                ),
            ),
            (EventData::OrganizationUpdated(renamed), None),
            (
                changed(deputy.clone()),
                Some(
                    r#"clerk member.permissions_changed user_max {"permissions":[]} {"permissions":["org:projects:manage"]}"#
                        .to_owned(),
                ),
            ),
            (
                EventData::OrganizationMembershipDeleted(deputy.clone()),
                Some(r#"clerk member.removed user_max {"role":"org:admin"} -"#.to_owned()),
            ),
            (EventData::OrganizationMembershipDeleted(deputy), None),
            // What a user is called is no organization's business.
            (EventData::UserUpdated(user("ada", START + 9)), None),
            (
                EventData::UserDeleted(deleted("user", "user_ada")),
                Some(r#"clerk member.removed user_ada {"role":"org:admin"} -"#.to_owned()),
            ),
        ] {
            let kind = told.kind().to_owned();
            db.tell(told).await;
            expected.extend(entry);
            assert_eq!(log(&db, "acme").await, expected, "after {kind}");
        }
        // In every organization of hers.
        let elsewhere = log(&db, "globex").await;
        assert_eq!(
            elsewhere.last().unwrap(),
            r#"clerk member.removed user_ada {"role":"org:admin"} -"#
        );
    })
    .await;
}

#[tokio::test]
async fn a_logo_is_there_for_members_and_its_entry_names_who_chose_it() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let shown = async || {
            let tenant = db.store.enter(&ada, "acme").await.unwrap();
            let entered = tenant.organization().logo_url.clone();
            drop(tenant);
            let mine = db.store.organizations_of(&ada).await.unwrap();
            let listed = mine.into_iter().find(|mine| mine.slug == "acme");
            assert_eq!(listed.unwrap().logo_url, entered);
            entered
        };
        // What Clerk draws itself is no logo.
        assert_eq!(shown().await, None);

        let with_logo = |name: &str, logo: &str, at: i64| {
            let mut told = organization("acme", START + at);
            told.name = name.to_owned();
            told.has_image = true;
            told.image_url = logo.to_owned();
            told
        };
        let chosen = with_logo("ACME", "https://img.test/1", 1);
        let turn = db.store.take_turn(&ada, "acme", Origin::default()).await;
        let told = [Told::LogoChanged(&chosen)];
        turn.unwrap().finish(&told).await.unwrap();
        assert_eq!(shown().await.as_deref(), Some("https://img.test/1"));
        // Its webhook finds it done.
        db.tell(EventData::OrganizationUpdated(chosen)).await;
        let mut expected = beginning();
        let entry = |line: &str| line.to_owned();
        expected.push(entry(
            r#"user_ada organization.logo_changed org_acme {"logo":null} {"logo":"https://img.test/1"}"#,
        ));
        assert_eq!(log(&db, "acme").await, expected);

        let at_clerk = with_logo("Acme Inc.", "https://img.test/2", 2);
        db.tell(EventData::OrganizationUpdated(at_clerk.clone())).await;
        assert_eq!(shown().await.as_deref(), Some("https://img.test/2"));
        expected.push(entry(
            r#"clerk organization.renamed org_acme {"name":"ACME","slug":"acme"} {"name":"Acme Inc.","slug":"acme"}"#,
        ));
        expected.push(entry(
            r#"clerk organization.logo_changed org_acme {"logo":"https://img.test/1"} {"logo":"https://img.test/2"}"#,
        ));
        assert_eq!(log(&db, "acme").await, expected);

        let mut without = at_clerk;
        without.has_image = false;
        without.updated_at += 1;
        db.tell(EventData::OrganizationUpdated(without)).await;
        assert_eq!(shown().await, None);
        expected.push(entry(
            r#"clerk organization.logo_changed org_acme {"logo":"https://img.test/2"} {"logo":null}"#,
        ));
        assert_eq!(log(&db, "acme").await, expected);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_here_asked_for_is_theirs_alone() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let origin = Origin {
            ip: Some([192, 0, 2, 7].into()),
            user_agent: None,
        };
        let promoted = membership("acme", "max", "org:admin", START + 1);
        let turn = db.store.take_turn(&ada, "acme", origin).await.unwrap();
        // The webhook may be faster than Clerk's answer: it waits for the turn.
        let told = event(
            "msg_fast",
            START + 1,
            EventData::OrganizationMembershipUpdated(promoted.clone()),
        );
        let (db_too, told_too) = (Arc::clone(&db), told.clone());
        let webhook =
            tokio::spawn(async move { db_too.store.identity().apply_event(&told_too).await });
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        turn.finish(&[Told::RoleGiven(&promoted)]).await.unwrap();
        assert_eq!(webhook.await.unwrap().unwrap(), Applied::Fresh);
        let mut expected = beginning();
        expected.push(
            r#"user_ada member.role_changed user_max {"role":"org:member"} {"role":"org:admin"}"#
                .to_owned(),
        );
        assert_eq!(log(&db, "acme").await, expected);
        let from_there = "actor_id = 'user_ada' AND ip = '192.0.2.7'";
        assert_eq!(db.count("audit_events", from_there).await, 1);
    })
    .await;
}

/// If the entry can't be written, neither is what it is about.
#[tokio::test]
async fn a_change_and_its_entry_are_one_transaction() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let admin = db.admin().await;
        let run = async |sql: &str| admin.execute_unprepared(sql).await.unwrap();
        let ada = session("ada", "acme");
        let elsewhere = session("ada", "globex");
        let turn = async || {
            let turn = db.store.take_turn(&ada, "acme", Origin::default()).await;
            turn.unwrap()
        };
        let removed = membership("acme", "max", "org:member", START + 1);
        run("ALTER TABLE audit_events RENAME TO events_away").await;
        assert!(
            turn()
                .await
                .finish(&[Told::Removed(&removed)])
                .await
                .is_err()
        );
        assert!(turn().await.delete_organization(1000).await.is_err());
        run("ALTER TABLE events_away RENAME TO audit_events").await;
        db.store
            .enter(&session("max", "acme"), "acme")
            .await
            .unwrap();
        assert_eq!(log(&db, "acme").await, beginning());

        turn().await.delete_organization(1000).await.unwrap();
        run("ALTER TABLE audit_events RENAME TO events_away").await;
        let restore = async || {
            let origin = Origin::default();
            db.store
                .restore_organization(&elsewhere, "acme", origin)
                .await
        };
        assert!(restore().await.is_err());
        run("ALTER TABLE events_away RENAME TO audit_events").await;
        assert!(db.store.enter(&ada, "acme").await.is_err());
        restore().await.unwrap();
        db.store.enter(&ada, "acme").await.unwrap();
        admin.close().await.unwrap();
    })
    .await;
}

fn role(key: &str, permissions: &[&str], updated_at: i64) -> Role {
    let permissions: Vec<_> = permissions
        .iter()
        .map(|key| json!({ "id": format!("perm_{key}"), "key": key }))
        .collect();
    serde_json::from_value(json!({
        "id": format!("role_{key}"), "key": key, "name": key,
        "permissions": permissions, "created_at": START, "updated_at": updated_at,
    }))
    .unwrap()
}

fn deputy(updated_at: i64) -> EventData {
    let mut told = membership("acme", "max", "org:deputy", updated_at);
    told.permissions = vec!["org:projects:read".to_owned()];
    EventData::OrganizationMembershipUpdated(told)
}

#[tokio::test]
async fn who_has_a_role_has_what_it_gives_now() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let mut elsewhere = membership("globex", "gus", "org:deputy", START + 1);
        elsewhere.permissions = vec!["org:projects:read".to_owned()];
        db.tell(EventData::OrganizationMembershipUpdated(elsewhere)).await;
        db.tell(deputy(START + 1)).await;
        let may = async |name: &str, slug: &str| {
            let tenant = db.store.enter(&session(name, slug), slug).await.unwrap();
            tenant.can(Action::ProjectDelete)
        };
        assert!(!may("max", "acme").await);
        let manage = ["org:projects:read", "org:projects:manage"];
        let raised = role("org:deputy", &manage, START + 2);
        db.tell(EventData::RoleUpdated(raised.clone())).await;
        assert!(may("max", "acme").await);
        assert!(may("gus", "globex").await);
        // Told again, or late, it changes nothing; nor does the role of nobody.
        let before = log(&db, "acme").await;
        db.tell(EventData::RoleUpdated(raised)).await;
        db.tell(EventData::RoleUpdated(role("org:deputy", &[], START))).await;
        db.tell(EventData::RoleUpdated(role("org:guest", &manage, START + 5))).await;
        assert_eq!(log(&db, "acme").await, before);
        let entry = r#"clerk role.permissions_changed org:deputy {"permissions":["org:projects:read"]} {"permissions":["org:projects:manage","org:projects:read"]}"#;
        assert_eq!(before.last().unwrap(), entry);
        // Who was told of with a younger word keeps that.
        db.tell(deputy(START + 3)).await;
        assert!(!may("max", "acme").await);
        // What was read at Clerk is as of then.
        let identity = db.store.identity();
        let told = role("org:deputy", &manage, START + 2);
        identity.sync_role(&told, START + 4).await.unwrap();
        assert!(may("max", "acme").await);
    })
    .await;
}

#[tokio::test]
async fn a_role_and_its_members_end_alike_in_every_order() {
    on_each(|db: Arc<TestDb>| async move {
        let words = [
            deputy(START + 1),
            EventData::RoleUpdated(role("org:deputy", &["org:a:b"], START + 2)),
            EventData::RoleUpdated(role("org:deputy", &["org:projects:manage"], START + 3)),
        ];
        for order in [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ] {
            let admin = db.admin().await;
            for table in ["roles", "memberships", "organizations", "users"] {
                let all = format!("DELETE FROM {table}");
                admin.execute_unprepared(&all).await.unwrap();
            }
            admin.close().await.unwrap();
            for at in order {
                db.tell(words[at].clone()).await;
            }
            let held = "user_id = 'user_max' AND permissions = 'org:projects:manage'";
            assert_eq!(db.count("memberships", held).await, 1, "{order:?}");
        }
    })
    .await;
}
