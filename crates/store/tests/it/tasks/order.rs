//! The order of boards and checklists, after whatever moves.

use super::{change, enter, item, new_task};
use crate::support::{TestDb, on_each, session};
use std::{collections::BTreeMap, sync::Arc};
use store::{Action, COLUMN_SIZE, Move, Place, ProjectId, Status, Task, TaskId};

/// Each column's tasks, in order.
async fn board(db: &TestDb, project: ProjectId) -> BTreeMap<Status, Vec<TaskId>> {
    let tenant = enter(db, "ada", "acme").await;
    let board = tenant
        .tasks()
        .board(project, |_| COLUMN_SIZE)
        .await
        .unwrap();
    let columns = board.columns.into_iter().map(|column| {
        let status = column.status;
        assert!(column.cards.iter().all(|card| card.task.status == status));
        assert_eq!(column.cards.len() as u64, column.total);
        (
            status,
            column.cards.into_iter().map(|card| card.task.id).collect(),
        )
    });
    columns.collect()
}

async fn tasks(db: &TestDb, project: ProjectId, count: usize) -> Vec<Task> {
    let ada = session("ada", "acme");
    let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
    let mut made = Vec::new();
    for at in 0..count {
        let new = new_task(project, &format!("Task {at}"));
        made.push(tenant.tasks().create(new).await.unwrap());
    }
    tenant.commit().await.unwrap();
    made
}

#[tokio::test]
async fn a_column_shows_its_first_cards_and_how_many_there_are() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Board").await.id;
        let other = db.create(&ada, "acme", "Another board").await.id;
        let made = tasks(&db, project, 7).await;
        tasks(&db, other, 4).await;
        let to = Move {
            status: Status::Todo,
            place: Place::First,
        };
        let last = &made[6];
        change!(db, ada, "acme", |tasks| tasks.move_to(last.id, 1, to)).unwrap();
        let to = Move {
            status: Status::Done,
            place: Place::Last,
        };
        let second = &made[1];
        change!(db, ada, "acme", |tasks| tasks.move_to(second.id, 1, to)).unwrap();
        let tenant = enter(&db, "ada", "acme").await;
        let size = |status| match status {
            Status::Todo => 3,
            _ => 1,
        };
        let board = tenant.tasks().board(project, size).await.unwrap();
        let shown: Vec<(Status, Vec<TaskId>, u64)> = board
            .columns
            .into_iter()
            .filter(|column| column.total > 0)
            .map(|column| {
                let cards = column.cards.into_iter().map(|card| card.task.id);
                (column.status, cards.collect(), column.total)
            })
            .collect();
        let todo = vec![last.id, made[0].id, made[2].id];
        assert_eq!(
            shown,
            [(Status::Todo, todo, 6), (Status::Done, vec![second.id], 1)]
        );
        let nothing = tenant.tasks().board(project, |_| 0).await.unwrap();
        assert!(nothing.columns.iter().all(|column| column.cards.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn random_moves_do_to_the_board_what_they_do_to_lists() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Board").await.id;
        let made = tasks(&db, project, 12).await;
        let mut versions: BTreeMap<TaskId, i64> = made
            .iter()
            .map(|task| (task.id, task.place_version))
            .collect();
        let mut model: BTreeMap<Status, Vec<TaskId>> =
            Status::ALL.map(|status| (status, Vec::new())).into();
        model.insert(Status::Todo, made.iter().map(|task| task.id).collect());
        let mut random = fastrand::Rng::with_seed(7);
        for round in 0..6 {
            let tenant = db.enter_for(&ada, "acme", Action::TaskEdit).await;
            for _ in 0..60 {
                let task = made[random.usize(0..made.len())].id;
                let anchor = made[random.usize(0..made.len())].id;
                // Two columns most of the time, so that they are long.
                let status = Status::ALL[[0, 1, 1, 1, 3][random.usize(0..5)]];
                let place = match random.usize(0..6) {
                    0 => Place::First,
                    1 => Place::Last,
                    2 | 3 => Place::Before(anchor),
                    _ => Place::After(anchor),
                };
                // The model: take it out, put it back.
                for column in model.values_mut() {
                    column.retain(|other| *other != task);
                }
                let column = model.get_mut(&status).unwrap();
                let anchored = column.iter().position(|other| *other == anchor);
                let at = match (place, anchored) {
                    (Place::First, _) => 0,
                    (Place::Before(_), Some(at)) => at,
                    (Place::After(_), Some(at)) => at + 1,
                    _ => column.len(),
                };
                column.insert(at, task);
                let to = Move { status, place };
                let moved = tenant.tasks().move_to(task, versions[&task], to).await;
                versions.insert(task, moved.unwrap().place_version);
            }
            tenant.commit().await.unwrap();
            assert_eq!(board(&db, project).await, model, "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn positions_that_grow_long_are_made_short_again() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Board").await.id;
        let made = tasks(&db, project, 4).await;
        let [first, second, mut a, mut b] = <[Task; 4]>::try_from(made).unwrap();
        let tenant = db.enter_for(&ada, "acme", Action::TaskEdit).await;
        // Always between the first one and what was put behind it last.
        for _ in 0..160 {
            for task in [&mut a, &mut b] {
                let to = Move {
                    status: Status::Todo,
                    place: Place::After(first.id),
                };
                let moved = tenant
                    .tasks()
                    .move_to(task.id, task.place_version, to)
                    .await;
                *task = moved.unwrap();
            }
        }
        tenant.commit().await.unwrap();
        let order = board(&db, project).await[&Status::Todo].clone();
        assert_eq!(order, [first.id, b.id, a.id, second.id]);
        assert_eq!(db.count("tasks", "length(place) > 48").await, 0);
        // They had grown that long, or this test is none: all have other places than at first.
        assert_eq!(db.count("tasks", "place IN ('i', 'i001')").await, 0);
    })
    .await;
}

#[tokio::test]
async fn moves_at_once_lose_nothing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Board").await.id;
        let made = tasks(&db, project, 6).await;
        let anchor = made[0].id;
        // All to the same place, some of them new.
        let put = async |task: &Task| {
            let (id, version) = (task.id, task.place_version);
            let to = Move {
                status: Status::Todo,
                place: Place::After(anchor),
            };
            change!(db, ada, "acme", |tasks| tasks.move_to(id, version, to)).unwrap();
        };
        let add = async |text: &str| {
            change!(db, ada, "acme", |tasks| tasks
                .create(new_task(project, text)))
            .unwrap()
        };
        let (.., one, two) = tokio::join!(
            put(&made[2]),
            put(&made[3]),
            put(&made[4]),
            put(&made[5]),
            add("one"),
            add("two")
        );
        let order = board(&db, project).await[&Status::Todo].clone();
        assert_eq!(order.len(), 8);
        assert_eq!(order[0], anchor);
        // Between the first and the second; the new ones at the end.
        assert_eq!(order[5], made[1].id);
        let mut new = [order[6], order[7]];
        new.sort_unstable();
        let mut expected = [one.id, two.id];
        expected.sort_unstable();
        assert_eq!(new, expected);
        // Each task has its own number.
        let mut numbers = [one.number, two.number];
        numbers.sort_unstable();
        assert_eq!(numbers, [7, 8]);
    })
    .await;
}

#[tokio::test]
async fn a_checklist_keeps_its_order() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Board").await.id;
        let task = tasks(&db, project, 1).await.remove(0).id;
        let tenant = db.enter_for(&ada, "acme", Action::TaskEdit).await;
        let all = tenant.tasks();
        let mut ids = Vec::new();
        for text in ["a", "b", "c", "d"] {
            ids.push(all.add_item(task, item(text), None).await.unwrap().id);
        }
        all.move_item(task, ids[3], Place::First).await.unwrap();
        all.move_item(task, ids[0], Place::After(ids[1]))
            .await
            .unwrap();
        all.move_item(task, ids[0], Place::After(ids[1]))
            .await
            .unwrap();
        all.remove_item(task, ids[2]).await.unwrap();
        all.move_item(task, ids[1], Place::Before(ids[2]))
            .await
            .unwrap();
        tenant.commit().await.unwrap();
        let tenant = enter(&db, "max", "acme").await;
        let there = tenant.tasks().get(task).await.unwrap().checklist;
        let texts: Vec<&str> = there.iter().map(|item| &*item.text).collect();
        assert_eq!(texts, ["d", "a", "b"]);
        let card = tenant
            .tasks()
            .board(project, |_| COLUMN_SIZE)
            .await
            .unwrap();
        let card = &card.columns[1].cards[0];
        assert_eq!((card.checklist.done, card.checklist.total), (0, 3));
    })
    .await;
}
