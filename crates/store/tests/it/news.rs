//! What changed lately: to everybody what they may see, of their own organization.

use crate::{
    support::{TestDb, membership, on_each, session, statements, user, user_id},
    tasks::{change, enter, furnish, new_task, says},
};
use clerk::webhooks::EventData;
use std::sync::Arc;
use store::{About, Action, AuditActor, Day, Move, NewsItem, Place, Status};

async fn recent(db: &TestDb, who: &str, slug: &str, limit: u64) -> Vec<NewsItem> {
    let tenant = enter(db, who, slug).await;
    tenant.news().recent(limit).await.unwrap()
}

fn told(items: &[NewsItem]) -> Vec<String> {
    let told = items.iter().map(|item| match &item.about {
        About::Project { name, .. } => format!("{} {name}", item.action),
        About::Task { title, .. } => format!("{} {title}", item.action),
        About::Person(user) => format!("{} {user}", item.action),
    });
    told.collect()
}

#[tokio::test]
async fn news_are_the_last_that_matter_of_what_is_there() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        furnish(&db, "gus", "globex").await;
        let f = furnish(&db, "max", "acme").await;
        let ada = session("ada", "acme");
        let gone = new_task(f.project.id, "Gone");
        let gone = change!(db, ada, "acme", |tasks| tasks.create(gone)).unwrap();
        change!(db, ada, "acme", |tasks| tasks.delete(gone.id)).unwrap();
        for body in ["One", "Two"] {
            change!(db, ada, "acme", |tasks| tasks
                .comment(f.task.id, says(body)))
            .unwrap();
        }
        let to = Move {
            status: Status::Done,
            place: Place::First,
        };
        change!(db, ada, "acme", |tasks| tasks.move_to(f.task.id, 1, to)).unwrap();
        let items = recent(&db, "ada", "acme", 10).await;
        let mut expected = vec![
            "task.moved The first task".to_owned(),
            // Two in a row are one.
            "task.commented The first task".to_owned(),
            "task.commented The first task".to_owned(),
            "task.created The first task".to_owned(),
            "project.created Furnished".to_owned(),
            "member.joined user_max".to_owned(),
            "member.joined user_ada".to_owned(),
        ];
        assert_eq!(told(&items), expected);
        assert_eq!(items[0].status, Some(Status::Done));
        assert_eq!(items[0].actor, AuditActor::Person(user_id("ada")));
        assert_eq!(items[6].actor, AuditActor::System);
        assert_eq!(told(&recent(&db, "max", "acme", 2).await), expected[..2]);
        // Who may not see the members is not told of them.
        db.tell(EventData::UserCreated(user("guest", 1))).await;
        let joined = membership("acme", "guest", "org:guest", 1);
        db.tell(EventData::OrganizationMembershipCreated(joined))
            .await;
        expected.truncate(5);
        assert_eq!(told(&recent(&db, "guest", "acme", 10).await), expected);
    })
    .await;
}

#[tokio::test]
async fn days_are_counted_in_utc_and_of_one_organization() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let today = Day::parse("2026-10-12").unwrap();
        db.clock.set(today.begins_at() - 1);
        let ours = db.create(&session("ada", "acme"), "acme", "Ours").await;
        db.clock.set(today.begins_at());
        furnish(&db, "gus", "globex").await;
        for at in 0..3 {
            let new = new_task(ours.id, &format!("Task {at}"));
            change!(db, session("max", "acme"), "acme", |tasks| tasks
                .create(new))
            .unwrap();
        }
        let tenant = enter(&db, "max", "acme").await;
        let days = tenant.news().days(today, 3).await.unwrap();
        let counts: Vec<_> = days.iter().map(|d| (d.day, d.changes)).collect();
        let before = |days: i64| today.later(-days);
        assert_eq!(counts, [(before(2), 0), (before(1), 1), (today, 3)]);
    })
    .await;
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let today = Day::of_ms(f.task.created_at);
        let cost = async || {
            let tenant = enter(&db, "max", "acme").await;
            statements(async {
                let news = tenant.news();
                assert!(!news.recent(8).await.unwrap().is_empty());
                news.days(today, 28).await.unwrap();
            })
            .await
        };
        assert_eq!(cost().await, 4);
        let tenant = db
            .enter_for(&session("ada", "acme"), "acme", Action::TaskCreate)
            .await;
        for at in 0..60 {
            let new = new_task(f.project.id, &format!("Task {at}"));
            tenant.tasks().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();
        db.create(&session("ada", "acme"), "acme", "Another").await;
        assert_eq!(cost().await, 4);
    })
    .await;
}
