//! Projects: pages, changes, and one audit row for each change.

use crate::support::{START, TestDb, name, new_project, on_each, session};
use std::sync::Arc;
use store::{
    Action, NewProject, PAGE_SIZE, Project, ProjectCursor, ProjectFilter, ProjectSort, StoreError,
    Uuid,
};

async fn list(db: &TestDb, filter: ProjectFilter) -> Vec<Project> {
    let tenant = db
        .store
        .enter(&session("ada", "acme"), "acme")
        .await
        .unwrap();
    tenant.projects().list(filter, None).await.unwrap().items
}

#[tokio::test]
async fn pages_hold_every_row_once_newest_first() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        // The clock stands still: 120 rows of the same millisecond.
        let tenant = db.enter_for(&max, "acme", Action::ProjectCreate).await;
        for number in 1..=120 {
            let new = new_project(&format!("Project {number}"));
            tenant.projects().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();

        let mut names = Vec::new();
        let mut sizes = Vec::new();
        let mut cursor = None;
        loop {
            let tenant = db.store.enter(&max, "acme").await.unwrap();
            let page = tenant
                .projects()
                .list(ProjectFilter::Active, cursor)
                .await
                .unwrap();
            drop(tenant);
            sizes.push(page.items.len());
            names.extend(page.items.into_iter().map(|project| project.name));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
            // What comes in between belongs before the pages still to come.
            db.create(&max, "acme", "In between").await;
        }
        let page = usize::try_from(PAGE_SIZE).unwrap();
        assert_eq!(sizes, [page, page, 20]);
        let expected: Vec<String> = (1..=120).rev().map(|n| format!("Project {n}")).collect();
        assert_eq!(names, expected);
    })
    .await;
}

#[tokio::test]
async fn every_order_has_pages_that_hold_every_row_once() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let tenant = db.enter_for(&max, "acme", Action::ProjectCreate).await;
        // Namesakes in two cases, and all of the same millisecond.
        for number in 0..120 {
            let new = new_project(&format!(
                "{} {:02}",
                ["alpha", "Alpha"][number % 2],
                number / 2
            ));
            tenant.projects().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();

        for sort in [ProjectSort::Newest, ProjectSort::Updated, ProjectSort::Name] {
            let mut met: Vec<Project> = Vec::new();
            let mut cursor: Option<ProjectCursor> = None;
            loop {
                let tenant = db.store.enter(&max, "acme").await.unwrap();
                let after = cursor.take();
                let projects = tenant.projects();
                let page = projects.sorted(ProjectFilter::Active, sort, after);
                let page = page.await.unwrap();
                drop(tenant);
                met.extend(page.items);
                let Some(next) = page.next else { break };
                // Whoever leaves meanwhile, and be it the one that the page ended with, shifts nothing.
                if sort == ProjectSort::Name && met.len() == 50 {
                    let last = met.last().unwrap().id;
                    let tenant = db.enter_for(&max, "acme", Action::ProjectArchive).await;
                    tenant.projects().archive(last).await.unwrap();
                    tenant.commit().await.unwrap();
                }
                cursor = Some(ProjectCursor::parse(&next.to_string()).unwrap());
            }
            let mut ids: Vec<String> = met.iter().map(|one| one.id.to_string()).collect();
            let expected = |project: &Project| match sort {
                ProjectSort::Name => project.name.to_lowercase(),
                _ => String::new(),
            };
            let names: Vec<_> = met.iter().map(expected).collect();
            assert!(names.is_sorted(), "{names:?}");
            ids.sort();
            ids.dedup();
            assert_eq!((met.len(), ids.len()), (120, 120), "{sort:?}");
            let other = ProjectCursor::parse(&format!("{}_u7", ids[0].replace('-', ""))).unwrap();
            let tenant = db.store.enter(&max, "acme").await.unwrap();
            let projects = tenant.projects();
            let wrong = projects.sorted(ProjectFilter::Active, sort, Some(other));
            let wrong = wrong.await;
            assert_eq!(
                matches!(wrong, Err(StoreError::InvalidCursor)),
                sort != ProjectSort::Updated
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_full_last_page_has_no_next() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let tenant = db.enter_for(&max, "acme", Action::ProjectCreate).await;
        for number in 0..PAGE_SIZE {
            let new = new_project(&format!("Project {number}"));
            tenant.projects().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();
        let tenant = db.store.enter(&max, "acme").await.unwrap();
        let page = tenant
            .projects()
            .list(ProjectFilter::Active, None)
            .await
            .unwrap();
        assert_eq!(page.next, None);
    })
    .await;
}

#[tokio::test]
async fn each_change_leaves_one_audit_row_and_no_change_leaves_none() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Plans").await;
        assert_eq!(
            (project.created_at, project.created_by.as_str()),
            (START, "user_ada")
        );
        assert_eq!(db.audit_rows().await, 1);

        db.clock.advance(1000);
        let steps = [
            ("rename", 2),
            ("rename", 2),
            ("archive", 3),
            ("archive", 3),
            ("unarchive", 4),
            ("unarchive", 4),
            ("delete", 5),
        ];
        for (step, audit_rows) in steps {
            let tenant = db.enter_for(&ada, "acme", Action::ProjectDelete).await;
            let projects = tenant.projects();
            let changed = match step {
                "rename" => projects.rename(project.id, name("Better plans")).await,
                "archive" => projects.archive(project.id).await,
                "unarchive" => projects.unarchive(project.id).await,
                _ => projects.delete(project.id).await,
            }
            .unwrap();
            tenant.commit().await.unwrap();
            assert_eq!(db.audit_rows().await, audit_rows, "after {step}");
            assert_eq!(changed.name, "Better plans");
            assert_eq!(changed.updated_at, START + 1000);
            assert_eq!(changed.archived_at.is_some(), step == "archive");
        }
        let told = format!(
            "organization_id = 'org_acme' AND actor_id = 'user_ada' AND target_kind = 'project' \
             AND target_id = '{}' AND action IN ('project.created', 'project.renamed', \
             'project.archived', 'project.unarchived', 'project.deleted')",
            project.id
        );
        assert_eq!(db.count("audit_events", &told).await, 5);
        let renamed = r#"before = '{"name":"Plans"}' AND after = '{"name":"Better plans"}'"#;
        assert_eq!(db.count("audit_events", renamed).await, 1);
        assert_eq!(db.count("projects", "1 = 1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_scope_leaves_neither_row_nor_audit() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let kept = db.create(&ada, "acme", "Kept").await;
        let tenant = db.enter_for(&ada, "acme", Action::ProjectDelete).await;
        tenant
            .projects()
            .create(new_project("Dropped"))
            .await
            .unwrap();
        tenant.projects().delete(kept.id).await.unwrap();
        drop(tenant);

        assert_eq!(list(&db, ProjectFilter::Active).await, [kept]);
        assert_eq!(db.audit_rows().await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_twice_makes_one_project() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let request_id = Some(Uuid::from_u128(42));
        let submit = async |who: &str, slug: &str, text: &str| {
            let tenant = db
                .enter_for(&session(who, slug), slug, Action::ProjectCreate)
                .await;
            let new = NewProject {
                name: name(text),
                request_id,
            };
            let project = tenant.projects().create(new).await.unwrap();
            tenant.commit().await.unwrap();
            project
        };
        // At the same time, then once more.
        let (first, second) = tokio::join!(
            submit("max", "acme", "Double"),
            submit("max", "acme", "Double")
        );
        assert_eq!(first, second);
        assert_eq!(submit("max", "acme", "Edited since").await, first);
        assert_eq!(db.audit_rows().await, 1);
        // Another organization's forms are another matter.
        let other = submit("gus", "globex", "Double").await;
        assert_ne!(other.id, first.id);
        assert_eq!(db.count("projects", "1 = 1").await, 2);
        // Forms without an id are all different.
        db.create(&session("max", "acme"), "acme", "Double").await;
        db.create(&session("max", "acme"), "acme", "Double").await;
        assert_eq!(list(&db, ProjectFilter::Active).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn archived_projects_have_a_list_of_their_own() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let used = db.create(&ada, "acme", "Used").await;
        let put_away = db.create(&ada, "acme", "Put away").await;
        let tenant = db.enter_for(&ada, "acme", Action::ProjectArchive).await;
        let put_away = tenant.projects().archive(put_away.id).await.unwrap();
        tenant.commit().await.unwrap();
        assert_eq!(list(&db, ProjectFilter::Active).await, [used]);
        assert_eq!(list(&db, ProjectFilter::Archived).await, [put_away]);
    })
    .await;
}

#[tokio::test]
async fn writers_wait_for_each_other() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let create = async |text: &str| db.create(&max, "acme", text).await;
        tokio::join!(
            create("1"),
            create("2"),
            create("3"),
            create("4"),
            create("5")
        );
        assert_eq!(list(&db, ProjectFilter::Active).await.len(), 5);
        assert_eq!(db.audit_rows().await, 5);
    })
    .await;
}

#[tokio::test]
async fn the_latest_changes_come_first_and_the_archive_not_at_all() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let mut made = Vec::new();
        for number in 1..=4 {
            db.clock.advance(1_000);
            made.push(db.create(&max, "acme", &format!("Recent {number}")).await);
        }
        db.clock.advance(1_000);
        let tenant = db.enter_for(&max, "acme", Action::ProjectRename).await;
        tenant
            .projects()
            .rename(made[0].id, name("Renamed"))
            .await
            .unwrap();
        tenant.commit().await.unwrap();
        let tenant = db.enter_for(&max, "acme", Action::ProjectArchive).await;
        tenant.projects().archive(made[3].id).await.unwrap();
        tenant.commit().await.unwrap();

        let tenant = db.store.enter(&max, "acme").await.unwrap();
        let recent = tenant.projects().recent(2).await.unwrap();
        let names: Vec<_> = recent.into_iter().map(|project| project.name).collect();
        assert_eq!(names, ["Renamed", "Recent 3"]);
    })
    .await;
}
