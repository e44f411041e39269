//! The search: what it finds, and above all what it does not.

use super::{change, enter, furnish, new_task, says, text, title};
use crate::support::{TestDb, name, on_each, session};
use std::sync::Arc;
use store::{Action, Hit, NewTask, Piece, Status, Target};

async fn search(db: &TestDb, who: &str, slug: &str, query: &str) -> Vec<Hit> {
    let tenant = enter(db, who, slug).await;
    tenant.search(query, 50).await.unwrap()
}

fn shown(pieces: &[Piece]) -> String {
    let show = |piece: &Piece| match piece.found {
        true => format!("[{}]", piece.text),
        false => piece.text.clone(),
    };
    pieces.iter().map(show).collect()
}

/// What kind of thing each hit is, with its title.
fn told(hits: &[Hit]) -> Vec<(&'static str, String)> {
    let told = hits.iter().map(|hit| {
        let kind = match hit.target {
            Target::Project(_) => "project",
            Target::Task { .. } => "task",
            Target::Comment { .. } => "comment",
            Target::Member(_) => "member",
        };
        (kind, shown(&hit.title))
    });
    told.collect()
}

#[tokio::test]
async fn everything_is_found_by_its_words_and_their_beginnings() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Zürich launch").await.id;
        let tenant = db.enter_for(&ada, "acme", Action::TaskCreate).await;
        let tasks = tenant.tasks();
        let new = NewTask {
            description: text("Ask **Zurich** about <script>alert(1)</script>"),
            ..new_task(project, "Book the hall")
        };
        let hall = tasks.create(new).await.unwrap();
        let other = new_task(project, "Send invitations to ZURICH");
        let other = tasks.create(other).await.unwrap();
        let said = tasks
            .comment(hall.id, says("It's in zürich-west, isn't it?"))
            .await;
        let said = said.unwrap();
        tenant.commit().await.unwrap();

        // Titles before texts.
        let hits = search(&db, "max", "acme", "zur").await;
        let mut kinds = told(&hits);
        kinds[..2].sort();
        kinds[2..].sort();
        assert_eq!(
            kinds,
            [
                ("project", "[Zürich] launch".to_owned()),
                ("task", "Send invitations to [ZURICH]".to_owned()),
                ("comment", "Book the hall".to_owned()),
                ("task", "Book the hall".to_owned()),
            ]
        );
        let comment = hits
            .iter()
            .find(|hit| matches!(hit.target, Target::Comment { .. }));
        let comment = comment.unwrap();
        assert_eq!(shown(&comment.excerpt), "It's in [zürich]-west, isn't it?");
        let target = Target::Comment {
            id: said.id,
            task: hall.id,
            number: hall.number,
        };
        assert_eq!(comment.target, target);
        // All the words, in any order, in capitals or not; a task by its number.
        assert_eq!(told(&search(&db, "max", "acme", "ZÜRICH book").await), []);
        let found = search(&db, "max", "acme", "Hall BOOK").await;
        assert_eq!(told(&found), [("task", "[Book] the [hall]".to_owned())]);
        let by_number = search(&db, "max", "acme", &format!("#{}", other.number)).await;
        let target = Target::Task {
            id: other.id,
            number: other.number,
            status: Status::Todo,
        };
        assert_eq!(by_number[0].target, target);
        // Members, by name and address.
        let members = search(&db, "max", "acme", "ada").await;
        assert_eq!(told(&members), [("member", "[ada] Test".to_owned())]);
        assert_eq!(shown(&members[0].excerpt), "[ada]@example.com");
        let tenant = enter(&db, "max", "acme").await;
        assert_eq!(tenant.search("zur", 1).await.unwrap().len(), 1);
        assert_eq!(tenant.search("zur", 0).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_organization_is_found() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        furnish(&db, "gus", "globex").await;
        for query in [
            "Furnished",
            "first",
            "description",
            "think",
            "gus",
            "nora",
            "globex",
            "org_globex",
            "org",
            "1",
        ] {
            let found = search(&db, "ada", "acme", query).await;
            assert_eq!(told(&found), [], "{query}");
        }
        furnish(&db, "max", "acme").await;
        for (query, count) in [("furnished", 1), ("first", 1), ("think", 1), ("acme", 0)] {
            for (who, slug) in [("max", "acme"), ("gus", "globex")] {
                let found = search(&db, who, slug, query).await;
                assert_eq!(found.len(), count, "{query} at {slug}: {found:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_query_breaks_it() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "max", "acme").await;
        let long = "x".repeat(100_000);
        let many = "word ".repeat(10_000);
        for query in [
            "",
            " ",
            "\"",
            "'",
            "*",
            "a*",
            "\"first",
            "first\"*",
            "first AND",
            "NOT first",
            "first OR (",
            "NEAR(first, 2)",
            "organization_id : org_globex",
            "{title body} : x",
            "^first",
            "first -task",
            "first:*",
            "first & !task",
            "first | x",
            "<->",
            "\\",
            "\0",
            "first\0task",
            "%",
            "_",
            "';--",
            "$1",
            "?",
            "🚀",
            "\u{301}",
            "中文",
            "١٢٣",
            &long,
            &many,
        ] {
            let found = search(&db, "max", "acme", query).await;
            for hit in &found {
                assert!(
                    !matches!(hit.target, Target::Project(id) if id != f.project.id),
                    "{query}"
                );
            }
        }
        // Operators are words like others, or nothing.
        assert_eq!(
            told(&search(&db, "max", "acme", "first -- task").await).len(),
            1
        );
        assert_eq!(
            told(&search(&db, "max", "acme", "first NOT task").await),
            []
        );
        assert_eq!(told(&search(&db, "max", "acme", "%").await), []);
    })
    .await;
}

#[tokio::test]
async fn it_goes_with_what_changes() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let f = furnish(&db, "ada", "acme").await;
        let (id, ada) = (f.task.id, session("ada", "acme"));
        let count = async |query: &str| search(&db, "ada", "acme", query).await.len();
        assert_eq!(count("description").await, 1);
        change!(db, ada, "acme", |tasks| tasks.edit(
            id,
            1,
            title("Second"),
            text("Prose")
        ))
        .unwrap();
        assert_eq!((count("description").await, count("first").await), (0, 0));
        assert_eq!((count("prose").await, count("second").await), (1, 1));
        let body = store::CommentBody::parse("Other thoughts").unwrap();
        change!(db, ada, "acme", |tasks| tasks.edit_comment(
            id,
            f.comment.id,
            1,
            body,
            Vec::new()
        ))
        .unwrap();
        assert_eq!((count("think").await, count("thoughts").await), (0, 1));
        change!(db, ada, "acme", |tasks| tasks
            .delete_comment(id, f.comment.id))
        .unwrap();
        assert_eq!(count("thoughts").await, 0);
        let tenant = db.enter_for(&ada, "acme", Action::ProjectRename).await;
        let renamed = tenant
            .projects()
            .rename(f.project.id, name("Renovated"))
            .await;
        renamed.unwrap();
        tenant.commit().await.unwrap();
        assert_eq!((count("furnished").await, count("renovated").await), (0, 1));
        let tenant = db.enter_for(&ada, "acme", Action::ProjectDelete).await;
        tenant.projects().delete(f.project.id).await.unwrap();
        tenant.commit().await.unwrap();
        assert_eq!((count("renovated").await, count("prose").await), (0, 0));
        assert_eq!(db.count("search_documents", "1 = 1").await, 0);
        if db.kind == crate::support::Kind::Sqlite {
            assert_eq!(db.count("search_index", "1 = 1").await, 0);
        }
    })
    .await;
}
