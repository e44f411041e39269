//! Tasks as browsers without JavaScript and programs change them: projects' pages, tasks' pages,
//! one's own tasks, search.

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
    tasks::Work,
};

/// Acme with an admin, a member and a project.
struct Acme {
    server: TestServer,
    ada: Person,
    ben: Person,
    project: String,
}

impl Acme {
    async fn of(kind: Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let ben = server.member("ben@acme.test", "acme").await;
        let project = server.project(&ada, "acme", "Relaunch").await;
        Self {
            server,
            ada,
            ben,
            project,
        }
    }

    async fn work(&self) -> Work {
        self.server.work(&self.ada, "acme", &self.project).await
    }

    fn board(&self) -> String {
        format!("/app/acme/projects/{}", self.project)
    }

    /// Sends a form as a browser does and answers with the page that it leads to.
    async fn post(&self, person: &Person, path: &str, form: &[(&str, &str)]) -> String {
        let form: Vec<_> = [("org", "acme")].iter().chain(form).copied().collect();
        let answer = self.server.post_as(person, path, &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        self.page(person, &to).await
    }

    async fn page(&self, person: &Person, path: &str) -> String {
        let answer = self.server.get_as(person, path).await;
        let status = answer.status();
        let page = answer.text().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{path}\n{page}");
        page
    }

    /// Calls as a program does.
    async fn call(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let form: Vec<_> = [("org", "acme")].iter().chain(form).copied().collect();
        let call = self.server.call(Some(&self.ben.token), path, &form);
        let answer = call.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap())
    }
}

/// The value of the first field `name` after `from` on a page.
fn field(page: &str, from: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(from)
        .unwrap_or_else(|| panic!("no {from}\n{page}"));
    let (_, rest) = rest
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The part of a board between a column's beginning and its end.
fn column<'p>(page: &'p str, status: &str) -> &'p str {
    let (_, rest) = page
        .split_once(&format!("data-column=\"{status}\""))
        .unwrap();
    rest.split("</section>").next().unwrap()
}

#[tokio::test]
async fn a_task_lives_and_dies_by_forms_alone() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let (ada, ben) = (&acme.ada, &acme.ben);
        let board = acme.page(ada, &acme.board()).await;
        let request_id = field(&board, "data-column=\"todo\"", "request_id");
        let new = [
            ("project", acme.project.as_str()),
            ("title", "Fix <login>"),
            ("status", "todo"),
            ("request_id", &request_id),
        ];
        acme.post(ada, "/api/tasks/create", &new).await;
        let board = acme.post(ada, "/api/tasks/create", &new).await;
        assert!(board.contains("Task created."));
        assert_eq!(column(&board, "todo").matches("data-card=").count(), 1);
        let (_, link) = board.split_once("/app/acme/tasks/").unwrap();
        let id = &link[..36];
        let task = format!("/app/acme/tasks/{id}");

        let page = acme.page(ada, &task).await;
        assert!(page.contains("Fix &lt;login&gt;"));
        let version = field(&page, "/api/tasks/edit", "version");
        let text = "**Why**: </textarea><script>alert(1)</script>\n\nsee https://example.com";
        let edit = [
            ("id", id),
            ("version", &version),
            ("title", "Fix sign-in"),
            ("description", text),
        ];
        let page = acme.post(ada, "/api/tasks/edit", &edit).await;
        assert!(page.contains("Saved.") && page.contains("<strong>Why</strong>"));
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("rel=\"nofollow noopener\""));

        let version = field(&page, "/api/tasks/assign", "version");
        let assign = [
            ("id", id),
            ("version", &version),
            ("assignee", ben.user.as_str()),
        ];
        let page = acme.post(ada, "/api/tasks/assign", &assign).await;
        let version = field(&page, "/api/tasks/due", "version");
        let due = [("id", id), ("version", &version), ("due", "2020-02-29")];
        let page = acme.post(ada, "/api/tasks/due", &due).await;
        assert!(page.contains("29 Feb 2020"));
        let version = field(&page, "/api/tasks/new-label", "version");
        let label = [
            ("id", id),
            ("version", &version),
            ("labels", ""),
            ("name", "Bug & co"),
            ("colour", "red"),
        ];
        let page = acme.post(ada, "/api/tasks/new-label", &label).await;
        assert!(page.contains("data-colour=\"red\""), "{page}");

        let item = [
            ("id", id),
            ("text", "Write a test"),
            ("request_id", &request_id),
        ];
        let page = acme.post(ben, "/api/checklist/add", &item).await;
        let item = field(&page, "/api/checklist/tick", "item");
        let tick = [("id", id), ("item", item.as_str()), ("done", "yes")];
        let page = acme.post(ben, "/api/checklist/tick", &tick).await;
        assert!(page.contains("aria-pressed=\"true\"") && page.contains("data-done"));
        let version = field(&page, "/api/checklist/rename", "version");
        let rename = [
            ("id", id),
            ("item", &item),
            ("version", &version),
            ("text", "Write two tests"),
        ];
        let page = acme.post(ben, "/api/checklist/rename", &rename).await;
        assert!(page.contains("Write two tests") && !page.contains("Write a test"));

        // A second item goes up by the button that its menu has, and down by the one it has then.
        let another = Uuid::now_v7().to_string();
        let more = [
            ("id", id),
            ("text", "Write the code"),
            ("request_id", &another),
        ];
        let page = acme.post(ben, "/api/checklist/add", &more).await;
        let order = |page: &str| page.find("Write two tests") < page.find("Write the code");
        assert!(order(&page));
        let second = page
            .split("<li")
            .filter(|row| row.contains("/api/checklist/tick"));
        let second = second.last().unwrap().to_owned();
        let other = field(&second, "/api/checklist/move", "item");
        let up = [("id", id), ("item", &other), ("below", "")];
        assert!(second.contains("name=\"below\" value=\"\""), "{second}");
        let page = acme.post(ben, "/api/checklist/move", &up).await;
        assert!(!order(&page));
        let down = [("id", id), ("item", &other), ("below", &item)];
        assert!(order(&acme.post(ben, "/api/checklist/move", &down).await));
        let page = acme.page(ben, &task).await;
        assert!(page.contains("sorted the checklist"), "{page}");
        let gone = [("id", id), ("item", other.as_str())];
        acme.post(ben, "/api/checklist/remove", &gone).await;

        let comment = [
            ("id", id),
            ("body", "Could you look?\n\n- here"),
            ("mention", ben.user.as_str()),
            ("request_id", &request_id),
        ];
        let page = acme.post(ada, "/api/comments/add", &comment).await;
        assert!(page.contains("Could you look?") && page.contains("<li>here</li>"));
        assert!(page.contains("@ben@acme.test"), "{page}");
        let comment = field(&page, "/api/comments/edit", "comment");
        let version = field(&page, "/api/comments/edit", "version");
        let edit = [
            ("id", id),
            ("comment", comment.as_str()),
            ("version", &version),
            ("body", "Never mind"),
        ];
        let page = acme.post(ada, "/api/comments/edit", &edit).await;
        assert!(page.contains("Never mind") && !page.contains("Could you look?"));
        // Who did not write it, and does not moderate, is not offered to change it.
        let others = acme.page(ben, &task).await;
        assert!(others.contains("Never mind") && !others.contains("/api/comments/delete"));

        // It is where it is looked for.
        let mine = acme.page(ben, "/app/acme/my-tasks").await;
        assert!(mine.contains("Overdue") && mine.contains("Fix sign-in"));
        assert!(
            !acme
                .page(ada, "/app/acme/my-tasks")
                .await
                .contains("Fix sign-in")
        );
        for words in ["sign-in", "never+mind"] {
            let found = acme.page(ben, &format!("/app/acme/search?q={words}")).await;
            assert!(found.contains(&task), "{words}: {found}");
        }
        // The palette finds the same, and nothing of its own that does not fit.
        let palette = acme.page(ben, "/app/acme/go?q=sign-in").await;
        assert!(palette.contains(&task) && palette.contains("data-go=\"1 entry\""));
        assert!(palette.contains("/app/acme/search?q=sign-in"), "{palette}");
        let palette = acme.page(ben, "/app/acme/go?q=memb").await;
        assert!(palette.contains("href=\"/app/acme/members\"") && !palette.contains(&task));
        let nothing = acme.page(ben, "/app/acme/search?q=zebra").await;
        assert!(nothing.contains("Nothing found") && !nothing.contains(&task));

        let board = acme.page(ben, &acme.board()).await;
        let version = field(column(&board, "todo"), "/api/tasks/move", "version");
        let to_done = [
            ("id", id),
            ("version", &version),
            ("to", "done"),
            ("project", &acme.project),
        ];
        let board = acme.post(ben, "/api/tasks/move", &to_done).await;
        assert!(column(&board, "done").contains(&task) && !column(&board, "todo").contains(&task));
        let projects = acme.page(ben, "/app/acme/projects").await;
        assert!(projects.contains(&acme.board()) && projects.contains("Tasks done"));

        let page = acme
            .post(
                ada,
                "/api/comments/delete",
                &[("id", id), ("comment", &comment)],
            )
            .await;
        assert!(!page.contains("Never mind"));
        let page = acme
            .post(ben, "/api/checklist/remove", &[("id", id), ("item", &item)])
            .await;
        assert!(!page.contains("Write two tests"));
        let asked = acme.page(ada, &format!("{task}?delete=1")).await;
        assert!(asked.contains("id=\"confirm-delete\""));
        let board = acme.post(ada, "/api/tasks/delete", &[("id", id)]).await;
        assert!(board.contains("Task deleted.") && !board.contains(&task));
        let gone = acme.server.get_as(ada, &task).await;
        assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn who_is_slower_sees_both_texts_and_overwrites_nothing() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let work = acme.work().await;
        let edit = |title, description| {
            [
                ("id", work.task.as_str()),
                ("version", work.version.as_str()),
                ("title", title),
                ("description", description),
            ]
        };
        acme.post(
            &acme.ada,
            "/api/tasks/edit",
            &edit("Hers", "What she wrote"),
        )
        .await;
        let page = acme
            .post(&acme.ben, "/api/tasks/edit", &edit("His", "What he wrote"))
            .await;
        let (_, form) = page.split_once("action=\"/api/tasks/edit\"").unwrap();
        let (form, _) = form.split_once("</form>").unwrap();
        for text in ["What she wrote", "Hers", "What he wrote", "value=\"His\""] {
            assert!(form.contains(text), "{kind:?} {text}: {form}");
        }
        let heading = page
            .split("<h1>")
            .nth(1)
            .unwrap()
            .split("</h1>")
            .next()
            .unwrap();
        assert!(heading.contains("Hers"), "{heading}");

        let (status, answer) = acme.call("/api/tasks/edit", &edit("His", "")).await;
        assert_eq!(status, 409);
        assert_eq!(answer["code"], "conflict");
        assert_eq!(answer["current"]["title"], "Hers");
        assert_eq!(answer["current"]["text"], "What she wrote");

        // Having seen both, he may decide.
        let version = field(&page, "action=\"/api/tasks/edit\"", "version");
        let mut knowingly = edit("His", "What he wrote");
        knowingly[1].1 = &version;
        let page = acme.post(&acme.ben, "/api/tasks/edit", &knowingly).await;
        assert!(page.contains("What he wrote") && !page.contains("What she wrote"));

        // The same for an item and for a comment.
        let item = |text| {
            [
                ("id", work.task.as_str()),
                ("item", work.item.as_str()),
                ("version", work.version.as_str()),
                ("text", text),
            ]
        };
        acme.post(&acme.ada, "/api/checklist/rename", &item("Her item"))
            .await;
        let page = acme
            .post(&acme.ben, "/api/checklist/rename", &item("His item"))
            .await;
        assert!(page.contains("Her item") && page.contains("value=\"His item\""));
        let comment = |body| {
            [
                ("id", work.task.as_str()),
                ("comment", work.comment.as_str()),
                ("version", work.version.as_str()),
                ("body", body),
            ]
        };
        acme.post(&acme.ada, "/api/comments/edit", &comment("First words"))
            .await;
        let page = acme
            .post(&acme.ada, "/api/comments/edit", &comment("Second words"))
            .await;
        assert!(page.contains("First words") && page.contains("Second words"));
    }
}

#[tokio::test]
async fn what_is_too_long_for_an_address_comes_back_whole() {
    let acme = Acme::of(Kind::Sqlite).await;
    let work = acme.work().await;
    let long = "Zeile — ".repeat(2_600);
    let too_long = [
        ("org", "acme"),
        ("id", &work.task),
        ("version", &work.version),
        ("title", "A task"),
        ("description", &long),
    ];
    let answer = acme
        .server
        .post_as(&acme.ben, "/api/tasks/edit", &too_long)
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Use 20000 characters or fewer."));
    assert!(page.contains(long.trim_end()), "the input is kept");

    let long = "Ein Absatz.\n\n".repeat(400);
    let mut form = too_long;
    form[4].1 = "In brief";
    acme.server
        .post_as(&acme.ada, "/api/tasks/edit", &form)
        .await;
    form[4].1 = &long;
    let answer = acme
        .server
        .post_as(&acme.ben, "/api/tasks/edit", &form)
        .await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let page = answer.text().await.unwrap();
    assert!(page.contains("There now:") && page.contains("In brief"));
    assert!(page.contains(long.trim_end()), "the input is kept");
    // Who was signed out meanwhile gets it back to copy: no address could carry it to the sign-in.
    let nobody = Person {
        token: String::new(),
        ..acme.ben.clone()
    };
    let answer = acme.server.post_as(&nobody, "/api/tasks/edit", &form).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let page = answer.text().await.unwrap();
    assert!(page.contains(long.trim_end()) && !page.contains("There now:"));
    // Somebody who may not see the task is not shown it this way either.
    let gus = acme.server.admin("gus@globex.test", "globex").await;
    let answer = acme.server.post_as(&gus, "/api/tasks/edit", &form).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(!answer.text().await.unwrap().contains("In brief"));
}

#[tokio::test]
async fn cards_are_moved_within_and_between_columns() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let (one, two, three) = (acme.work().await, acme.work().await, acme.work().await);
        let order = async |status: &str| {
            let board = acme.page(&acme.ben, &acme.board()).await;
            let column = column(&board, status).to_owned();
            let cards: Vec<String> = column
                .split("data-card=\"")
                .skip(1)
                .map(|card| card[..36].to_owned())
                .collect();
            cards
        };
        let go = async |work: &Work, version: &str, to: &str| {
            let form = [("id", work.task.as_str()), ("version", version), ("to", to)];
            acme.call("/api/tasks/move", &form).await
        };
        let (a, b, c) = (&one.task, &two.task, &three.task);
        assert_eq!(order("todo").await, [a, b, c].map(String::clone));
        let (status, version) = go(&three, &three.version, &format!("todo.before.{a}")).await;
        assert_eq!((status, version.is_i64()), (200, true), "{version}");
        assert_eq!(order("todo").await, [c, a, b].map(String::clone));
        // The version is the one to go on with; the one before it is not.
        let (status, answer) = go(&three, &three.version, "done").await;
        assert_eq!((status, &answer["code"]), (409, &json!("conflict")));
        assert_eq!(go(&three, &version.to_string(), "done.first").await.0, 200);
        assert_eq!(
            go(&one, &one.version, &format!("done.after.{c}")).await.0,
            200
        );
        assert_eq!(order("done").await, [c, a].map(String::clone));
        assert_eq!(order("todo").await, std::slice::from_ref(b));
        for nonsense in ["", "nowhere", "todo.before", "todo.under.7"] {
            let (status, answer) = go(&two, &two.version, nonsense).await;
            assert_eq!(
                (status, &answer["code"]),
                (400, &json!("bad_request")),
                "{nonsense}"
            );
        }
        assert_eq!(order("todo").await, std::slice::from_ref(b));
    }
}

#[tokio::test]
async fn the_list_shows_what_its_address_says() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let (one, two) = (acme.work().await, acme.work().await);
        let label = [
            ("id", one.task.as_str()),
            ("version", &one.version),
            ("label", &one.label),
        ];
        acme.post(&acme.ada, "/api/tasks/labels", &label).await;
        let done = [
            ("id", two.task.as_str()),
            ("version", &two.version),
            ("to", "done"),
        ];
        acme.post(&acme.ada, "/api/tasks/move", &done).await;
        let shown = async |query: &str| {
            let page = acme
                .page(&acme.ben, &format!("{}?view=list{query}", acme.board()))
                .await;
            [&one, &two].map(|work| page.contains(&format!("/app/acme/tasks/{}", work.task)))
        };
        assert_eq!(shown("").await, [true, false]);
        assert_eq!(shown("&status=all&sort=updated").await, [true, true]);
        assert_eq!(shown("&status=done").await, [false, true]);
        assert_eq!(
            shown(&format!("&status=all&label={}", one.label)).await,
            [true, false]
        );
        assert_eq!(shown("&assignee=me").await, [false, false]);
        assert_eq!(
            shown("&status=all&assignee=nobody&sort=due").await,
            [true, true]
        );
        assert_eq!(shown("&due=overdue").await, [false, false]);
        let page = acme
            .page(
                &acme.ben,
                &format!("{}?view=list&status=done", acme.board()),
            )
            .await;
        assert!(page.contains("value=\"done\" selected"), "{page}");
    }
}

#[tokio::test]
async fn refused_fields_are_told_apart() {
    let acme = Acme::of(Kind::Sqlite).await;
    let work = acme.work().await;
    let request_id = Uuid::now_v7().to_string();
    let common = [
        ("id", work.task.as_str()),
        ("version", work.version.as_str()),
        ("request_id", request_id.as_str()),
        ("project", acme.project.as_str()),
        ("status", "backlog"),
    ];
    for (path, field, value, message) in [
        ("/api/tasks/create", "title", "  ", "Enter a title."),
        (
            "/api/tasks/due",
            "due",
            "tomorrow",
            "Enter a day of the calendar",
        ),
        ("/api/checklist/add", "text", " ", "Enter a text."),
        ("/api/comments/add", "body", " ", "Enter a comment."),
        ("/api/tasks/new-label", "name", "", "Enter a name."),
    ] {
        let form: Vec<_> = common.iter().chain(&[(field, value)]).copied().collect();
        let page = acme.post(&acme.ada, path, &form).await;
        assert!(
            page.contains(message) && page.contains("aria-invalid"),
            "{path}: {page}"
        );
    }
    let label = |version| {
        [
            ("id", work.task.as_str()),
            ("version", version),
            ("name", "Bug"),
        ]
    };
    let page = acme
        .post(&acme.ada, "/api/tasks/new-label", &label(&work.version))
        .await;
    let version = field(&page, "/api/tasks/new-label", "version");
    let page = acme
        .post(&acme.ada, "/api/tasks/new-label", &label(&version))
        .await;
    assert!(page.contains("That name is taken."), "{page}");
}
