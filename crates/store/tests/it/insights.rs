//! Counts by week and what deserves attention: of one organization, by weeks of UTC, and in a
//! number of statements that rows do not change.

use crate::{
    support::{TestDb, membership, on_each, session, session_as, statements, user, user_id},
    tasks::{change, enter, new_task},
};
use clerk::webhooks::EventData;
use std::sync::Arc;
use store::{
    Action, Attention, Day, Move, NewTask, Place, Project, Status, StoreError, Task, WeekCounts,
};

/// Monday, 12 October 2026.
const MONDAY: &str = "2026-10-12";
const DAY_MS: i64 = 86_400_000;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A moment of that week: so many days and milliseconds after its beginning.
fn moment(days: i64, ms: i64) -> i64 {
    day(MONDAY).begins_at() + days * DAY_MS + ms
}

async fn create(db: &TestDb, who: &str, slug: &str, project: &Project, at: i64) -> Task {
    db.clock.set(at);
    let new = new_task(project.id, "A task");
    change!(db, session(who, slug), slug, |tasks| tasks.create(new)).unwrap()
}

async fn put(db: &TestDb, who: &str, slug: &str, task: &Task, to: Status, at: i64) -> Task {
    db.clock.set(at);
    let to = Move {
        status: to,
        place: Place::Last,
    };
    let version = task.place_version;
    change!(db, session(who, slug), slug, |tasks| tasks
        .move_to(task.id, version, to))
    .unwrap()
}

/// Ada in Acme and Gus in Globex.
async fn projects(db: &TestDb, at: i64) -> (Project, Project) {
    db.clock.set(at);
    db.populate().await;
    (
        db.create(&session("ada", "acme"), "acme", "Ours").await,
        db.create(&session("gus", "globex"), "globex", "Theirs")
            .await,
    )
}

async fn weeks(db: &TestDb, today: &str, count: u32) -> Vec<WeekCounts> {
    let tenant = enter(db, "ada", "acme").await;
    let insights = tenant.insights();
    insights.weeks(day(today), count).await.unwrap()
}

async fn attention(db: &TestDb, today: Day) -> Attention {
    let tenant = enter(db, "ada", "acme").await;
    tenant.insights().attention(today).await.unwrap()
}

fn numbers(week: &WeekCounts) -> [u64; 4] {
    [week.active, week.created, week.finished, week.joined]
}

#[tokio::test]
async fn a_week_is_monday_to_sunday_in_utc() {
    on_each(|db: Arc<TestDb>| async move {
        let (ours, _) = projects(&db, moment(-30, 0)).await;
        let last = create(&db, "ada", "acme", &ours, moment(0, -1)).await;
        create(&db, "ada", "acme", &ours, moment(0, 0)).await;
        create(&db, "max", "acme", &ours, moment(6, DAY_MS - 1)).await;
        create(&db, "ada", "acme", &ours, moment(7, 0)).await;
        put(&db, "ada", "acme", &last, Status::Done, moment(7, -1)).await;
        let weeks = weeks(&db, "2026-10-25", 3).await;
        let begins: Vec<String> = weeks.iter().map(|week| week.begins.to_string()).collect();
        assert_eq!(begins, ["2026-10-05", MONDAY, "2026-10-19"]);
        let numbers: Vec<_> = weeks.iter().map(numbers).collect();
        assert_eq!(numbers, [[1, 1, 0, 0], [2, 2, 1, 0], [1, 1, 0, 0]]);
    })
    .await;
}

#[tokio::test]
async fn joined_created_and_finished_are_what_they_say() {
    on_each(|db: Arc<TestDb>| async move {
        let (ours, _) = projects(&db, moment(0, 0)).await;
        let task = |at| create(&db, "ada", "acme", &ours, moment(1, at));
        let (deleted, reopened, canceled, done) =
            (task(1).await, task(2).await, task(3).await, task(4).await);
        db.clock.set(moment(2, 0));
        change!(db, session("ada", "acme"), "acme", |tasks| tasks
            .delete(deleted.id))
        .unwrap();
        let at = moment(3, 0);
        let reopened = put(&db, "max", "acme", &reopened, Status::Done, at).await;
        put(&db, "max", "acme", &reopened, Status::Todo, at + 1).await;
        put(&db, "max", "acme", &canceled, Status::Canceled, at).await;
        put(&db, "max", "acme", &done, Status::Done, at).await;
        let weeks = weeks(&db, MONDAY, 1).await;
        // Ada and Max joined and were active; four tasks were created, one is done.
        assert_eq!(numbers(&weeks[0]), [2, 4, 1, 2]);
    })
    .await;
}

#[tokio::test]
async fn others_are_never_counted() {
    on_each(|db: Arc<TestDb>| async move {
        let (_, theirs) = projects(&db, moment(0, 0)).await;
        let before = weeks(&db, MONDAY, 2).await;
        let calm = attention(&db, day(MONDAY)).await;
        for at in 0..3 {
            let task = create(&db, "gus", "globex", &theirs, moment(1, at)).await;
            put(&db, "gus", "globex", &task, Status::Done, moment(2, at)).await;
            let late = NewTask {
                due_on: Some(day("2026-10-01")),
                ..new_task(theirs.id, "Late")
            };
            change!(db, session("gus", "globex"), "globex", |tasks| tasks
                .create(late))
            .unwrap();
        }
        // Ada is an admin there, too: what she does there is not counted here.
        create(&db, "ada", "globex", &theirs, moment(3, 0)).await;
        assert_eq!(weeks(&db, MONDAY, 2).await, before);
        assert_eq!(attention(&db, day(MONDAY)).await, calm);
        assert_eq!(calm.overdue, None);
        assert_eq!(numbers(&before[1]), [1, 0, 0, 2]);
    })
    .await;
}

#[tokio::test]
async fn what_deserves_attention_is_counted_and_its_worst_place_named() {
    on_each(|db: Arc<TestDb>| async move {
        let (ours, _) = projects(&db, moment(0, 0)).await;
        let ada = session("ada", "acme");
        let worse = db.create(&ada, "acme", "Worse").await;
        let archived = db.create(&ada, "acme", "Archived").await;
        for (project, assignee, due, status) in [
            (&ours, None, "2026-10-11", Status::Todo),
            (&worse, None, "2026-10-11", Status::Todo),
            (&worse, Some("ada"), "2026-10-11", Status::Backlog),
            (&worse, None, "2026-10-12", Status::Todo),
            (&worse, None, "2026-10-11", Status::Done),
            (&worse, None, "2026-10-11", Status::Canceled),
            (&archived, None, "2026-10-11", Status::Todo),
        ] {
            let new = NewTask {
                assignee: assignee.map(user_id),
                due_on: Some(day(due)),
                status,
                ..new_task(project.id, "A task")
            };
            change!(db, ada, "acme", |tasks| tasks.create(new)).unwrap();
        }
        let tenant = db.enter_for(&ada, "acme", Action::ProjectArchive).await;
        tenant.projects().archive(archived.id).await.unwrap();
        tenant.commit().await.unwrap();
        let found = attention(&db, day(MONDAY)).await;
        assert_eq!((found.members, found.admins, found.idle), (2, 1, 0));
        let spot = |spot: &Option<store::Spot>| {
            let spot = spot.as_ref().unwrap();
            (spot.count, spot.project)
        };
        assert_eq!(spot(&found.overdue), (3, worse.id));
        assert_eq!(spot(&found.unassigned), (3, worse.id));
        assert_eq!(found.quiet, None);
        // A month and a day later, in which Ada has moved one task of hers.
        let task = create(&db, "ada", "acme", &worse, moment(20, 0)).await;
        put(&db, "ada", "acme", &task, Status::Done, moment(29, 0)).await;
        db.clock.set(moment(31, 0));
        let later = attention(&db, Day::of_ms(moment(31, 0))).await;
        assert_eq!(spot(&later.quiet), (1, ours.id));
        assert_eq!(later.quiet.unwrap().name, "Ours");
        // Max has not done anything; Ada, who asks, is not told about herself.
        assert_eq!(later.idle, 1);
        let ours_again = create(&db, "max", "acme", &ours, moment(31, 1)).await;
        assert!(ours_again.assignee.is_none());
        let later = attention(&db, Day::of_ms(moment(31, 0))).await;
        assert_eq!((later.idle, later.quiet), (0, None));
    })
    .await;
}

#[tokio::test]
async fn only_who_may_sees_the_numbers() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        for name in ["guest", "analyst"] {
            db.tell(EventData::UserCreated(user(name, 1))).await;
        }
        db.tell(EventData::OrganizationMembershipCreated(membership(
            "acme",
            "guest",
            "org:guest",
            1,
        )))
        .await;
        for who in ["max", "guest"] {
            let tenant = enter(&db, who, "acme").await;
            let insights = tenant.insights();
            let (weeks, attention) = (
                insights.weeks(day(MONDAY), 12).await.map(drop),
                insights.attention(day(MONDAY)).await.map(drop),
            );
            for answer in [weeks, attention] {
                let refused = matches!(
                    answer,
                    Err(StoreError::Forbidden {
                        action: Action::InsightsRead
                    })
                );
                assert!(refused, "{who}: {answer:?}");
            }
        }
        let nobody = session_as("gus", Some("acme"), "org:admin");
        let answer = db.store.enter(&nobody, "acme").await.map(drop);
        assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    on_each(|db: Arc<TestDb>| async move {
        let (ours, _) = projects(&db, moment(0, 0)).await;
        let cost = async || {
            let tenant = enter(&db, "ada", "acme").await;
            statements(async {
                let insights = tenant.insights();
                insights.weeks(day(MONDAY), 53).await.unwrap();
                insights.attention(day(MONDAY)).await.unwrap();
            })
            .await
        };
        assert_eq!(cost().await, 6);
        for at in 0..40 {
            let task = create(&db, "ada", "acme", &ours, moment(-7 * at, at)).await;
            put(&db, "max", "acme", &task, Status::Done, moment(-7 * at, at)).await;
            db.create(&session("ada", "acme"), "acme", &format!("{at}"))
                .await;
        }
        assert_eq!(cost().await, 6);
    })
    .await;
}
