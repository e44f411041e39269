//! Signals of commits, and what was changed since a number of the audit log.

use crate::support::{
    START, TestDb, membership, new_project, on_each, organization_id, session, session_as,
};
use clerk::webhooks::EventData;
use std::{future::Future, pin::pin, sync::Arc, task::Poll};
use store::{Action, CHANGES_LIMIT, NewTask, Signal, TaskTitle, Tenant};

async fn is_awake(signal: &mut Signal) -> bool {
    let mut changed = pin!(signal.changed());
    std::future::poll_fn(|context| Poll::Ready(changed.as_mut().poll(context).is_ready())).await
}

async fn enter(db: &TestDb, who: &str) -> Tenant {
    let session = session(who, "acme");
    db.store.enter(&session, "acme").await.unwrap()
}

#[tokio::test]
async fn a_commit_wakes_its_own_organization_and_a_rollback_nobody() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let mut acme = db.store.watch(&organization_id("acme"));
        let mut globex = db.store.watch(&organization_id("globex"));
        let ada = session("ada", "acme");
        let tenant = db.enter_for(&ada, "acme", Action::ProjectCreate).await;
        let project = tenant.projects().create(new_project("Never")).await;
        project.unwrap();
        assert!(!is_awake(&mut acme).await, "not before the commit");
        drop(tenant);
        assert!(!is_awake(&mut acme).await, "nothing was committed");
        db.create(&ada, "acme", "Plans").await;
        assert!(is_awake(&mut acme).await);
        assert!(!is_awake(&mut globex).await);

        // What Clerk says, too.
        let gone = membership("globex", "gus", "org:member", START + 1);
        db.tell(EventData::OrganizationMembershipDeleted(gone))
            .await;
        assert!(is_awake(&mut globex).await);
        assert!(!is_awake(&mut acme).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_is_told_without_its_contents() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let known = enter(&db, "max").await.seq();
        // The organization and its two members.
        assert_eq!(known, 3);
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Plans").await;
        let max = session("max", "acme");
        let tenant = db.enter_for(&max, "acme", Action::TaskCreate).await;
        let title = TaskTitle::parse("Secret words").unwrap();
        let task = NewTask::titled(project.id, title);
        let task = tenant.tasks().create(task).await.unwrap();
        tenant.commit().await.unwrap();
        db.create(&session("gus", "globex"), "globex", "Theirs")
            .await;

        let tenant = enter(&db, "max").await;
        assert_eq!(tenant.seq(), 5);
        let changes = tenant.changes_since(known).await.unwrap();
        assert_eq!((changes.seq, changes.reset), (5, false));
        let told: Vec<_> = changes
            .notes
            .iter()
            .map(|note| (note.seq, note.action.as_str(), note.project, note.own))
            .collect();
        let created = "project.created";
        let expected = [
            (4, created, None, false),
            (5, "task.created", Some(project.id), true),
        ];
        assert_eq!(told, expected);
        assert_eq!(changes.notes[1].target_id, task.id.to_string());
        assert!(!format!("{changes:?}").contains("Secret"));
        let nothing = tenant.changes_since(5).await.unwrap();
        assert_eq!(
            (nothing.seq, nothing.reset, nothing.notes.len()),
            (5, false, 0)
        );
    })
    .await;
}

#[tokio::test]
async fn who_missed_too_much_or_names_a_number_that_never_was_begins_anew() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let limit = i64::try_from(CHANGES_LIMIT).unwrap();
        for number in 0..=limit {
            db.create(&ada, "acme", &format!("Project {number}")).await;
        }
        let tenant = enter(&db, "max").await;
        let newest = 3 + limit + 1;
        assert_eq!(tenant.seq(), newest);
        let all = tenant.changes_since(newest - limit).await.unwrap();
        assert_eq!((all.notes.len() as u64, all.reset), (CHANGES_LIMIT, false));
        for seq in [newest - limit - 1, newest + 1, -1, i64::MAX, i64::MIN] {
            let changes = tenant.changes_since(seq).await.unwrap();
            assert_eq!((changes.seq, changes.reset), (newest, true), "{seq}");
            assert!(changes.notes.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_members_is_not_told_of_them() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let told = membership("acme", "nora", "org:guest", START);
        db.tell(EventData::OrganizationMembershipCreated(told))
            .await;
        let project = db.create(&session("ada", "acme"), "acme", "Plans").await;
        let nora = session_as("nora", Some("acme"), "org:guest");
        let tenant = db.store.enter(&nora, "acme").await.unwrap();
        assert!(!tenant.can(Action::MemberRead));
        let changes = tenant.changes_since(0).await.unwrap();
        let kinds: Vec<_> = changes
            .notes
            .iter()
            .map(|note| note.target_kind.as_str())
            .collect();
        assert_eq!(kinds, ["organization", "project"]);
        assert_eq!(changes.notes[1].target_id, project.id.to_string());
        // Up to where she knows, she knows all the same.
        assert_eq!(changes.seq, tenant.seq());
        let everything = enter(&db, "max").await.changes_since(0).await.unwrap();
        assert_eq!(everything.notes.len(), 5);
    })
    .await;
}
