//! What belongs to others and what does not exist are the same answer, to the last byte: for every
//! route that takes a name of something, whoever asks and however.

use clerk::api::CreateOrganizationInvitation;
use leptos_axum::generate_route_list;
use reqwest::{Method, RequestBuilder, StatusCode};
use uuid::Uuid;

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
    functions,
    tasks::Work,
};

/// Arguments and route parameters that name something of an organization's.
const NAMES: [(&str, Named); 12] = [
    ("org", Named::Organization),
    ("slug", Named::Organization),
    ("id", Named::Project),
    ("project", Named::Project),
    ("item", Named::Item),
    ("below", Named::Item),
    ("comment", Named::Comment),
    ("label", Named::Label),
    ("labels", Named::Label),
    ("assignee", Named::Member),
    ("mention", Named::Member),
    ("typing", Named::Task),
];

/// Arguments that name nothing that exists, each with the reason. A function with an argument that
/// stands neither here nor above fails the test.
const NO_NAMES: [(&str, &str); 26] = [
    ("name", "what something is to be called"),
    ("request_id", "made up by the form itself"),
    ("show", "which of two lists"),
    ("sort", "which of three orders"),
    ("after", "a place in a list, not something in it"),
    ("view", "the part of a list to return to"),
    ("theme", "light or dark"),
    ("lang", "English or German"),
    ("back", "a path of the same site"),
    ("email", "of somebody to be invited"),
    ("role", "one of the instance's, the same everywhere"),
    ("confirm", "repeats a name that is on the page"),
    ("version", "a number, counted for each thing by itself"),
    ("title", "what a task is to be called"),
    ("description", "what a task is to say"),
    ("status", "one of the five, the same everywhere"),
    (
        "to",
        "a place; beside a task that is not there, it is the last one",
    ),
    ("due", "a day of the calendar"),
    ("colour", "one of the eight, the same everywhere"),
    ("text", "what an item is to say"),
    ("body", "what a comment is to say"),
    ("done", "yes or no"),
    ("density", "one of the two, the same everywhere"),
    ("time_zone", "a place on earth"),
    ("second_factor", "yes or no"),
    ("hours", "one of the six, the same everywhere"),
];

/// Functions whose `slug` is one to be made. Clerk tells whether it is taken, as it must.
const MAKES_SLUG: [&str; 2] = ["/api/organizations/create", "/api/organizations/rename"];

/// Functions that change or end the organization of who may: that they do is shown in
/// `members.rs` and `logo.rs`, in organizations of their own.
const SHOWN_ELSEWHERE: [&str; 3] = ["/api/members/", "/api/organizations/", UPLOADS[0].0];

/// Forms that are answered with a file, and what their addresses name.
const DOWNLOADS: [(&str, &[&str]); 2] =
    [("/account/export", &[]), ("/app/{slug}/export", &["slug"])];

/// Forms with a file, and what their addresses name. Who is refused is so before the file is read.
const UPLOADS: [(&str, &[&str]); 1] = [("/app/{slug}/settings/logo", &["slug"])];

/// Streams, whose answers end only when they are refused, and what their addresses name. (A stream's
/// place is compared with others' places, and nothing is looked up by it.)
const STREAMS: [&str; 1] = ["/app/{slug}/events"];

/// Queries of pages that name something.
const QUERIES: [(&str, &str, Named); 8] = [
    ("/app/{slug}/projects/{id}", "assignee", Named::Member),
    ("/app/{slug}/projects/{id}", "label", Named::Label),
    ("/app/{slug}/tasks/{id}", "item", Named::Item),
    ("/app/{slug}/tasks/{id}", "comment", Named::Comment),
    ("/app/{slug}/projects", "rename", Named::Project),
    ("/app/{slug}/projects", "delete", Named::Project),
    ("/app/{slug}/members", "remove", Named::Member),
    ("/app/{slug}/members", "after", Named::Member),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Organization,
    Project,
    Member,
    Invitation,
    Task,
    Item,
    Comment,
    Label,
}

/// The slug of nobody, and of no word on any page. As long as the slugs that exist, so that answers
/// that repeat it are as long, too.
const NOWHERE: &str = "qqqq";

#[tokio::test]
async fn what_is_foreign_answers_exactly_like_what_is_not_there() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        let mut compared = 0;
        for asker in scene.askers().await {
            for (path, names) in pages() {
                for names in subsets(&names) {
                    compared += scene.compare(&asker, &Method::GET, &path, &names).await;
                }
            }
            for (path, names) in posts() {
                for names in subsets(&names) {
                    compared += scene.compare(&asker, &Method::POST, &path, &names).await;
                }
            }
        }
        assert!(compared >= 3 * 2 * 18, "only {compared} pairs, {kind:?}");
        scene.nothing_changed().await;
    }
}

/// Without this the test above could pass because everything is refused.
#[tokio::test]
async fn what_is_ones_own_answers_otherwise() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        for (path, names) in posts() {
            if SHOWN_ELSEWHERE.iter().any(|shown| path.starts_with(shown)) {
                continue;
            }
            let asker = scene.outsider().await;
            let own = asker.home.project.clone();
            let form = asker.form(&names, &[(Named::Project, own)]);
            let answer = asker.ask(&scene.server, &Method::POST, &path, &form, Way::Program);
            assert_eq!(answer.await.status, StatusCode::OK, "{kind:?} {path}");
        }
        let asker = scene.outsider().await;
        let open = async |path: &str| {
            let method = Method::GET;
            let page = asker.ask(&scene.server, &method, path, &[], Way::Browser);
            let page = page.await;
            // The page's forms come back to its address.
            (page.status, page.body.replace(path, "PATH"))
        };
        let own = open("/app/glob/projects").await;
        assert_eq!(own.0, StatusCode::OK, "{kind:?}");
        let foreign = open("/app/acme/projects").await;
        assert_eq!(foreign.0, StatusCode::NOT_FOUND, "{kind:?}");
        assert_eq!(foreign, open("/no/such/page").await, "{kind:?}");
    }
}

/// Slugs as nobody types them, and more to read than anybody sends: an answer to the sender, and no
/// fault of the server's.
#[tokio::test]
async fn odd_requests_for_a_file_are_refused() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        let long = "x".repeat(10_000);
        let odd = [
            "%00",
            "acme%00",
            "a%2Fb",
            "%2e%2e%2f",
            "%FF",
            "%F0%9F%98%80",
            "%25",
            "acme'--",
            &long,
        ];
        let odd = odd.iter().flat_map(|slug| {
            let below = ["export", "settings/logo"];
            below.map(|form| format!("/app/{slug}/{form}"))
        });
        let odd: Vec<String> = odd.collect();
        let huge = vec![b'x'; 3 * 1024 * 1024];
        for asker in scene.askers().await {
            let who = asker.who;
            let post = |path: &str, body: Vec<u8>, way| {
                let request = scene.server.request(Method::POST, path);
                let request = request
                    .header("origin", &scene.server.origin)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(body);
                asker.identified(request, way).send()
            };
            for path in &odd {
                let program = post(path, Vec::new(), Way::Program).await.unwrap().status();
                assert!(program.is_client_error(), "{who} {path}: {program}");
                let browser = post(path, Vec::new(), Way::Browser).await.unwrap().status();
                // A browser is sent back to a page that says it.
                let fine = browser.is_client_error() || browser == StatusCode::SEE_OTHER;
                assert!(fine, "{who} {path}: {browser}");
            }
            for (path, _) in DOWNLOADS {
                let path = path.replace("{slug}", asker.home.slug);
                for way in [Way::Program, Way::Browser] {
                    let status = post(&path, huge.clone(), way).await.unwrap().status();
                    assert_eq!(
                        status,
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "{who} {way:?} {path}"
                    );
                }
            }
        }
        scene.nothing_changed().await;
    }
}

/// A part of a request that names something: of an argument, a route parameter or a query.
type Name = (String, Named);

/// The pages that name something, and the names.
fn pages() -> Vec<(String, Vec<Name>)> {
    let mut pages = Vec::new();
    let routes = generate_route_list(app::App);
    let routes = routes.iter().map(|page| page.path()).chain(STREAMS);
    for path in routes {
        let mut names: Vec<Name> = parameters(path).map(|name| named_in(path, name)).collect();
        for (_, query, name) in QUERIES.iter().filter(|(page, ..)| *page == path) {
            names.push(((*query).to_owned(), *name));
        }
        if !names.is_empty() {
            pages.push((path.to_owned(), names));
        }
    }
    pages
}

/// The functions that name something, and the names.
fn posts() -> Vec<(String, Vec<Name>)> {
    let mut posts = Vec::new();
    for (path, arguments) in functions::arguments() {
        let makes_slug = MAKES_SLUG.contains(&path.as_str());
        let names: Vec<Name> = arguments
            .iter()
            .filter(|name| !NO_NAMES.iter().any(|(other, _)| other == name))
            .filter(|name| !(makes_slug && *name == "slug"))
            .map(|name| named_in(path, name))
            .collect();
        if !names.is_empty() {
            posts.push((path.clone(), names));
        }
    }
    let others = DOWNLOADS.iter().chain(&UPLOADS);
    let others = others.filter(|(_, names)| !names.is_empty());
    posts.extend(others.map(|(path, names)| {
        let names = names.iter().map(|name| named(name)).collect();
        ((*path).to_owned(), names)
    }));
    posts
}

/// What an argument or parameter of the route at `path` names.
fn named_in(path: &str, name: &str) -> Name {
    let named_by_id = match path {
        "/api/members/resend" | "/api/members/revoke" => Named::Invitation,
        path if [
            "/api/tasks/",
            "/api/checklist/",
            "/api/comments/",
            "/app/{slug}/tasks/",
        ]
        .iter()
        .any(|start| path.starts_with(start)) =>
        {
            Named::Task
        }
        "/api/members/role" | "/api/members/remove" | "/api/organizations/transfer" => {
            Named::Member
        }
        _ => return named(name),
    };
    match name {
        "id" => (name.to_owned(), named_by_id),
        other => named(other),
    }
}

fn named(name: &str) -> Name {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    let (_, named) = known.unwrap_or_else(|| panic!("say in NAMES or NO_NAMES what `{name}` is"));
    (name.to_owned(), *named)
}

/// `slug` of `/app/{slug}/projects`.
fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// Each name alone, and all of them.
fn subsets(names: &[Name]) -> Vec<Vec<Name>> {
    let mut subsets: Vec<_> = names.iter().map(|name| vec![name.clone()]).collect();
    if names.len() > 1 {
        subsets.push(names.to_vec());
    }
    subsets
}

/// An organization with an admin and a project.
#[derive(Clone)]
struct Home {
    slug: &'static str,
    project: String,
    work: Work,
    member: String,
    invitation: String,
}

/// Acme, with an admin and a member, and Glob, with an admin.
struct Scene {
    server: TestServer,
    acme: Home,
    glob: Home,
    admin: Person,
    member: Person,
    outsider: Person,
}

/// Somebody, where they are at home, and what is foreign to them.
struct Asker {
    who: &'static str,
    person: Option<Person>,
    home: Home,
    foreign: Home,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Browser,
    Program,
}

/// All of an answer that must not differ.
#[derive(Debug, PartialEq)]
struct Answer {
    status: StatusCode,
    headers: Vec<String>,
    body: String,
}

impl Scene {
    async fn set(kind: Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = server.admin("admin@acme.test", "acme").await;
        let member = server.member("member@acme.test", "acme").await;
        let outsider = server.admin("admin@glob.test", "glob").await;
        let of_acme = server.project(&admin, "acme", "Of Acme").await;
        let of_glob = server.project(&outsider, "glob", "Of Glob").await;
        let acme = Home {
            slug: "acme",
            work: server.work(&admin, "acme", &of_acme).await,
            project: of_acme,
            member: member.user.to_string(),
            invitation: invitation(&server, "acme").await,
        };
        let glob = Home {
            slug: "glob",
            work: server.work(&outsider, "glob", &of_glob).await,
            project: of_glob,
            member: outsider.user.to_string(),
            invitation: invitation(&server, "glob").await,
        };
        Self {
            server,
            acme,
            glob,
            admin,
            member,
            outsider,
        }
    }

    async fn askers(&self) -> [Asker; 3] {
        let anonymous = Asker {
            who: "anonymous",
            person: None,
            home: self.glob.clone(),
            foreign: self.acme.clone(),
        };
        let member = Asker {
            who: "member",
            person: Some(self.member.clone()),
            home: self.acme.clone(),
            foreign: self.glob.clone(),
        };
        [anonymous, self.outsider().await, member]
    }

    async fn outsider(&self) -> Asker {
        let outsider = &self.outsider;
        let project = self.server.project(outsider, "glob", "One more").await;
        Asker {
            who: "outsider",
            person: Some(self.outsider.clone()),
            home: Home {
                // Of its own, since some functions end it.
                work: self.server.work(outsider, "glob", &project).await,
                project,
                ..self.glob.clone()
            },
            foreign: self.acme.clone(),
        }
    }

    /// Asks with foreign names and with made-up ones, as a browser and as a program; tells how
    /// many pairs of answers were compared.
    async fn compare(&self, asker: &Asker, method: &Method, path: &str, names: &[Name]) -> usize {
        let all: Vec<Name> = match *method {
            Method::GET => parameters(path).map(|name| named_in(path, name)).collect(),
            _ => posts()
                .into_iter()
                .find(|(other, _)| other == path)
                .map(|(_, names)| names)
                .unwrap_or_default(),
        };
        let foreign = [
            (Named::Organization, asker.foreign.slug.to_owned()),
            (Named::Project, asker.foreign.project.clone()),
            (Named::Member, asker.foreign.member.clone()),
            (Named::Invitation, asker.foreign.invitation.clone()),
            (Named::Task, asker.foreign.work.task.clone()),
            (Named::Item, asker.foreign.work.item.clone()),
            (Named::Comment, asker.foreign.work.comment.clone()),
            (Named::Label, asker.foreign.work.label.clone()),
        ];
        let nowhere = [
            (Named::Organization, NOWHERE.to_owned()),
            (Named::Project, Uuid::now_v7().to_string()),
            // As long as those of Clerk's, whose place in a query an answer may repeat.
            (Named::Member, made_up(&asker.foreign.member)),
            (Named::Invitation, made_up(&asker.foreign.invitation)),
            (Named::Task, Uuid::now_v7().to_string()),
            (Named::Item, Uuid::now_v7().to_string()),
            (Named::Comment, Uuid::now_v7().to_string()),
            (Named::Label, Uuid::now_v7().to_string()),
        ];
        for way in [Way::Browser, Way::Program] {
            let mut answers = Vec::new();
            for values in [&foreign, &nowhere] {
                let mut form = asker.form(&all, &[]);
                for (name, named) in names {
                    form.retain(|(other, _)| other != name);
                    let (_, value) = values.iter().find(|(of, _)| of == named).unwrap();
                    form.push((name.clone(), value.clone()));
                }
                let answer = asker.ask(&self.server, method, path, &form, way).await;
                answers.push(answer.without(values));
            }
            let names: Vec<_> = names.iter().map(|(name, _)| name).collect();
            let who = asker.who;
            assert_eq!(
                answers[0], answers[1],
                "{who} {way:?}: {method} {path}, {names:?} of others and of nobody"
            );
        }
        2
    }

    /// Both projects are as they were.
    async fn nothing_changed(&self) {
        for (person, page, name) in [
            (&self.admin, "/app/acme/projects", "Of Acme"),
            (&self.outsider, "/app/glob/projects", "Of Glob"),
        ] {
            let page = self.server.get_as(person, page).await.text().await.unwrap();
            assert!(page.contains(name), "{page}");
        }
    }
}

impl Asker {
    /// Every name as at home, unless `values` says otherwise, and a form's other fields.
    fn form(&self, names: &[Name], values: &[(Named, String)]) -> Vec<(String, String)> {
        let mut form: Vec<(String, String)> = [
            ("name", "A name"),
            ("request_id", "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5"),
            ("email", "new@example.test"),
            ("role", "org:member"),
            ("confirm", "no name of theirs"),
            ("version", &self.home.work.version),
            ("title", "A title"),
            ("status", "todo"),
            ("to", "done"),
            ("text", "A text"),
            ("body", "A text"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for (name, named) in names {
            let given = values.iter().find(|(of, _)| of == named);
            let own = match named {
                Named::Organization => self.home.slug,
                Named::Project => &self.home.project,
                Named::Member => &self.home.member,
                Named::Invitation => &self.home.invitation,
                Named::Task => &self.home.work.task,
                Named::Item => &self.home.work.item,
                Named::Comment => &self.home.work.comment,
                Named::Label => &self.home.work.label,
            };
            let value = given.map_or(own, |(_, value)| value);
            form.push((name.clone(), value.to_owned()));
        }
        form
    }

    /// Sends a form, or asks for a page with the form's fields in their places.
    async fn ask(
        &self,
        server: &TestServer,
        method: &Method,
        path: &str,
        form: &[(String, String)],
        way: Way,
    ) -> Answer {
        let mut path = path.to_owned();
        let mut query = Vec::new();
        for (name, value) in form {
            let place = format!("{{{name}}}");
            match path.contains(&place) {
                true => path = path.replace(&place, value),
                false => query.push((name, value)),
            }
        }
        let request = server.request(method.clone(), &path);
        let request = match *method {
            Method::GET => request.query(&query),
            _ => request.header("origin", &server.origin).form(form),
        };
        Answer::to(self.identified(request, way)).await
    }

    fn identified(&self, request: RequestBuilder, way: Way) -> RequestBuilder {
        let mut headers = reqwest::header::HeaderMap::new();
        let cookies = match &self.person {
            Some(person) => person.cookies(),
            None => "__client_uat=0; __clerk_db_jwt=dvb_nobody".to_owned(),
        };
        match (way, &self.person) {
            (Way::Program, Some(person)) => {
                let bearer = format!("Bearer {}", person.token);
                headers.insert("authorization", bearer.parse().unwrap());
                headers.insert("accept", "application/json".parse().unwrap());
            }
            (Way::Program, None) => {
                headers.insert("accept", "application/json".parse().unwrap());
            }
            (Way::Browser, _) => {
                headers.insert("cookie", cookies.parse().unwrap());
            }
        }
        request.headers(headers)
    }
}

impl Answer {
    async fn to(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let mut headers: Vec<String> = answer
            .headers()
            .iter()
            .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let policy = headers.iter().find_map(|line| line.split_once("'nonce-"));
        let nonce = policy.and_then(|(_, rest)| rest.split('\'').next());
        let nonce = nonce.unwrap_or("no nonce").to_owned();
        let body = answer.text().await.unwrap().replace(&nonce, "NONCE");
        let headers = headers.iter().map(|line| line.replace(&nonce, "NONCE"));
        Self {
            status,
            headers: headers.collect(),
            body: without_request_ids(&body),
        }
    }

    /// Without the names that were asked for, which an answer may repeat.
    fn without(self, names: &[(Named, String)]) -> Self {
        let clean = |text: &str| {
            names.iter().fold(text.to_owned(), |text, (_, name)| {
                text.replace(name, "NAME")
            })
        };
        Self {
            status: self.status,
            headers: self.headers.iter().map(|line| clean(line)).collect(),
            body: clean(&self.body),
        }
    }
}

/// A pending invitation to the organization with this slug.
async fn invitation(server: &TestServer, slug: &str) -> String {
    let organizations = server.state.clerk.organizations();
    let organization = organizations.get_by_slug(slug).await.unwrap();
    let invitation = CreateOrganizationInvitation {
        email_address: format!("invited@{slug}.test"),
        role: "org:member".to_owned(),
        ..CreateOrganizationInvitation::default()
    };
    let invited = organizations.create_invitation(&organization.id, &invitation);
    invited.await.unwrap().id
}

/// An identifier like this one that nothing has.
fn made_up(id: &str) -> String {
    let (kind, rest) = id.split_once('_').unwrap();
    format!("{kind}_{}", "0".repeat(rest.len()))
}

/// Each form has a number of its own.
fn without_request_ids(body: &str) -> String {
    const FIELD: &str = "name=\"request_id\" value=\"";
    let mut parts = body.split(FIELD);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('"').map_or(part, |(_, rest)| rest)
    })
}
