//! What others change, as it reaches an open page: streams of events, and who is here.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use store::{Action, NewProject, Origin, ProjectName};

use crate::support::{Person, TestServer, databases::kinds};

/// An open stream.
struct Stream {
    answer: Response,
    text: String,
}

/// One event: its name, its id and its data.
#[derive(Debug, PartialEq)]
struct Event {
    name: String,
    id: String,
    data: String,
}

impl Event {
    fn read(block: &str) -> Self {
        let field = |name: &str| {
            let lines = block.lines().filter_map(|line| line.split_once(": "));
            let mut values = lines.filter(|(field, _)| *field == name);
            values
                .next()
                .map_or_else(String::new, |(_, value)| value.to_owned())
        };
        Self {
            name: field("event"),
            id: field("id"),
            data: field("data"),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap()
    }
}

impl Stream {
    async fn open(server: &TestServer, person: &Person, query: &str) -> Self {
        Self::resume(server, person, query, None).await
    }

    async fn resume(server: &TestServer, person: &Person, query: &str, last: Option<&str>) -> Self {
        let mut request = server
            .request(Method::GET, &format!("/app/acme/events{query}"))
            .header("accept", "text/event-stream")
            .header("cookie", person.cookies());
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["cache-control"], "private, no-store");
        assert_eq!(answer.headers()["x-accel-buffering"], "no");
        let text = String::new();
        let mut stream = Self { answer, text };
        // It begins with where it begins, so that a browser that loses it knows.
        let hello = stream.block().await.unwrap();
        assert!(hello.contains("retry: 1000"), "{hello}");
        stream
    }

    /// The next event; none at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let event = Event::read(&self.block().await?);
            if !event.name.is_empty() {
                return Some(event);
            }
        }
    }

    async fn block(&mut self) -> Option<String> {
        let patience = Duration::from_secs(20);
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                return Some(block);
            }
            let chunk = tokio::time::timeout(patience, self.answer.chunk());
            let chunk = chunk.await.expect("something within a while").ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// The number of the last change that a page shows.
async fn seq(server: &TestServer, person: &Person) -> String {
    let page = server.get_as(person, "/app/acme/projects").await;
    let page = page.text().await.unwrap();
    let (_, rest) = page.split_once("data-seq=\"").expect("a page that follows");
    rest.split('"').next().unwrap().to_owned()
}

async fn acme(server: &TestServer) -> (Person, Person) {
    let ada = server.admin("ada@acme.test", "acme").await;
    (ada, server.member("ben@acme.test", "acme").await)
}

#[tokio::test]
async fn a_change_is_told_after_its_commit_to_its_own_organization_without_contents() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let (ada, ben) = acme(&server).await;
        let gus = server.admin("gus@globex.test", "globex").await;
        let path = format!("?after={}", seq(&server, &ben).await);
        let mut stream = Stream::open(&server, &ben, &path).await;

        // What is undone is not told, and neither is what others do.
        let verifier = server.state.authenticator.verifier();
        let session = verifier.verify(&ada.token).await.unwrap();
        let action = Action::ProjectCreate;
        let store = &server.state.store;
        let tenant = store.enter_for(&session, "acme", action, Origin::default());
        let tenant = tenant.await.unwrap();
        let new = NewProject {
            name: ProjectName::parse("Undone").unwrap(),
            request_id: None,
        };
        tenant.projects().create(new).await.unwrap();
        drop(tenant);
        server.project(&gus, "globex", "Theirs").await;
        let project = server.project(&ada, "acme", "Secret plans").await;
        let work = server.work(&ben, "acme", &project).await;

        let created = stream.next().await.unwrap();
        assert_eq!(created.name, "change");
        let expected = json!({
            "action": "project.created", "kind": "project", "id": project,
            "project": null, "own": false,
        });
        assert_eq!(created.json(), expected);
        let task = stream.next().await.unwrap();
        assert_eq!(
            task.id.parse::<i64>(),
            created.id.parse().map(|id: i64| id + 1)
        );
        assert_eq!(task.json()["id"], work.task);
        assert_eq!(task.json()["project"], project);
        assert_eq!(task.json()["own"], true);

        // Nobody else hears of it, however they ask.
        for (person, status) in [
            (Some(&gus), StatusCode::NOT_FOUND),
            (None, StatusCode::UNAUTHORIZED),
        ] {
            let signed_out = "__client_uat=0; __clerk_db_jwt=dvb_nobody".to_owned();
            let request = server
                .request(Method::GET, "/app/acme/events")
                .header("cookie", person.map_or(signed_out, Person::cookies));
            assert_eq!(request.send().await.unwrap().status(), status);
        }
    }
}

#[tokio::test]
async fn who_comes_back_misses_nothing() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let (ada, ben) = acme(&server).await;
        // Between the page and its stream.
        let shown = seq(&server, &ben).await;
        let first = server.project(&ada, "acme", "First").await;
        let mut stream = Stream::open(&server, &ben, &format!("?after={shown}")).await;
        let told = stream.next().await.unwrap();
        assert_eq!(told.json()["id"], first);
        drop(stream);

        // Between two streams; the page's own number counts no more.
        let second = server.project(&ada, "acme", "Second").await;
        let query = format!("?after={shown}");
        let mut stream = Stream::resume(&server, &ben, &query, Some(&told.id)).await;
        assert_eq!(stream.next().await.unwrap().json()["id"], second);

        // A number from nowhere, or from too long ago.
        let mut stream = Stream::open(&server, &ben, "?after=1000000").await;
        let reset = stream.next().await.unwrap();
        assert_eq!(
            (reset.name.as_str(), reset.id),
            ("reset", seq(&server, &ben).await)
        );
        for number in 0..=store::CHANGES_LIMIT {
            server
                .project(&ada, "acme", &format!("Project {number}"))
                .await;
        }
        let mut stream = Stream::open(&server, &ben, &query).await;
        assert_eq!(stream.next().await.unwrap().name, "reset");
    }
}

#[tokio::test]
async fn who_is_removed_is_told_so_and_nothing_more() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let (ada, ben) = acme(&server).await;
        let after = format!("?after={}", seq(&server, &ben).await);
        let mut of_ben = Stream::open(&server, &ben, &after).await;
        let mut of_ada = Stream::open(&server, &ada, &after).await;
        let form = [("org", "acme"), ("id", ben.user.as_str())];
        let removed = server.call(Some(&ada.token), "/api/members/remove", &form);
        assert_eq!(removed.send().await.unwrap().status(), StatusCode::OK);
        let ended = of_ben.next().await.unwrap();
        assert_eq!(ended.name, "ended");
        assert_eq!(of_ben.next().await, None, "it is closed");
        let told = of_ada.next().await.unwrap().json();
        assert_eq!(
            (&told["action"], &told["id"]),
            (&json!("member.removed"), &json!(ben.user.as_str()))
        );

        // Renaming ends nothing, deleting everything.
        let form = [("org", "acme"), ("name", "Acme Two"), ("slug", "acme-two")];
        let renamed = server.call(Some(&ada.token), "/api/organizations/rename", &form);
        assert_eq!(renamed.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(
            of_ada.next().await.unwrap().json()["action"],
            "organization.renamed"
        );
        let form = [("org", "acme-two"), ("confirm", "Acme Two")];
        let deleted = server.call(Some(&ada.token), "/api/organizations/delete", &form);
        assert_eq!(deleted.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(of_ada.next().await.unwrap().name, "ended");
        assert_eq!(of_ada.next().await, None);
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_token_and_with_the_server() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let (ada, ben) = acme(&server).await;
        let mut stream = Stream::open(&server, &ben, "").await;
        server.project(&ada, "acme", "Heard").await;
        assert_eq!(stream.next().await.unwrap().name, "change");
        server.clock.advance(61_000);
        let ada = server
            .sign_in(ada.user.clone(), Some(&acme_id(&server).await))
            .await;
        server.project(&ada, "acme", "Unheard").await;
        assert_eq!(
            stream.next().await,
            None,
            "the browser comes back with another token"
        );
        let mut stream = Stream::open(&server, &ada, "").await;
        server.state.live.stop();
        assert_eq!(stream.next().await, None);
    }
}

async fn acme_id(server: &TestServer) -> clerk::ids::OrganizationId {
    let organizations = server.state.clerk.organizations();
    organizations.get_by_slug("acme").await.unwrap().id
}

#[tokio::test]
async fn one_person_has_so_many_streams() {
    let server = TestServer::start_without_webhooks(kinds()[0]).await;
    let (ada, ben) = acme(&server).await;
    let mut open = Vec::new();
    for _ in 0..app::live::presence::STREAMS {
        open.push(Stream::open(&server, &ada, "").await);
    }
    let refused = server.get_as(&ada, "/app/acme/events").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    Stream::open(&server, &ben, "").await;
}

#[tokio::test]
async fn who_is_here_is_seen_and_goes_with_the_time() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let (ada, ben) = acme(&server).await;
        let project = server.project(&ada, "acme", "Plans").await;
        let work = server.work(&ada, "acme", &project).await;
        let (overview, task) = (
            "/app/acme".to_owned(),
            format!("/app/acme/tasks/{}", work.task),
        );
        // The page as Ada, with a token of now, reads it.
        let page = async |path: &str| {
            let ada = server
                .sign_in(ada.user.clone(), Some(&acme_id(&server).await))
                .await;
            server.get_as(&ada, path).await.text().await.unwrap()
        };
        assert!(!page(&overview).await.contains("data-presence"));
        let mut of_ada =
            Stream::open(&server, &ada, &format!("?place=task.{}&here=0", work.task)).await;
        // The page showed others than are there.
        assert_eq!(of_ada.next().await.unwrap().name, "presence");
        let of_ben = Stream::open(&server, &ben, &format!("?place=task.{}", work.task)).await;
        assert_eq!(of_ada.next().await.unwrap().name, "presence");
        let online = |page: &str| page.matches("data-presence=\"online\"").count();
        let away = |page: &str| page.matches("data-presence=\"away\"").count();
        assert_eq!(online(&page(&overview).await), 2);
        assert_eq!(online(&page(&task).await), 1, "others than oneself");
        assert_eq!(
            online(&page(&format!("/app/acme/projects/{project}")).await),
            0
        );

        // Typing shows, and ends by itself.
        let form = [("org", "acme"), ("typing", work.task.as_str())];
        let typing = server.call(Some(&ben.token), "/api/live/here", &form);
        assert_eq!(typing.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(of_ada.next().await.unwrap().name, "presence");
        let says = "is writing a comment";
        assert!(page(&task).await.contains(says));
        server.clock.advance(6_000);
        assert!(!page(&task).await.contains(says));

        server.clock.advance(5 * 60_000 - 6_000);
        assert_eq!(
            (online(&page(&overview).await), away(&page(&overview).await)),
            (0, 2)
        );
        server.clock.advance(10 * 60_000);
        assert_eq!(away(&page(&overview).await), 0);
        drop(of_ben);
    }
}
