//! Changing who belongs to an organization: one at a time, recorded, and never without an admin.

use crate::support::{START, TestDb, membership, on_each, session, session_as, user_id};
use clerk::{models::OrganizationMembership, webhooks::EventData};
use std::sync::Arc;
use store::{Action, MemberChange, MemberFilter, Origin, Role, StoreError, Told};

/// Makes Max an admin of Acme too.
async fn two_admins(db: &TestDb) {
    db.populate().await;
    let promoted = membership("acme", "max", "org:admin", START + 1);
    db.tell(EventData::OrganizationMembershipUpdated(promoted))
        .await;
}

/// Leaves Acme, with Clerk played by a membership that it says is over.
async fn leave(db: Arc<TestDb>, name: &'static str) -> Result<(), StoreError> {
    let session = session_as(name, Some("acme"), "org:admin");
    let turn = db
        .store
        .take_turn(&session, "acme", Origin::default())
        .await?;
    turn.decide(MemberChange::Leave)?;
    // Whoever comes second has every chance to overtake while Clerk thinks.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let ended = membership("acme", name, "org:admin", START + 2);
    turn.finish(&[Told::Removed(&ended)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_the_last_two_admins_who_leave_at_once_one_stays() {
    on_each(|db: Arc<TestDb>| async move {
        two_admins(&db).await;
        let both = [leave(Arc::clone(&db), "ada"), leave(Arc::clone(&db), "max")];
        let [ada, max] = both.map(tokio::spawn);
        let outcomes = [ada.await.unwrap(), max.await.unwrap()];
        let gone = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(gone, 1, "{outcomes:?}");
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(refused, StoreError::LastAdmin), "{refused:?}");
        let acme = "organization_id = 'org_acme'";
        let admins = format!("{acme} AND role = 'org:admin'");
        assert_eq!(db.count("memberships", &admins).await, 1);
        let left = format!("{acme} AND action = 'member.left'");
        assert_eq!(db.count("audit_events", &left).await, 1);
    })
    .await;
}

/// Two servers on one PostgreSQL have no lock in common but the database's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_waits_for_its_turn() {
    crate::support::on_postgres(|db: Arc<TestDb>| async move {
        two_admins(&db).await;
        let mut options = crate::support::options(db.clock.shared());
        options.worker_url = Some(db.worker_url.clone());
        let other = store::Store::connect(&db.url, &options).await.unwrap();
        let ada = session("ada", "acme");
        let turn = db.store.take_turn(&ada, "acme", Origin::default()).await.unwrap();
        let waiting = tokio::spawn(async move {
            let max = session_as("max", Some("acme"), "org:admin");
            let turn = other.take_turn(&max, "acme", Origin::default()).await?;
            turn.decide(MemberChange::Leave)
        });
        let admin = db.admin().await;
        let waits = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while crate::support::count(&admin, waits).await == 0 {
            assert!(!waiting.is_finished(), "nobody waited");
            tokio::task::yield_now().await;
        }
        admin.close().await.unwrap();
        turn.decide(MemberChange::Leave).unwrap();
        let ended = membership("acme", "ada", "org:admin", START + 2);
        turn.finish(&[Told::Removed(&ended)]).await.unwrap();
        // What Max had been by the time he asked is not what counts.
        let outcome = waiting.await.unwrap();
        assert!(matches!(outcome, Err(StoreError::LastAdmin)), "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn what_clerk_answered_is_here_at_once_with_one_audit_row_each() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let before = db.audit_rows().await;
        let turn = db
            .store
            .take_turn(&ada, "acme", Origin::default())
            .await
            .unwrap();
        let mut deputy = membership("acme", "max", "org:deputy", START + 1);
        deputy.permissions = vec!["org:projects:manage".to_owned()];
        turn.finish(&[Told::RoleGiven(&deputy)]).await.unwrap();
        assert_eq!(db.audit_rows().await, before + 1);

        let max = session_as("max", Some("acme"), "org:member");
        let tenant = db.store.enter(&max, "acme").await.unwrap();
        assert_eq!(tenant.membership().role(), Role::Custom);
        assert!(tenant.can(Action::ProjectDelete));
        drop(tenant);
        // The webhook about it, and a late one about what was before, change nothing.
        let told =
            |it: &OrganizationMembership| EventData::OrganizationMembershipUpdated(it.clone());
        db.tell(told(&deputy)).await;
        db.tell(told(&membership("acme", "max", "org:member", START)))
            .await;
        assert!(
            db.store
                .enter(&max, "acme")
                .await
                .unwrap()
                .can(Action::ProjectDelete)
        );

        let turn = db
            .store
            .take_turn(&ada, "acme", Origin::default())
            .await
            .unwrap();
        turn.finish(&[Told::Removed(&deputy)]).await.unwrap();
        assert_eq!(db.audit_rows().await, before + 2);
        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));
        // Nor does that word bring him back.
        db.tell(told(&deputy)).await;
        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_turn_that_is_not_finished_leaves_nothing_and_keeps_nobody_waiting() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let before = db.audit_rows().await;
        drop(
            db.store
                .take_turn(&ada, "acme", Origin::default())
                .await
                .unwrap(),
        );
        drop(
            db.store
                .take_turn(&ada, "acme", Origin::default())
                .await
                .unwrap(),
        );
        assert_eq!(db.audit_rows().await, before);
        // A turn is no way in for others.
        for stranger in [session("gus", "globex"), session_as("nora", None, "")] {
            let turn = db
                .store
                .take_turn(&stranger, "acme", Origin::default())
                .await;
            assert!(matches!(turn, Err(StoreError::NotFound)), "{turn:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_members_are_listed_and_only_to_those_who_may() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let listed = async |session| -> Result<Vec<_>, StoreError> {
            let tenant = db.store.enter(&session, "acme").await?;
            let members = tenant.members().list(10).await?;
            Ok(members
                .into_iter()
                .map(|one| (one.user_id, one.role))
                .collect())
        };
        let expected = [("ada", "org:admin"), ("max", "org:member")]
            .map(|(name, role)| (user_id(name), role.to_owned()));
        assert_eq!(listed(session("max", "acme")).await.unwrap(), expected);
        let guest = membership("acme", "nora", "org:guest", START);
        db.tell(EventData::OrganizationMembershipCreated(guest))
            .await;
        let refused = listed(session_as("nora", Some("acme"), "org:guest")).await;
        assert!(
            matches!(refused, Err(StoreError::Forbidden { .. })),
            "{refused:?}"
        );
    })
    .await;
}

/// Puts members straight into the tables: `count` of them, more than any webhook test would.
async fn crowd(db: &TestDb, count: usize) {
    use sea_orm::ConnectionTrait as _;
    let admin = db.admin().await;
    let rows = |row: &dyn Fn(usize) -> String| {
        let rows: Vec<String> = (0..count).map(row).collect();
        rows.join(", ")
    };
    let users = rows(&|n| {
        // Three share each name; every seventh has none.
        let name = match n % 7 {
            0 => "NULL".to_owned(),
            _ => format!("'Name{:04}'", n / 3),
        };
        format!("('user_{n:05}', {name}, '{n:05}@example.test', 0, 0)")
    });
    let members = rows(&|n| {
        let role = if n % 10 == 0 {
            "org:guest"
        } else {
            "org:member"
        };
        format!("('org_acme', 'user_{n:05}', 'orgmem_{n:05}', '{role}', 0, 0)")
    });
    for sql in [
        format!("INSERT INTO users (id, first_name, email, created_at, updated_at) VALUES {users}"),
        format!(
            "INSERT INTO memberships (organization_id, user_id, id, role, created_at, updated_at) \
             VALUES {members}"
        ),
    ] {
        admin.execute_unprepared(&sql).await.unwrap();
    }
    admin.close().await.unwrap();
}

#[tokio::test]
async fn pages_hold_every_member_once_by_name_and_can_be_filtered() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        crowd(&db, 500).await;
        let ada = session("ada", "acme");
        let tenant = db.store.enter(&ada, "acme").await.unwrap();
        let all = async |filter: &MemberFilter| {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = tenant.members().page(filter, after.as_ref()).await.unwrap();
                assert!(page.members.len() <= 50);
                found.extend(page.members);
                after = page.next;
                if after.is_none() {
                    return found;
                }
            }
        };
        let everybody = all(&MemberFilter::default()).await;
        assert_eq!(everybody, tenant.members().list(1000).await.unwrap());
        let mut ids: Vec<_> = everybody
            .iter()
            .map(|one| one.user_id.to_string())
            .collect();
        assert_eq!(ids.len(), 502);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 502);

        let search = |text: &str| MemberFilter {
            search: text.to_owned(),
            role: None,
        };
        for (text, count) in [
            ("NAME0008", 3),
            (" 00021@EXAMPLE", 1),
            ("ada test", 1),
            ("%", 0),
            ("_", 0),
            ("\\", 0),
            ("\0", 0),
            ("' OR 1=1", 0),
            ("gus", 0),
        ] {
            assert_eq!(all(&search(text)).await.len(), count, "{text:?}");
        }
        let guests = MemberFilter {
            search: "1".to_owned(),
            role: Some("org:guest".to_owned()),
        };
        let guests = all(&guests).await;
        assert!(guests.len() > 10 && guests.iter().all(|one| one.role == "org:guest"));
        let roles = tenant.members().roles().await.unwrap();
        let expected = [("org:admin", 1), ("org:guest", 50), ("org:member", 451)];
        assert_eq!(
            roles,
            expected.map(|(role, count)| (role.to_owned(), count))
        );

        // After somebody who is no member: as after nobody.
        let first = tenant.members().page(&search(""), None).await.unwrap();
        for nobody in ["gus", "nobody", "x\0"] {
            let page = tenant
                .members()
                .page(&search(""), Some(&user_id(nobody)))
                .await;
            assert_eq!(page.unwrap(), first, "{nobody}");
            let found = tenant.members().get(&user_id(nobody)).await;
            assert!(matches!(found, Err(StoreError::NotFound)), "{nobody}");
        }
        let max = tenant.members().get(&user_id("max")).await.unwrap();
        assert_eq!(max.user_id, user_id("max"));

        let found = tenant.members().find(" name0008", 2).await.unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(tenant.members().find("", 1000).await.unwrap(), everybody);
        assert!(tenant.members().find("gus", 9).await.unwrap().is_empty());
        for (text, count) in [
            ("Ask @Name0008 and @00021@example.test, not Name0009", 4),
            ("name@ada Testers", 1),
            ("@name0008 @user_00007 %@_", 0),
            ("@Gus Test, @", 0),
            ("", 0),
            ("@Name0008\0", 0),
        ] {
            let named = tenant.members().named_in(text).await.unwrap();
            assert_eq!(named.len(), count, "{text:?}");
        }
    })
    .await;
}
