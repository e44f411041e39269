//! Insights and overview: what they say with much history, with little and with none, and to whom.

use axum::http::StatusCode;
use clerk::clock::{Clock as _, ManualClock, SystemClock};
use store::{Action, NewProject, NewTask, Origin, ProjectName, Status, TaskTitle};

use crate::support::{World, ann_at_acme, ben_at_acme};

const WEEK_MS: i64 = 7 * 86_400_000;

/// In each of so many weeks up to now, Ann made four tasks and finished one, in a project that is
/// called so.
async fn history(world: &World, weeks: i64, project: &str) {
    let now = SystemClock.now_ms();
    let clock = ManualClock::at(now - weeks * WEEK_MS);
    let store = world.store_at(clock.shared()).await;
    let ann = ann_at_acme();
    let enter = || store.enter_for(&ann, "acme", Action::ProjectCreate, Origin::default());
    let tenant = enter().await.unwrap();
    let name = ProjectName::parse(project).unwrap();
    let new = NewProject {
        name,
        request_id: None,
    };
    let project = tenant.projects().create(new).await.unwrap();
    tenant.commit().await.unwrap();
    for week in 0..weeks {
        clock.set(now - (weeks - week) * WEEK_MS);
        let tenant = enter().await.unwrap();
        for number in 0..4 {
            let title = TaskTitle::parse(&format!("Task {week}.{number}")).unwrap();
            let new = NewTask {
                status: match number {
                    0 => Status::Done,
                    _ => Status::Todo,
                },
                ..NewTask::titled(project.id, title)
            };
            tenant.tasks().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();
    }
}

#[tokio::test]
async fn insights_are_for_those_who_may() {
    let world = World::new().await;
    let page = world.get(Some(&ann_at_acme()), "/app/acme/insights").await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_shows("<title>Insights · The &lt;acme> · Tenantry</title>");
    page.assert_shows("href=\"/app/acme/insights\"");
    let ben = ben_at_acme();
    let refused = world.get(Some(&ben), "/app/acme/insights").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let home = world.get(Some(&ben), "/app/acme").await;
    home.assert_lacks("/app/acme/insights");
}

#[tokio::test]
async fn with_little_history_it_is_said_from_when_on_there_is_a_forecast() {
    let world = World::new().await;
    let ann = ann_at_acme();
    let page = world.get(Some(&ann), "/app/acme/insights").await;
    page.assert_shows("from 10 full weeks of history on; so far there are 0.");
    history(&world, 5, "Roof").await;
    let page = world.get(Some(&ann), "/app/acme/insights").await;
    page.assert_shows("from 10 full weeks of history on; so far there are 5.");
    page.assert_lacks("chart-band");
    page.assert_lacks("are expected");
    let page = world
        .get_with(Some(&ann), "/app/acme/insights", "lang=de")
        .await;
    page.assert_shows("ab 10 vollen Wochen; bisher sind es 5.");
}

#[tokio::test]
async fn charts_are_drawn_said_and_written_down() {
    let world = World::new().await;
    history(&world, 20, "Roof").await;
    let ann = ann_at_acme();
    let page = world.get(Some(&ann), "/app/acme/insights").await;
    // Four charts of twelve weeks; nobody has joined in them but now, so three have a forecast.
    assert_eq!(page.body.matches("role=\"img\"").count(), 4);
    assert_eq!(page.body.matches("class=\"chart-bar\"").count(), 4 * 12);
    assert_eq!(page.body.matches("chart-band").count(), 3);
    assert_eq!(
        page.body.matches("<th scope=\"row\"").count(),
        4 * 12 + 3 * 4
    );
    page.assert_shows(": between 4 and 4, 4 at the end. For ");
    page.assert_shows("about 4 are expected, 4 to 4.");
    page.assert_shows("about 4 (4 to 4)");
    page.assert_lacks(" style=");
    let page = world.get(Some(&ann), "/app/acme/insights?weeks=26").await;
    assert_eq!(page.body.matches("class=\"chart-bar\"").count(), 4 * 26);
    page.assert_shows("between 0 and 4, 4 at the end.");
    // What is no range is the first.
    for weeks in ["13", "-1", "999999999999999999999", "x"] {
        let path = format!("/app/acme/insights?weeks={weeks}");
        let page = world.get(Some(&ann), &path).await;
        assert_eq!(
            page.body.matches("class=\"chart-bar\"").count(),
            4 * 12,
            "{weeks}"
        );
    }
}

#[tokio::test]
async fn suggestions_say_what_to_do_and_an_outage_is_said() {
    let world = World::new().await;
    let ann = ann_at_acme();
    history(&world, 2, "<Roof>").await;
    let page = world.get(Some(&ann), "/app/acme/insights").await;
    page.assert_shows("There is only one admin.");
    page.assert_shows("6 open tasks have nobody to do them, most of them in “&lt;Roof&gt;”.");
    page.assert_shows("&amp;assignee=nobody\"");
    // Ben's membership is as old as time, and he has done nothing.
    page.assert_shows("1 person has changed nothing for 30 days.");
    // Nothing answers where Clerk should be.
    page.assert_shows("The service that keeps invitations does not answer");
    page.assert_lacks("Nothing to improve");
    let alone = clerk::test_util::session("user_ann", Some(("org_globex", "globex", "org:admin")));
    let page = world.get(Some(&alone), "/app/globex/insights").await;
    page.assert_shows("Nothing to improve");
    let page = world
        .get_with(Some(&alone), "/app/globex/insights", "lang=de")
        .await;
    page.assert_shows("Nichts zu verbessern");
}

#[tokio::test]
async fn the_overview_begins_with_one_thing_to_do() {
    let world = World::new().await;
    let page = world.get(Some(&ann_at_acme()), "/app/acme").await;
    page.assert_shows("No projects yet");
    assert_eq!(
        page.body.matches("action=\"/api/projects/create\"").count(),
        1
    );
    page.assert_lacks("What changed");
    page.assert_lacks("role=\"img\"");
    let ben = world.get(Some(&ben_at_acme()), "/app/acme").await;
    ben.assert_shows("action=\"/api/projects/create\"");
}

#[tokio::test]
async fn the_overview_tells_what_changed_and_what_is_next() {
    let world = World::new().await;
    history(&world, 3, "<Roof>").await;
    let ben = ben_at_acme();
    let page = world.get(Some(&ben), "/app/acme").await;
    page.assert_shows("What changed");
    page.assert_shows(">&lt;Roof&gt;</a>");
    page.assert_shows(">Task 2.3</a>");
    page.assert_shows("Changes to projects and tasks");
    page.assert_shows("<progress max=\"12\" value=\"3\"");
    page.assert_shows("Open tasks that are assigned to you stand here");
    page.assert_lacks("No projects yet");
    let german = world.get_with(Some(&ben), "/app/acme", "lang=de").await;
    german.assert_shows("Was sich geändert hat");
    german.assert_shows("angelegt");
}
