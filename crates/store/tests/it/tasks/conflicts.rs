//! Who changes what somebody else has changed since is told, and overwrites nothing.

use super::{change, furnish, get, item, label_name, text, title};
use crate::support::{TestDb, on_each, session, user_id};
use std::sync::Arc;
use store::{Colour, CommentBody, Current, Day, Move, Place, Status, StoreError, Task, TaskTitle};

/// The task that a conflict shows, with its description.
fn current(answer: Result<Task, StoreError>) -> (Task, String) {
    match answer {
        Err(StoreError::Conflict(current)) => match *current {
            Current::Task { task, description } => (task, description),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn to(status: Status) -> Move {
    Move {
        status,
        place: Place::Last,
    }
}

#[tokio::test]
async fn a_stale_change_changes_nothing_and_shows_what_is_there() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let id = f.task.id;
        let (ada, max) = (session("ada", "acme"), session("max", "acme"));
        db.clock.advance(1000);
        let first = change!(db, ada, "acme", |tasks| tasks.edit(
            id,
            f.task.version,
            title("By Ada"),
            text("Ada's")
        ))
        .unwrap();
        assert_eq!(first.version, f.task.version + 1);
        let audit_rows = db.audit_rows().await;
        let due = Day::parse("2026-12-24");
        let stale = f.task.version;
        let label = change_label(&db).await;
        let answers = [
            change!(db, max, "acme", |tasks| tasks.edit(
                id,
                stale,
                title("By Max"),
                text("Max's")
            )),
            change!(db, max, "acme", |tasks| tasks.assign(id, stale, None)),
            change!(db, max, "acme", |tasks| tasks.set_due(id, stale, due)),
            change!(db, max, "acme", |tasks| tasks.set_labels(
                id,
                stale,
                &[label]
            )),
        ];
        for answer in answers {
            assert_eq!(current(answer), (first.clone(), "Ada's".to_owned()));
        }
        let there = get(&db, "max", "acme", id).await;
        assert_eq!(
            (there.task, there.description),
            (first.clone(), "Ada's".to_owned())
        );
        assert_eq!(there.labels, [f.label]);
        // One more for the label itself.
        assert_eq!(db.audit_rows().await, audit_rows + 1);
        // With what is there now, it goes.
        let second = change!(db, max, "acme", |tasks| tasks.edit(
            id,
            first.version,
            title("By Max"),
            text("")
        ))
        .unwrap();
        assert_eq!(
            (second.title.as_str(), second.version),
            ("By Max", first.version + 1)
        );
    })
    .await;
}

async fn change_label(db: &TestDb) -> store::LabelId {
    let ada = session("ada", "acme");
    let tenant = db.enter_for(&ada, "acme", store::Action::LabelManage).await;
    let label = tenant.labels();
    let label = label
        .create(label_name("other"), Colour::Blue)
        .await
        .unwrap();
    tenant.commit().await.unwrap();
    label.id
}

#[tokio::test]
async fn of_two_at_once_one_wins_and_the_other_is_told() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let edit = async |who: &str| {
            let session = session(who, "acme");
            let (id, version) = (f.task.id, f.task.version);
            change!(db, session, "acme", |tasks| tasks.edit(
                id,
                version,
                title(who),
                text(who)
            ))
        };
        let (one, two) = tokio::join!(edit("ada"), edit("max"));
        let (winner, loser) = match one {
            Ok(winner) => (winner, two),
            Err(_) => (two.unwrap(), one),
        };
        assert_eq!(current(loser), (winner.clone(), winner.title.clone()));
        assert_eq!(get(&db, "ada", "acme", f.task.id).await.task, winner);
    })
    .await;
}

#[tokio::test]
async fn moving_and_editing_do_not_meet() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (id, ada, max) = (f.task.id, session("ada", "acme"), session("max", "acme"));
        let (version, places) = (f.task.version, f.task.place_version);
        let moved = change!(db, ada, "acme", |tasks| tasks.move_to(
            id,
            places,
            to(Status::InProgress)
        ))
        .unwrap();
        assert_eq!((moved.version, moved.place_version), (version, places + 1));
        let edited = change!(db, max, "acme", |tasks| tasks.edit(
            id,
            version,
            title("Edited"),
            text("")
        ))
        .unwrap();
        assert_eq!(edited.status, Status::InProgress);
        // Who moves it from where it is no longer is told.
        let late = change!(db, max, "acme", |tasks| tasks.move_to(
            id,
            places,
            to(Status::Done)
        ));
        assert_eq!(current(late).0, edited);
    })
    .await;
}

#[tokio::test]
async fn the_same_change_again_is_no_conflict_and_no_change() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (id, ada) = (f.task.id, session("ada", "acme"));
        let (version, places) = (f.task.version, f.task.place_version);
        let due = Day::parse("2026-12-24");
        let max = Some(user_id("max"));
        let mut rows = db.audit_rows().await;
        macro_rules! twice {
            ($tasks:ident, $what:expr) => {
                let first = change!(db, ada, "acme", |$tasks| $what).unwrap();
                rows += 1;
                assert_eq!(db.audit_rows().await, rows);
                let again = change!(db, ada, "acme", |$tasks| $what).unwrap();
                assert_eq!(first, again);
                assert_eq!(db.audit_rows().await, rows);
            };
        }
        twice!(tasks, tasks.edit(id, version, title("x"), text("y")));
        twice!(tasks, tasks.assign(id, version + 1, max.clone()));
        twice!(tasks, tasks.set_due(id, version + 2, due));
        twice!(tasks, tasks.set_labels(id, version + 3, &[]));
        twice!(tasks, tasks.move_to(id, places, to(Status::Done)));
        twice!(tasks, tasks.set_item_done(id, f.item.id, true));
        twice!(tasks, tasks.rename_item(id, f.item.id, 1, item("Other")));
        let body = || CommentBody::parse("Other").unwrap();
        twice!(
            tasks,
            tasks.edit_comment(id, f.comment.id, 1, body(), Vec::new())
        );
        assert_eq!(title("x"), TaskTitle::parse(" x ").unwrap());
    })
    .await;
}

#[tokio::test]
async fn items_and_comments_have_versions_of_their_own() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (id, ada) = (f.task.id, session("ada", "acme"));
        let entry = change!(db, ada, "acme", |tasks| tasks.rename_item(
            id,
            f.item.id,
            1,
            item("First")
        ))
        .unwrap();
        let late = change!(db, ada, "acme", |tasks| tasks.rename_item(
            id,
            f.item.id,
            1,
            item("Second")
        ));
        let shown = |answer: StoreError| match answer {
            StoreError::Conflict(current) => *current,
            other => panic!("{other:?}"),
        };
        assert_eq!(shown(late.unwrap_err()), Current::ChecklistItem(entry));
        let body = |text: &str| CommentBody::parse(text).unwrap();
        let mention = vec![user_id("max")];
        let said = change!(db, ada, "acme", |tasks| tasks.edit_comment(
            id,
            f.comment.id,
            1,
            body("First"),
            mention
        ))
        .unwrap();
        assert_eq!(said.mentions, [user_id("max")]);
        let late = change!(db, ada, "acme", |tasks| tasks.edit_comment(
            id,
            f.comment.id,
            1,
            body("Second"),
            Vec::new()
        ));
        assert_eq!(shown(late.unwrap_err()), Current::Comment(said));
    })
    .await;
}
