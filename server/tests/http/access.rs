//! Every route for every kind of person, against the written table `access.txt`.

use std::fmt::Write;

use clerk::{api::CreateOrganizationInvitation, ids::OrganizationId};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use reqwest::{Method, Response};
use store::Origin;
use uuid::Uuid;

use crate::support::{Person, TestServer, databases::kinds, tasks::Work};

/// What the table says. A route that is new, gone or answered otherwise than written there fails
/// the test, which then prints the table as it is.
const TABLE: &str = include_str!("access.txt");

/// Routes that are neither pages nor server functions: they stand in `server/src/router.rs`.
const OTHERS: [(Method, &str); 5] = [
    (Method::POST, "/account/export"),
    (Method::POST, "/app/{slug}/export"),
    (Method::GET, "/health/live"),
    (Method::GET, "/health/ready"),
    (Method::POST, "/webhooks/clerk"),
];

/// Who asks for something of Acme.
#[derive(Clone, Copy)]
enum Who {
    Anonymous,
    /// Acme's admin, signed in but for a task that Clerk still asks for.
    Pending,
    /// Admin of another organization.
    Outsider,
    /// Has left, but holds a token that still says otherwise.
    Removed,
    Member,
    Admin,
}

impl Who {
    const ALL: [(Self, &str); 6] = [
        (Self::Anonymous, "anonymous"),
        (Self::Pending, "pending"),
        (Self::Outsider, "outsider"),
        (Self::Removed, "removed"),
        (Self::Member, "member"),
        (Self::Admin, "admin"),
    ];
}

#[tokio::test]
async fn every_route_answers_everybody_as_written() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        let mut table = header();
        for (method, path) in routes() {
            let mut line = format!("{:4} {path:27}", method.as_str());
            for (who, _) in Who::ALL {
                let answer = scene.ask(who, &method, &path).await;
                write!(line, " {:24}", cell(&answer)).unwrap();
            }
            writeln!(table, "{}", line.trim_end()).unwrap();
        }
        assert!(table == TABLE, "{kind:?}: access.txt should say\n\n{table}");
    }
}

/// Pages, server functions and the rest, sorted.
fn routes() -> Vec<(Method, String)> {
    let pages = generate_route_list(app::App);
    let pages = pages
        .iter()
        .map(|page| (Method::GET, page.path().to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    let others = OTHERS.map(|(method, path)| (method, path.to_owned()));
    let mut routes: Vec<_> = pages.chain(functions).chain(others).collect();
    routes.sort_by(|a, b| (&a.1, a.0.as_str()).cmp(&(&b.1, b.0.as_str())));
    routes
}

fn header() -> String {
    let mut header = "\
# Who may do what with Acme and what is in it. ✔ served, ✘ refused, → sent elsewhere.
# A server function is called as a program does, with a bearer token; a page is opened.
# The admin is the only one, and as such can't leave.
"
    .to_owned();
    let mut line = " ".repeat(32);
    for (_, name) in Who::ALL {
        write!(line, " {name:24}").unwrap();
    }
    writeln!(header, "{}", line.trim_end()).unwrap();
    header
}

fn cell(answer: &Response) -> String {
    let status = answer.status();
    let sign = match status {
        status if status.is_success() => "✔",
        status if status.is_redirection() => {
            let to = answer.headers()["location"].to_str().unwrap();
            return format!("→ {}", to.split('?').next().unwrap_or_default());
        }
        _ => "✘",
    };
    format!("{sign} {}", status.as_u16())
}

/// Whether a route is about a task.
fn about_task(path: &str) -> bool {
    [
        "/api/tasks/",
        "/api/checklist/",
        "/api/comments/",
        "/app/acme/tasks/",
    ]
    .iter()
    .any(|start| path.starts_with(start))
}

/// Acme with an admin, a member and one who has left, and Globex with an admin.
struct Scene {
    server: TestServer,
    acme: OrganizationId,
    globex: OrganizationId,
    admin: Person,
    member: Person,
    removed: Person,
    outsider: Person,
    /// A member to whom something is done.
    target: Person,
}

impl Scene {
    async fn set(kind: crate::support::databases::Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = [("acme", "org:admin")];
        let member = [("acme", "org:member")];
        let admin = server.person("admin@acme.test", &admin).await;
        let people = (
            server.person("member@acme.test", &member).await,
            server.person("removed@acme.test", &member).await,
            server
                .person("admin@globex.test", &[("globex", "org:admin")])
                .await,
        );
        let target = server.person("target@acme.test", &member).await;
        let organizations = server.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap().id;
        let globex = organizations.get_by_slug("globex").await.unwrap().id;
        let (member, removed, outsider) = people;
        Self {
            server,
            acme,
            globex,
            admin,
            member,
            removed,
            outsider,
            target,
        }
    }

    /// One request by somebody with a session of its own, about a project of its own.
    async fn ask(&self, who: Who, method: &Method, path: &str) -> Response {
        if path.starts_with("/api/") {
            self.mend(path == "/api/organizations/restore").await;
        }
        let person = match who {
            Who::Anonymous => None,
            Who::Pending => Some(self.pending().await),
            Who::Outsider => Some(self.session(&self.outsider, &self.globex).await),
            Who::Removed => Some(self.leaver().await),
            Who::Member => Some(self.session(&self.member, &self.acme).await),
            Who::Admin => Some(self.session(&self.admin, &self.acme).await),
        };
        let path = path.replace("{slug}", "acme");
        let work = match about_task(&path) {
            true => Some(self.work().await),
            false => None,
        };
        if *method == Method::GET {
            let id = match &work {
                Some(work) => work.task.clone(),
                None if path.contains("{id}") => self.project().await,
                None => String::new(),
            };
            let path = path.replace("{id}", &id);
            let signed_out = "__client_uat=0; __clerk_db_jwt=dvb_nobody".to_owned();
            let cookies = person.map_or(signed_out, |person| person.cookies());
            let page = self.server.request(Method::GET, &path);
            return page.header("cookie", cookies).send().await.unwrap();
        }
        let id = match path.as_str() {
            "/api/members/resend" | "/api/members/revoke" => self.invitation().await,
            path if path.starts_with("/api/members/") => self.target.user.to_string(),
            "/api/organizations/transfer" => self.target.user.to_string(),
            path if path.starts_with("/api/organizations/") => String::new(),
            path if about_task(path) => work.as_ref().unwrap().task.clone(),
            _ => self.project().await,
        };
        let slug = match path.as_str() {
            "/api/organizations/rename" => "acme",
            _ => "",
        };
        let email = format!("{}@acme.test", Uuid::now_v7());
        let request_id = Uuid::now_v7().to_string();
        let name = match path.as_str() {
            // One that no label has.
            "/api/tasks/new-label" => request_id.as_str(),
            _ => "A name",
        };
        let of_work = |part: fn(&Work) -> &String| work.as_ref().map_or("", |work| part(work));
        let form = [
            ("project", of_work(|work| &work.project)),
            ("item", of_work(|work| &work.item)),
            ("comment", of_work(|work| &work.comment)),
            ("version", of_work(|work| &work.version)),
            ("title", "A title"),
            ("text", "A text"),
            ("body", "A text"),
            ("status", "todo"),
            ("to", "done"),
            ("org", "acme"),
            ("id", &id),
            ("name", name),
            ("slug", slug),
            ("email", &email),
            ("role", "org:member"),
            ("confirm", "acme"),
            ("request_id", &request_id),
            ("theme", "dark"),
            ("lang", "de"),
            ("back", "/"),
        ];
        let token = person.as_ref().map(|person| person.token.as_str());
        let call = self.server.call(token, &path, &form);
        call.send().await.unwrap()
    }

    /// Everybody is what they were, whatever the request before has changed; Acme is deleted or
    /// not.
    async fn mend(&self, deleted: bool) {
        let organizations = self.server.state.clerk.organizations();
        let everybody = [
            (&self.admin, "org:admin"),
            (&self.member, "org:member"),
            (&self.target, "org:member"),
        ];
        for (person, role) in everybody {
            let user = &person.user;
            if organizations
                .update_membership(&self.acme, user, role)
                .await
                .is_err()
            {
                let joined = organizations.create_membership(&self.acme, user, role);
                joined.await.unwrap();
            }
            self.server.sync(user).await;
        }
        let admin = self.session(&self.admin, &self.acme).await;
        let verifier = self.server.state.authenticator.verifier();
        let session = verifier.verify(&admin.token).await.unwrap();
        let store = &self.server.state.store;
        if deleted {
            if let Ok(turn) = store.take_turn(&session, "acme", Origin::default()).await {
                turn.delete_organization(1_000_000).await.unwrap();
            }
        } else {
            // Mostly there is nothing to bring back.
            let _ = store
                .restore_organization(&session, "acme", Origin::default())
                .await;
        }
    }

    /// A pending invitation to Acme.
    async fn invitation(&self) -> String {
        let invitation = CreateOrganizationInvitation {
            email_address: format!("{}@acme.test", Uuid::now_v7()),
            role: "org:member".to_owned(),
            ..CreateOrganizationInvitation::default()
        };
        let organizations = self.server.state.clerk.organizations();
        let invited = organizations.create_invitation(&self.acme, &invitation);
        invited.await.unwrap().id
    }

    async fn session(&self, person: &Person, organization: &OrganizationId) -> Person {
        let user = person.user.clone();
        self.server.sign_in(user, Some(organization)).await
    }

    /// A session that would be an admin's if its tasks were done.
    async fn pending(&self) -> Person {
        let mut admin = self.session(&self.admin, &self.acme).await;
        let local = &self.server.local;
        admin.token = local.pending_token(&admin.session).await.unwrap();
        admin
    }

    /// A session from before its person was removed.
    async fn leaver(&self) -> Person {
        let organizations = self.server.state.clerk.organizations();
        let user = &self.removed.user;
        // Once removed, Clerk makes no such token any more.
        let rejoined = organizations.create_membership(&self.acme, user, "org:member");
        let _ = rejoined.await;
        let session = self.session(&self.removed, &self.acme).await;
        // A reading takes nothing away that is younger than it by less than the clocks may differ.
        self.server.clock.advance(6_000);
        organizations
            .delete_membership(&self.acme, user)
            .await
            .unwrap();
        self.server.sync(user).await;
        session
    }

    /// A new task of Acme's, with a comment of the admin's.
    async fn work(&self) -> Work {
        let admin = self.session(&self.admin, &self.acme).await;
        let project = self.project().await;
        self.server.work(&admin, "acme", &project).await
    }

    /// A new project of Acme's.
    async fn project(&self) -> String {
        let admin = self.session(&self.admin, &self.acme).await;
        let name = Uuid::now_v7().to_string();
        self.server.project(&admin, "acme", &name).await
    }
}
