//! No page of an organization asks its database more than a handful of questions, and none more of
//! them the more there is to show.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use clerk::api::CreateUser;
use leptos_axum::generate_route_list;
use reqwest::StatusCode;
use tracing::{Dispatch, Event, Subscriber, dispatcher, subscriber::DefaultGuard};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
    registry,
};
use uuid::Uuid;

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
    tasks::Work,
};

/// The most statements of one page, those that enter its scope not counted. A task's page, with all
/// that hangs on a task, takes 11.
const HANDFUL: usize = 12;
/// How many more there are of each thing the second time: more than any list shows at once.
const MORE: usize = 60;

#[tokio::test]
async fn pages_ask_a_handful_of_questions_however_many_rows_there_are() {
    for kind in kinds() {
        let statements = Statements::count();
        let scene = Scene::set(kind).await;
        let few = scene.visit_all(&statements).await;
        for (page, count) in &few {
            assert!(*count <= HANDFUL, "{kind:?} {page}: {count}");
        }
        // A search for nothing, and little else, asks nothing.
        let asked = few.values().filter(|count| **count > 0).count();
        assert!(asked * 4 > few.len() * 3, "{kind:?}: {few:?}");
        scene.fill().await;
        assert_eq!(scene.visit_all(&statements).await, few, "{kind:?}");
    }
}

/// Acme with an admin, a member, and a project with a task.
struct Scene {
    server: TestServer,
    admin: Person,
    work: Work,
}

impl Scene {
    async fn set(kind: Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = server.admin("admin@acme.test", "acme").await;
        server.member("member@acme.test", "acme").await;
        let project = server.project(&admin, "acme", "A project").await;
        let work = server.work(&admin, "acme", &project).await;
        Self {
            server,
            admin,
            work,
        }
    }

    /// More of everything that a page lists.
    async fn fill(&self) {
        let (server, admin) = (&self.server, &self.admin);
        let clerk = &server.state.clerk;
        let organizations = clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap();
        for number in 0..MORE {
            let name = format!("Project {number}");
            let project = server.project(admin, "acme", &name).await;
            // One here, which makes the new project's pages full, and one beside the first task.
            server.work(admin, "acme", &project).await;
            server.work(admin, "acme", &self.work.project).await;
            for (path, text) in [
                ("/api/comments/add", "body"),
                ("/api/checklist/add", "text"),
            ] {
                let form = [
                    ("org", "acme"),
                    ("id", &self.work.task),
                    ("request_id", &Uuid::now_v7().to_string()),
                    (text, "A text"),
                ];
                let call = server.call(Some(&admin.token), path, &form);
                assert_eq!(call.send().await.unwrap().status(), StatusCode::OK);
            }
            let user = CreateUser {
                email_addresses: vec![format!("member-{number}@acme.test")],
                skip_password_requirement: true,
                ..CreateUser::default()
            };
            let user = clerk.users().create(user).await.unwrap().id;
            let joined = organizations.create_membership(&acme.id, &user, "org:member");
            joined.await.unwrap();
            server.sync(&user).await;
        }
    }

    /// What each page of the organization costs, by its address.
    async fn visit_all(&self, statements: &Counting) -> BTreeMap<String, usize> {
        // With tokens of now: none is refreshed meanwhile.
        let user = self.admin.user.clone();
        let clerk = self.server.state.clerk.organizations();
        let acme = clerk.get_by_slug("acme").await.unwrap().id;
        let admin = self.server.sign_in(user, Some(&acme)).await;
        let mut costs = BTreeMap::new();
        for page in self.pages() {
            statements.take();
            let answer = self.server.get_as(&admin, &page).await;
            assert_eq!(answer.status(), StatusCode::OK, "{page}");
            answer.text().await.unwrap();
            costs.insert(page, statements.take());
        }
        costs
    }

    /// The addresses of all pages, and of those that show another list when they are asked to.
    fn pages(&self) -> Vec<String> {
        let routes = generate_route_list(app::App);
        let own = routes
            .iter()
            .map(|route| route.path())
            .filter(|path| path.starts_with("/app/{slug}"));
        let others = [
            "/app/{slug}/projects?show=archived",
            "/app/{slug}/projects/{id}?view=list",
            "/app/{slug}/projects/{id}?view=list&status=all&sort=due",
            "/app/{slug}/search?q=task",
            "/app/{slug}/members?q=member",
        ];
        let address = |path: &str| {
            let id = match path.starts_with("/app/{slug}/tasks/") {
                true => &self.work.task,
                false => &self.work.project,
            };
            path.replace("{slug}", "acme").replace("{id}", id)
        };
        own.chain(others).map(address).collect()
    }
}

/// Counts the statements of scopes, as the store's guard tells of them. The server of a test runs on
/// the test's own thread.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicUsize>);

/// Counts until it is dropped.
struct Counting {
    statements: Statements,
    _guard: DefaultGuard,
    /// With a single subscriber `tracing` asks the one of the thread that comes by first, and
    /// another test's has none.
    _second: Dispatch,
}

impl Statements {
    fn count() -> Counting {
        let statements = Self::default();
        let subscriber = Dispatch::new(registry().with(statements.clone()));
        let second = Dispatch::new(registry());
        Counting {
            statements,
            _guard: dispatcher::set_default(&subscriber),
            _second: second,
        }
    }
}

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        if event.metadata().target() == "store::guard" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Counting {
    /// How many there were since it was asked last.
    fn take(&self) -> usize {
        self.statements.0.swap(0, Ordering::Relaxed)
    }
}
