//! What each change does, and the one entry in the audit log that it leaves.

use super::{change, enter, furnish, get, item, label_name, new_task, says, text, title};
use crate::support::{START, TestDb, on_each, session, session_as, user_id};
use clerk::webhooks::EventData;
use std::sync::Arc;
use store::{
    Action, CHECKLIST_LIMIT, Colour, Day, MENTIONS_LIMIT, Move, NewTask, Origin, Place, Progress,
    Status, StoreError, Uuid,
};

fn to(status: Status) -> Move {
    Move {
        status,
        place: Place::First,
    }
}

#[tokio::test]
async fn a_task_is_what_it_was_made_from() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "max", "acme").await;
        let there = get(&db, "ada", "acme", f.task.id).await;
        assert_eq!(there.task.title, "The first task");
        assert_eq!(there.description, "A *description* of the matter");
        assert_eq!(there.project, "Furnished");
        assert_eq!((there.task.number, there.task.created_at), (1, START));
        assert_eq!(there.task.created_by, user_id("max"));
        assert_eq!(there.task.assignee, Some(user_id("max")));
        assert_eq!(
            (there.task.status, there.task.completed_at),
            (Status::Todo, None)
        );
        assert_eq!(there.labels, [f.label]);
        assert_eq!(there.checklist, [f.item]);
        assert_eq!(there.comments, [f.comment]);
        assert_eq!(there.comments[0].mentions, [user_id("max")]);
    })
    .await;
}

#[tokio::test]
async fn each_change_leaves_one_audit_row_in_the_tasks_history() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (id, ada) = (f.task.id, session("ada", "acme"));
        let mut rows = db.audit_rows().await;
        db.clock.advance(1000);
        macro_rules! one_row {
            ($tasks:ident, $what:expr) => {{
                let outcome = change!(db, ada, "acme", |$tasks| $what).unwrap();
                rows += 1;
                assert_eq!(db.audit_rows().await, rows, stringify!($what));
                let touched = get(&db, "ada", "acme", id).await.task.updated_at;
                assert_eq!(touched, START + 1000, stringify!($what));
                outcome
            }};
        }
        let day = Day::parse("2026-12-24");
        one_row!(tasks, tasks.edit(id, 1, title("Plan"), text("Better")));
        one_row!(tasks, tasks.assign(id, 2, Some(user_id("max"))));
        let due = one_row!(tasks, tasks.set_due(id, 3, day));
        assert_eq!(due.due_on, day);
        one_row!(tasks, tasks.set_labels(id, 4, &[]));
        let done = one_row!(tasks, tasks.move_to(id, 1, to(Status::Done)));
        assert_eq!(done.completed_at, Some(START + 1000));
        let again = one_row!(tasks, tasks.move_to(id, 2, to(Status::Backlog)));
        assert_eq!(again.completed_at, None);
        one_row!(tasks, tasks.set_item_done(id, f.item.id, true));
        one_row!(
            tasks,
            tasks.rename_item(id, f.item.id, 1, item("Think more"))
        );
        let second = one_row!(tasks, tasks.add_item(id, item("Act"), None));
        one_row!(tasks, tasks.move_item(id, second.id, Place::First));
        one_row!(tasks, tasks.remove_item(id, f.item.id));
        one_row!(tasks, tasks.delete_comment(id, f.comment.id));
        let history = enter(&db, "max", "acme").await;
        let history = history.tasks().activity(id).await.unwrap();
        let actions: Vec<&str> = history.iter().map(|entry| &*entry.action).collect();
        assert_eq!(
            actions,
            [
                "task.comment_deleted",
                "task.checklist_item_removed",
                "task.checklist_item_moved",
                "task.checklist_item_added",
                "task.checklist_item_renamed",
                "task.checklist_item_done",
                "task.moved",
                "task.moved",
                "task.labeled",
                "task.due_set",
                "task.assigned",
                "task.edited",
                "task.commented",
                "task.checklist_item_added",
                "task.created",
            ]
        );
        assert_eq!(history[0].actor, Some(user_id("ada")));
        assert_eq!(
            history[6].before,
            Some(serde_json::json!({ "status": "done" }))
        );
        assert_eq!(
            history[6].after,
            Some(serde_json::json!({ "status": "backlog" }))
        );
        // What somebody said is not in the log.
        assert_eq!(
            db.count("audit_events", "after LIKE '%What do you think%'")
                .await,
            0
        );

        let tenant = db.enter_for(&ada, "acme", Action::TaskDelete).await;
        tenant.tasks().delete(id).await.unwrap();
        tenant.commit().await.unwrap();
        for table in [
            "tasks",
            "task_labels",
            "checklist_items",
            "comments",
            "mentions",
        ] {
            assert_eq!(db.count(table, "1 = 1").await, 0, "{table}");
        }
        assert_eq!(db.audit_rows().await, rows + 1);
        // Its number is not given again.
        let next = new_task(f.project.id, "Next");
        let next = change!(db, ada, "acme", |tasks| tasks.create(next)).unwrap();
        assert_eq!(next.number, 2);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_scope_leaves_nothing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let rows = db.audit_rows().await;
        let tenant = db
            .enter_for(&session("ada", "acme"), "acme", Action::TaskDelete)
            .await;
        let tasks = tenant.tasks();
        tasks
            .create(new_task(f.project.id, "Dropped"))
            .await
            .unwrap();
        tasks.delete(f.task.id).await.unwrap();
        drop(tenant);
        assert_eq!(db.audit_rows().await, rows);
        assert_eq!(db.count("tasks", "1 = 1").await, 1);
        assert_eq!(get(&db, "ada", "acme", f.task.id).await.task, f.task);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_twice_makes_one() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (ada, max) = (session("ada", "acme"), session("max", "acme"));
        let request_id = Some(Uuid::from_u128(42));
        let create = async |session| {
            let new = NewTask {
                request_id,
                ..new_task(f.project.id, "Double")
            };
            change!(db, session, "acme", |tasks| tasks.create(new)).unwrap()
        };
        let (one, two) = tokio::join!(create(ada.clone()), create(max));
        assert_eq!(one, two);
        assert_eq!(create(ada.clone()).await, one);
        assert_eq!(db.count("tasks", "title = 'Double'").await, 1);
        let comment = async || {
            let mut new = says("Double");
            new.request_id = request_id;
            change!(db, ada, "acme", |tasks| tasks.comment(one.id, new)).unwrap()
        };
        let (first, second) = tokio::join!(comment(), comment());
        assert_eq!(first, second);
        let add = async || {
            let text = item("Double");
            change!(db, ada, "acme", |tasks| tasks
                .add_item(one.id, text, request_id))
            .unwrap()
        };
        let (first, second) = tokio::join!(add(), add());
        assert_eq!(first, second);
        let there = get(&db, "ada", "acme", one.id).await;
        assert_eq!((there.comments.len(), there.checklist.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn there_are_limits() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let ada = session("ada", "acme");
        let tenant = db.enter_for(&ada, "acme", Action::TaskEdit).await;
        let tasks = tenant.tasks();
        let refused = loop {
            if let Err(error) = tasks.add_item(f.task.id, item("More"), None).await {
                break error;
            }
        };
        assert!(matches!(refused, StoreError::LimitReached { max } if max == CHECKLIST_LIMIT));
        let mut crowd = says("Everybody!");
        crowd.mentions = (0..=MENTIONS_LIMIT)
            .map(|at| user_id(&at.to_string()))
            .collect();
        let refused = tasks.comment(f.task.id, crowd).await.unwrap_err();
        assert!(matches!(refused, StoreError::LimitReached { max: 50 }));
        let labels = tenant.labels();
        let refused = labels.create(label_name("BUG"), Colour::Grey).await;
        assert!(matches!(refused, Err(StoreError::NameTaken)));
        let mut at = 0;
        let refused = loop {
            at += 1;
            let name = label_name(&format!("Label {at}"));
            if let Err(error) = labels.create(name, Colour::Grey).await {
                break error;
            }
        };
        assert!(matches!(refused, StoreError::LimitReached { max: 200 }));
        let refused = labels
            .change(f.label.id, label_name("LABEL 1"), Colour::Red)
            .await;
        assert!(matches!(refused, Err(StoreError::NameTaken)));
        let changed = labels
            .change(f.label.id, label_name("BUG"), Colour::Pink)
            .await;
        assert_eq!(changed.unwrap().colour, Colour::Pink);
        labels.delete(f.label.id).await.unwrap();
        tenant.commit().await.unwrap();
        assert_eq!(get(&db, "ada", "acme", f.task.id).await.labels, []);
        assert_eq!(db.count("checklist_items", "1 = 1").await, 200);
    })
    .await;
}

#[tokio::test]
async fn who_may_only_look_changes_nothing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let looker = crate::support::membership("acme", "nora", "org:looker", START);
        db.tell(EventData::OrganizationMembershipCreated(looker))
            .await;
        let nora = session_as("nora", Some("acme"), "org:looker");
        let tenant = db.store.enter(&nora, "acme").await.unwrap();
        assert_eq!(tenant.tasks().get(f.task.id).await.unwrap().task, f.task);
        assert_eq!(tenant.tasks().activity(f.task.id).await.unwrap().len(), 3);
        drop(tenant);
        for action in [
            Action::TaskCreate,
            Action::TaskEdit,
            Action::TaskDelete,
            Action::CommentCreate,
            Action::LabelManage,
        ] {
            let refused = db
                .store
                .enter_for(&nora, "acme", action, Origin::default())
                .await;
            assert!(
                matches!(refused, Err(StoreError::Forbidden { .. })),
                "{action:?}"
            );
        }
        // Nor through a scope that was entered to do less.
        let id = f.task.id;
        let forbidden = |error| matches!(error, StoreError::Forbidden { .. });
        macro_rules! refused {
            ($session:ident, $tasks:ident, $what:expr) => {
                let refused = change!(db, $session, "acme", |$tasks| $what).map(drop);
                assert!(forbidden(refused.unwrap_err()), stringify!($what));
            };
        }
        refused!(nora, tasks, tasks.create(new_task(f.project.id, "x")));
        refused!(nora, tasks, tasks.edit(id, 1, title("x"), text("x")));
        refused!(nora, tasks, tasks.move_to(id, 1, to(Status::Done)));
        refused!(nora, tasks, tasks.add_item(id, item("x"), None));
        refused!(nora, tasks, tasks.comment(id, says("x")));
        refused!(nora, tasks, tasks.delete_comment(id, f.comment.id));
        let max = session("max", "acme");
        refused!(max, tasks, tasks.delete(id));
        refused!(max, tasks, tasks.delete_comment(id, f.comment.id));
    })
    .await;
}

#[tokio::test]
async fn progress_counts_what_is_done_and_not_what_was_given_up() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let (one, two) = (
            db.create(&ada, "acme", "One").await.id,
            db.create(&ada, "acme", "Two").await.id,
        );
        let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
        for (project, status) in [
            (one, Status::Backlog),
            (one, Status::InProgress),
            (one, Status::Done),
            (one, Status::Canceled),
            (two, Status::Canceled),
        ] {
            let new = NewTask {
                status,
                ..new_task(project, "x")
            };
            tenant.tasks().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();
        let tenant = enter(&db, "ada", "acme").await;
        let progress = tenant.tasks().progress(&[one, two]).await.unwrap();
        assert_eq!(
            progress.into_iter().collect::<Vec<_>>(),
            [(one, Progress { done: 1, total: 3 })]
        );
    })
    .await;
}
