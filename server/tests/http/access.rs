//! Every route for every kind of person, against the written table `access.txt`.

use std::fmt::Write;

use clerk::{api::CreateOrganizationInvitation, ids::OrganizationId};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use reqwest::{Method, Response};
use store::Origin;
use uuid::Uuid;

use crate::support::{Person, TestServer, databases::kinds, tasks::Work, visits::GIF};

/// What the table says. A route that is new, gone or answered otherwise than written there fails
/// the test, which then prints the table as it is.
const TABLE: &str = include_str!("access.txt");

/// Routes that are neither pages nor server functions: they stand in `server/src/router.rs`.
const OTHERS: [(Method, &str); 8] = [
    (Method::POST, "/account/export"),
    (Method::POST, "/app/{slug}/export"),
    (Method::GET, "/app/{slug}/events"),
    (Method::GET, "/app/{slug}/settings/audit.csv"),
    (Method::POST, LOGO),
    (Method::GET, "/health/live"),
    (Method::GET, "/health/ready"),
    (Method::POST, "/webhooks/clerk"),
];

/// Takes a file.
const LOGO: &str = "/app/{slug}/settings/logo";

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
        let mut scene = Scene::set(kind).await;
        let mut table = header();
        for (method, path) in routes() {
            let mut line = format!("{:4} {path:30}", method.as_str());
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
    let mut line = " ".repeat(35);
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

/// Whether what a server function does can end a session or change what somebody may.
fn is_about_people(path: &str) -> bool {
    let others = ["/api/projects/", "/api/theme", "/api/language"];
    path.starts_with("/api/")
        && !about_task(path)
        && !others.iter().any(|other| path.starts_with(other))
}

/// Acme with an admin, a member and one who has left, and Globex with an admin.
struct Scene {
    server: TestServer,
    acme: OrganizationId,
    globex: OrganizationId,
    admin: Person,
    /// The admin, in a session that would be like any other if its tasks were done.
    pending: Person,
    member: Person,
    /// With a session from before the removal.
    removed: Person,
    outsider: Person,
    /// A member to whom something is done.
    target: Person,
    /// Acme's, and as new, so that it can be asked for again.
    things: Things,
}

/// What a request can be about.
struct Things {
    project: String,
    work: Work,
    /// A pending one.
    invitation: String,
}

impl Scene {
    async fn set(kind: crate::support::databases::Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = server.admin("admin@acme.test", "acme").await;
        let people = (
            server.member("member@acme.test", "acme").await,
            server.member("removed@acme.test", "acme").await,
            server.admin("admin@globex.test", "globex").await,
        );
        let target = server.member("target@acme.test", "acme").await;
        let organizations = server.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap().id;
        let globex = organizations.get_by_slug("globex").await.unwrap().id;
        let (member, removed, outsider) = people;
        let things = Things::of(&server, &admin, &acme).await;
        let mut scene = Self {
            server,
            acme,
            globex,
            pending: admin.clone(),
            admin,
            member,
            removed,
            outsider,
            target,
            things,
        };
        scene.sign_in().await;
        scene
    }

    /// One request by somebody. What was served is made good, so that nothing is left of it.
    async fn ask(&mut self, who: Who, method: &Method, path: &str) -> Response {
        let restores = path == "/api/organizations/restore";
        if restores {
            self.mend(true).await;
        }
        let answer = self.send(who, method, path).await;
        let served = *method == Method::POST && answer.status().is_success();
        if restores || served && is_about_people(path) {
            self.mend(false).await;
            self.sign_in().await;
        }
        if served {
            self.things = Things::of(&self.server, &self.admin, &self.acme).await;
        }
        answer
    }

    async fn send(&self, who: Who, method: &Method, path: &str) -> Response {
        let person = match who {
            Who::Anonymous => None,
            Who::Pending => Some(&self.pending),
            Who::Outsider => Some(&self.outsider),
            Who::Removed => Some(&self.removed),
            Who::Member => Some(&self.member),
            Who::Admin => Some(&self.admin),
        };
        let is_upload = path == LOGO;
        let path = path.replace("{slug}", "acme");
        if is_upload {
            let token = person.map(|person| person.token.as_str());
            let upload = self.server.upload(token, &path, GIF);
            return upload.send().await.unwrap();
        }
        let things = &self.things;
        let work = about_task(&path).then_some(&things.work);
        if *method == Method::GET {
            let id = work.map_or(&things.project, |work| &work.task);
            let path = path.replace("{id}", id);
            let signed_out = "__client_uat=0; __clerk_db_jwt=dvb_nobody".to_owned();
            let cookies = person.map_or(signed_out, |person| person.cookies());
            let page = self.server.request(Method::GET, &path);
            return page.header("cookie", cookies).send().await.unwrap();
        }
        let id = match path.as_str() {
            "/api/members/resend" | "/api/members/revoke" => things.invitation.clone(),
            path if path.starts_with("/api/members/") => self.target.user.to_string(),
            "/api/organizations/transfer" => self.target.user.to_string(),
            path if path.starts_with("/api/organizations/") => String::new(),
            path if about_task(path) => things.work.task.clone(),
            _ => things.project.clone(),
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
        let of_work = |part: fn(&Work) -> &String| work.map_or("", |work| part(work));
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
            ("density", "compact"),
            ("time_zone", "UTC"),
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

    /// New sessions for everybody.
    async fn sign_in(&mut self) {
        // First, since time goes on meanwhile.
        self.removed = self.leaver().await;
        self.outsider = self.session(&self.outsider, &self.globex).await;
        self.member = self.session(&self.member, &self.acme).await;
        self.admin = self.session(&self.admin, &self.acme).await;
        self.pending = self.session(&self.admin, &self.acme).await;
        let local = &self.server.local;
        let token = local.pending_token(&self.pending.session).await;
        self.pending.token = token.unwrap();
    }

    async fn session(&self, person: &Person, organization: &OrganizationId) -> Person {
        let user = person.user.clone();
        self.server.sign_in(user, Some(organization)).await
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
}

impl Things {
    async fn of(server: &TestServer, admin: &Person, acme: &OrganizationId) -> Self {
        let name = Uuid::now_v7().to_string();
        let project = server.project(admin, "acme", &name).await;
        let invitation = CreateOrganizationInvitation {
            email_address: format!("{}@acme.test", Uuid::now_v7()),
            role: "org:member".to_owned(),
            ..CreateOrganizationInvitation::default()
        };
        let organizations = server.state.clerk.organizations();
        let invited = organizations.create_invitation(acme, &invitation);
        Self {
            work: server.work(admin, "acme", &project).await,
            project,
            invitation: invited.await.unwrap().id,
        }
    }
}
