//! What is another organization's is missing, and so is what is another task's.

use super::{enter, furnish, get, item, label_name, new_task, says, text, title};
use crate::support::{TestDb, on_each, session, user_id};
use std::sync::Arc;
use store::{
    Action, AssigneeFilter, COLUMN_SIZE, ChecklistItemId, Colour, CommentBody, CommentId, LabelId,
    Move, NewTask, Place, ProjectId, Status, StatusFilter, StoreError, TaskFilter, TaskId,
    TaskSort,
};

const MISSING: &str = "01990000-0000-7000-8000-000000000000";

#[tokio::test]
async fn foreign_ids_are_missing_ids() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let theirs = furnish(&db, "gus", "globex").await;
        let ours = furnish(&db, "ada", "acme").await;
        let before = db.audit_rows().await;
        // Ada is an admin here and there: even so Acme's scope does not reach Globex's rows.
        let ada = session("ada", "acme");
        for (project, task, label, entry, comment) in [
            (
                theirs.project.id,
                theirs.task.id,
                theirs.label.id,
                theirs.item.id,
                theirs.comment.id,
            ),
            (
                ProjectId::parse(MISSING).unwrap(),
                TaskId::parse(MISSING).unwrap(),
                LabelId::parse(MISSING).unwrap(),
                ChecklistItemId::parse(MISSING).unwrap(),
                CommentId::parse(MISSING).unwrap(),
            ),
        ] {
            let tenant = enter(&db, "ada", "acme").await;
            let tasks = tenant.tasks();
            let mut answers = vec![
                tasks.get(task).await.map(drop),
                tasks.board(project, |_| COLUMN_SIZE).await.map(drop),
                tasks.activity(task).await.map(drop),
            ];
            drop(tenant);
            let tenant = db.enter_for(&ada, "acme", Action::TaskDelete).await;
            let tasks = tenant.tasks();
            let to = Move {
                status: Status::Done,
                place: Place::Last,
            };
            let with_label = NewTask {
                labels: vec![label],
                ..new_task(ours.project.id, "x")
            };
            let body = || CommentBody::parse("x").unwrap();
            let mine = ours.task.id;
            answers.extend([
                tasks.create(new_task(project, "x")).await.map(drop),
                tasks.create(with_label).await.map(drop),
                tasks.edit(task, 1, title("x"), text("x")).await.map(drop),
                tasks.assign(task, 1, None).await.map(drop),
                tasks.set_due(task, 1, None).await.map(drop),
                tasks.set_labels(task, 1, &[]).await.map(drop),
                tasks.set_labels(mine, 1, &[label]).await.map(drop),
                tasks.move_to(task, 1, to).await.map(drop),
                tasks.delete(task).await.map(drop),
                tasks.add_item(task, item("x"), None).await.map(drop),
                tasks.set_item_done(mine, entry, true).await.map(drop),
                tasks.set_item_done(task, entry, true).await.map(drop),
                tasks.rename_item(mine, entry, 1, item("x")).await.map(drop),
                tasks.move_item(mine, entry, Place::First).await,
                tasks.remove_item(mine, entry).await.map(drop),
                tasks.comment(task, says("x")).await.map(drop),
                tasks
                    .edit_comment(mine, comment, 1, body(), Vec::new())
                    .await
                    .map(drop),
                tasks.delete_comment(mine, comment).await,
                tasks.delete_comment(task, comment).await,
                tenant.labels().delete(label).await.map(drop),
                tenant
                    .labels()
                    .change(label, label_name("x"), Colour::Red)
                    .await
                    .map(drop),
            ]);
            for (at, answer) in answers.iter().enumerate() {
                assert!(
                    matches!(answer, Err(StoreError::NotFound)),
                    "{at}: {answer:?}"
                );
            }
            tenant.commit().await.unwrap();
        }
        // Nothing came of it.
        assert_eq!(db.audit_rows().await, before);
        let kept = get(&db, "gus", "globex", theirs.task.id).await;
        assert_eq!(kept.comments, [theirs.comment]);
        assert_eq!(kept.checklist, [theirs.item]);
        assert_eq!(kept.labels, [theirs.label]);
    })
    .await;
}

#[tokio::test]
async fn people_who_are_no_members_are_missing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ours = furnish(&db, "ada", "acme").await;
        let before = db.audit_rows().await;
        let tenant = db
            .enter_for(&session("ada", "acme"), "acme", Action::TaskEdit)
            .await;
        let tasks = tenant.tasks();
        for stranger in ["gus", "nora", "nobody"] {
            let stranger = user_id(stranger);
            let new = NewTask {
                assignee: Some(stranger.clone()),
                ..new_task(ours.project.id, "x")
            };
            let mut said = says("Look!");
            said.mentions = vec![user_id("max"), stranger.clone()];
            let answers = [
                tasks.create(new).await.map(drop),
                tasks
                    .assign(ours.task.id, 1, Some(stranger.clone()))
                    .await
                    .map(drop),
                tasks.comment(ours.task.id, said).await.map(drop),
            ];
            for answer in answers {
                assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
            }
        }
        tenant.commit().await.unwrap();
        assert_eq!(db.audit_rows().await, before);
        let people = enter(&db, "ada", "acme").await;
        let asked = ["ada", "max", "gus", "nobody"].map(user_id);
        let people = people.tasks().people(asked).await.unwrap();
        let mut names: Vec<&str> = people.values().map(|person| &*person.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["ada Test", "max Test"]);
    })
    .await;
}

#[tokio::test]
async fn lists_hold_only_the_organizations_own() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let theirs = furnish(&db, "gus", "globex").await;
        let ours = furnish(&db, "ada", "acme").await;
        let tenant = enter(&db, "ada", "acme").await;
        let tasks = tenant.tasks();
        let all = TaskFilter {
            status: StatusFilter::All,
            ..TaskFilter::default()
        };
        let list = async |filter: &TaskFilter| {
            let page = tasks.list(filter, TaskSort::Newest, None).await.unwrap();
            page.items
                .into_iter()
                .map(|card| card.task.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(list(&all).await, [ours.task.id]);
        for foreign in [
            TaskFilter {
                project: Some(theirs.project.id),
                ..all.clone()
            },
            TaskFilter {
                label: Some(theirs.label.id),
                ..all.clone()
            },
            TaskFilter {
                assignee: AssigneeFilter::User(user_id("gus")),
                ..all
            },
        ] {
            assert_eq!(list(&foreign).await, []);
        }
        let projects = [ours.project.id, theirs.project.id];
        let progress = tasks.progress(&projects).await.unwrap();
        assert_eq!(progress.len(), 1);
        assert_eq!(progress[&ours.project.id].total, 1);
        assert_eq!(tenant.labels().list().await.unwrap(), [ours.label]);
        // Each organization counts for itself.
        assert_eq!((ours.task.number, theirs.task.number), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_another_task_is_missing() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ours = furnish(&db, "ada", "acme").await;
        let ada = session("ada", "acme");
        let tenant = db.enter_for(&ada, "acme", Action::TaskEdit).await;
        let tasks = tenant.tasks();
        let other = tasks.create(new_task(ours.project.id, "Other")).await;
        let other = other.unwrap().id;
        let body = CommentBody::parse("x").unwrap();
        for answer in [
            tasks
                .set_item_done(other, ours.item.id, true)
                .await
                .map(drop),
            tasks.remove_item(other, ours.item.id).await.map(drop),
            tasks.delete_comment(other, ours.comment.id).await,
            tasks
                .edit_comment(other, ours.comment.id, 1, body, Vec::new())
                .await
                .map(drop),
        ] {
            assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
        }
    })
    .await;
}
