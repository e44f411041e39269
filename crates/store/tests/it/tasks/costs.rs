//! How many statements a page and a change need: few, and no more when there are more rows.

use super::{change, enter, furnish, item, new_task, says, title};
use crate::support::{TestDb, on_each, session, statements, user_id};
use std::sync::Arc;
use store::{
    Action, COLUMN_SIZE, Move, NewTask, Place, ProjectId, Status, TaskFilter, TaskId, TaskSort,
};

/// The most statements of one page, the scope's own not counted.
const HANDFUL: usize = 6;

/// What each page costs.
async fn pages(db: &TestDb, project: ProjectId, task: TaskId) -> Vec<(&'static str, usize)> {
    let tenant = enter(db, "max", "acme").await;
    let (tenant, tasks) = (&tenant, &tenant.tasks());
    let filter = TaskFilter::default();
    vec![
        (
            "board",
            statements(async { drop(tasks.board(project, |_| COLUMN_SIZE).await.unwrap()) }).await,
        ),
        (
            "list",
            statements(async {
                let page = tasks.list(&filter, TaskSort::Due, None).await;
                assert!(!page.unwrap().items.is_empty());
            })
            .await,
        ),
        (
            "task",
            statements(async { drop(tasks.get(task).await.unwrap()) }).await,
        ),
        (
            "activity",
            statements(async { drop(tasks.activity(task).await.unwrap()) }).await,
        ),
        (
            "progress",
            statements(async { drop(tasks.progress(&[project]).await.unwrap()) }).await,
        ),
        (
            "search",
            statements(async {
                let hits = tenant.search("task", 50).await.unwrap();
                assert!(!hits.is_empty());
            })
            .await,
        ),
    ]
}

/// What a move costs: it writes one row, however long the columns are.
async fn moving(db: &TestDb, task: TaskId, version: i64) -> usize {
    let ada = session("ada", "acme");
    statements(async {
        let to = Move {
            status: Status::Done,
            place: Place::First,
        };
        change!(db, ada, "acme", |tasks| tasks.move_to(task, version, to)).unwrap();
        let to = Move {
            status: Status::Todo,
            place: Place::First,
        };
        change!(db, ada, "acme", |tasks| tasks.move_to(
            task,
            version + 1,
            to
        ))
        .unwrap();
    })
    .await
}

#[tokio::test]
async fn statements_are_few_and_do_not_grow_with_rows() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let few = pages(&db, f.project.id, f.task.id).await;
        let few_moving = moving(&db, f.task.id, 1).await;
        for (page, count) in &few {
            assert!((1..=HANDFUL).contains(count), "{page}: {count}");
        }
        let tenant = db
            .enter_for(&session("ada", "acme"), "acme", Action::TaskEdit)
            .await;
        let tasks = tenant.tasks();
        for at in 0..60 {
            let new = NewTask {
                labels: vec![f.label.id],
                ..new_task(f.project.id, &format!("Task {at}"))
            };
            let task = tasks.create(new).await.unwrap();
            tasks.add_item(task.id, item("Step"), None).await.unwrap();
            tasks.add_item(f.task.id, item("Step"), None).await.unwrap();
            let mut said = says("A task!");
            said.mentions = vec![user_id("max")];
            tasks.comment(f.task.id, said).await.unwrap();
        }
        let edited = tasks
            .edit(f.task.id, 1, title("Task"), super::text("task"))
            .await;
        edited.unwrap();
        tenant.commit().await.unwrap();
        assert_eq!(pages(&db, f.project.id, f.task.id).await, few);
        assert_eq!(moving(&db, f.task.id, 3).await, few_moving);
    })
    .await;
}
