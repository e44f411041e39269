//! Lists: what they show, in which order, page by page.

use super::{enter, furnish, label_name, new_task};
use crate::support::{TestDb, on_each, session, user_id};
use std::sync::Arc;
use store::{
    Action, AssigneeFilter, COLUMN_SIZE, Colour, Day, DueFilter, NewTask, PAGE_SIZE, ProjectId,
    Status, StatusFilter, StoreError, TaskCursor, TaskFilter, TaskSort,
};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Titles, of all pages.
async fn titles(db: &TestDb, who: &str, filter: &TaskFilter, sort: TaskSort) -> Vec<String> {
    let mut titles = Vec::new();
    let mut after = None;
    loop {
        let tenant = enter(db, who, "acme").await;
        let page = tenant.tasks().list(filter, sort, after).await.unwrap();
        assert!(page.items.len() as u64 <= PAGE_SIZE);
        titles.extend(page.items.into_iter().map(|card| card.task.title));
        match page.next {
            // As through a URL.
            Some(next) => after = Some(TaskCursor::parse(&next.to_string()).unwrap()),
            None => return titles,
        }
    }
}

/// Tasks of various kinds, each a second younger than the one before.
async fn various(db: &TestDb) -> (ProjectId, store::LabelId) {
    let ada = session("ada", "acme");
    let project = db.create(&ada, "acme", "Various").await.id;
    let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
    let label = tenant.labels();
    let label = label
        .create(label_name("bug"), Colour::Red)
        .await
        .unwrap()
        .id;
    for (title, status, assignee, due_on, labels) in [
        (
            "late",
            Status::Todo,
            Some("ada"),
            Some("2026-11-20"),
            vec![label],
        ),
        (
            "late but done",
            Status::Done,
            Some("ada"),
            Some("2026-11-20"),
            vec![],
        ),
        (
            "today",
            Status::InProgress,
            Some("max"),
            Some("2026-11-25"),
            vec![],
        ),
        (
            "sunday",
            Status::Backlog,
            None,
            Some("2026-11-29"),
            vec![label],
        ),
        ("monday", Status::Todo, None, Some("2026-11-30"), vec![]),
        ("some day", Status::Todo, Some("max"), None, vec![]),
        ("given up", Status::Canceled, None, None, vec![]),
    ] {
        db.clock.advance(1000);
        let new = NewTask {
            status,
            assignee: assignee.map(user_id),
            due_on: due_on.map(day),
            labels,
            ..new_task(project, title)
        };
        tenant.tasks().create(new).await.unwrap();
    }
    tenant.commit().await.unwrap();
    (project, label)
}

#[tokio::test]
async fn filters_meet() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let (project, label) = various(&db).await;
        let today = day("2026-11-25");
        let all = TaskFilter {
            status: StatusFilter::All,
            ..TaskFilter::default()
        };
        let open = TaskFilter::default;
        for (filter, expected) in [
            (
                open(),
                &["some day", "monday", "sunday", "today", "late"][..],
            ),
            (
                all.clone(),
                &[
                    "given up",
                    "some day",
                    "monday",
                    "sunday",
                    "today",
                    "late but done",
                    "late",
                ],
            ),
            (
                TaskFilter {
                    status: StatusFilter::Only(Status::Todo),
                    project: Some(project),
                    ..open()
                },
                &["some day", "monday", "late"],
            ),
            (
                TaskFilter {
                    assignee: AssigneeFilter::Me,
                    ..all.clone()
                },
                &["some day", "today"],
            ),
            (
                TaskFilter {
                    assignee: AssigneeFilter::User(user_id("ada")),
                    ..all.clone()
                },
                &["late but done", "late"],
            ),
            (
                TaskFilter {
                    assignee: AssigneeFilter::Nobody,
                    ..open()
                },
                &["monday", "sunday"],
            ),
            (
                TaskFilter {
                    label: Some(label),
                    ..open()
                },
                &["sunday", "late"],
            ),
            (
                TaskFilter {
                    due: Some(DueFilter::Overdue(today)),
                    ..all.clone()
                },
                &["late"],
            ),
            (
                TaskFilter {
                    due: Some(DueFilter::Week(today)),
                    ..open()
                },
                &["sunday", "today"],
            ),
            (
                TaskFilter {
                    due: Some(DueFilter::Unset),
                    ..open()
                },
                &["some day"],
            ),
            (
                TaskFilter {
                    label: Some(label),
                    due: Some(DueFilter::Overdue(today)),
                    assignee: AssigneeFilter::Me,
                    ..open()
                },
                &[],
            ),
        ] {
            let found = titles(&db, "max", &filter, TaskSort::Newest).await;
            assert_eq!(found, expected, "{filter:?}");
        }
        // Of a project that was put away only its own list tells.
        let ada = session("ada", "acme");
        let tenant = db.enter_for(&ada, "acme", Action::ProjectArchive).await;
        tenant.projects().archive(project).await.unwrap();
        tenant.commit().await.unwrap();
        assert!(titles(&db, "max", &all, TaskSort::Newest).await.is_empty());
        let own = TaskFilter {
            project: Some(project),
            ..all
        };
        assert_eq!(titles(&db, "max", &own, TaskSort::Newest).await.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn pages_hold_every_task_once_in_every_order() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Many").await.id;
        let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
        // Three for each day and moment, some for no day.
        for at in 0..120u32 {
            if at % 3 == 0 {
                db.clock.advance(1000);
            }
            let new = NewTask {
                due_on: (at < 80).then(|| day(&format!("2026-12-{:02}", 1 + at / 3))),
                ..new_task(project, &format!("{at:03}"))
            };
            tenant.tasks().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();
        let rising: Vec<String> = (0..120).map(|at| format!("{at:03}")).collect();
        let falling: Vec<String> = rising.iter().rev().cloned().collect();
        let all = TaskFilter::default();
        assert_eq!(titles(&db, "max", &all, TaskSort::Newest).await, falling);
        assert_eq!(titles(&db, "max", &all, TaskSort::Updated).await, falling);
        assert_eq!(titles(&db, "max", &all, TaskSort::Due).await, rising);
        // A cursor of one order is none of another.
        let tenant = enter(&db, "max", "acme").await;
        let page = tenant.tasks().list(&all, TaskSort::Due, None).await;
        let next = page.unwrap().next;
        let mixed = tenant.tasks().list(&all, TaskSort::Newest, next).await;
        assert!(matches!(mixed, Err(StoreError::InvalidCursor)));
    })
    .await;
}

#[tokio::test]
async fn cards_have_what_belongs_to_their_task() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let ada = session("ada", "acme");
        let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
        let bare = new_task(f.project.id, "Bare");
        let bare = tenant.tasks().create(bare).await.unwrap();
        tenant.commit().await.unwrap();
        let tenant = enter(&db, "max", "acme").await;
        let filter = TaskFilter::default();
        let page = tenant.tasks().list(&filter, TaskSort::Newest, None).await;
        let cards = page.unwrap().items;
        assert_eq!(cards[0].task, bare);
        assert_eq!((cards[0].labels.len(), cards[0].comments), (0, 0));
        let rich = &cards[1];
        assert_eq!(rich.labels, [f.label]);
        assert_eq!((rich.comments, rich.checklist.total), (1, 1));
        assert_eq!(rich.project, "Furnished");
        let board = tenant
            .tasks()
            .board(f.project.id, |_| COLUMN_SIZE)
            .await
            .unwrap();
        assert_eq!(board.columns[1].status, Status::Todo);
        assert_eq!(board.columns[1].cards, [cards[1].clone(), cards[0].clone()]);
    })
    .await;
}
