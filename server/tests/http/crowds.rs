//! A board of 1,000 tasks and an organization of 5,000 members stay usable: pages stay as small as
//! others, everything on them can be reached, and they come soon. `--nocapture` shows the times.

use std::time::{Duration, Instant};

use clerk::ids::UserId;
use reqwest::StatusCode;
use store::{Action, NewTask, Origin, ProjectId, Status, TaskTitle};

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
};

const MEMBERS: usize = 5_000;
const TASKS: usize = 1_000;
/// A page may be this big, in bytes. It is a tenth of that on its way.
const BIG: usize = 1_000_000;
/// How long a page may take, with unoptimized code on a machine that is busy with other tests.
const LONG: Duration = Duration::from_secs(3);
/// Of so many attempts the best counts: whatever else the machine does only makes it longer.
const ATTEMPTS: usize = 3;

#[tokio::test]
async fn a_board_of_1000_tasks_stays_usable() {
    for kind in kinds() {
        let crowd = Crowd::gather(kind).await;
        let board = crowd.board();
        let page = crowd.page("board", &board).await;
        // Of each of the five columns a part.
        assert_eq!(page.matches("data-card=").count(), 250);
        assert_eq!(page.matches("data-more=\"150\"").count(), 5);
        let more = format!("{board}?todo=200#todo-50");
        assert!(page.contains(&format!("href=\"{more}\"")));
        let (address, anchor) = more.split_once('#').unwrap();
        let page = crowd.page("board, a column in full", address).await;
        assert_eq!(page.matches("data-card=").count(), 400);
        assert!(page.contains(&format!("id=\"{anchor}\"")));
        // The last of the longest column.
        assert!(page.contains("Task 996"));

        let (_, card) = page.split_once("data-card=\"").unwrap();
        let to = [
            ("org", "acme"),
            ("id", &card[..36]),
            ("version", "1"),
            ("to", "done"),
        ];
        let began = Instant::now();
        let call = crowd
            .server
            .call(Some(&crowd.admin.token), "/api/tasks/move", &to);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::OK);
        crowd.say("moving a card to the end of a column", began.elapsed());
        crowd.page("list", &format!("{board}?view=list")).await;
    }
}

#[tokio::test]
async fn an_organization_of_5000_members_stays_usable() {
    for kind in kinds() {
        let crowd = Crowd::gather(kind).await;
        let members = "/app/acme/members";
        let rows = |page: &str| page.matches("<li class=\"row\">").count();
        assert_eq!(rows(&crowd.page("members", members).await), 50);
        let search = format!("{members}?q=member+4711");
        let found = crowd.page("members, search", &search).await;
        assert!(rows(&found) == 1 && found.contains("member-4711@crowd.test"));
        let guests = format!("{members}?only=org:guest");
        assert_eq!(rows(&crowd.page("members, of a role", &guests).await), 50);

        for path in [
            crowd.task(""),
            format!("{}?view=list", crowd.board()),
            "/app/acme/settings/audit".to_owned(),
            "/app/acme/settings".to_owned(),
        ] {
            let page = crowd.page(&path, &path).await;
            let choices = page.matches("<option").count();
            assert!((90..200).contains(&choices), "{path}: {choices}");
            assert!(page.contains("name=\"who\""), "{path}");
        }
        // Who is looked for is chosen, however many there are.
        let page = crowd
            .page("task, a member", &crowd.task("?who=member+4711"))
            .await;
        let option = "<option value=\"user_04711\" selected";
        assert!(page.contains(option) && page.matches("user_0").count() < 5);
    }
}

#[tokio::test]
async fn everybody_of_5000_can_be_assigned_mentioned_and_filtered_by() {
    for kind in kinds() {
        let crowd = Crowd::gather(kind).await;
        let (admin, id) = (&crowd.admin, crowd.task.as_str());
        let form = [
            ("org", "acme"),
            ("id", id),
            ("version", "1"),
            ("assignee", "user_04711"),
        ];
        let call = crowd
            .server
            .call(Some(&admin.token), "/api/tasks/assign", &form);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::OK);
        let form = [
            ("org", "acme"),
            ("id", id),
            ("request_id", &uuid::Uuid::now_v7().to_string()),
            ("body", "Ask @Member 4712 or @Member 47123."),
        ];
        let call = crowd
            .server
            .call(Some(&admin.token), "/api/comments/add", &form);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::OK);
        let page = crowd.page("task", &crowd.task("")).await;
        assert!(page.contains("<span class=\"mention\">@Member 4712</span> or @Member 47123."));
        assert!(page.contains("Member 4711"));

        let list = format!("{}?view=list&status=all&who=member+4711", crowd.board());
        let page = crowd.page("list, of a member", &list).await;
        assert_eq!(page.matches("class=\"row-title\"").count(), 1);
        let other = format!("{}?view=list&status=all&who=member+4713", crowd.board());
        let page = crowd.page("list, of another member", &other).await;
        assert!(!page.contains("class=\"row-title\""));
    }
}

/// Acme with [`MEMBERS`] members, and [`TASKS`] tasks in one project.
struct Crowd {
    kind: Kind,
    server: TestServer,
    admin: Person,
    project: String,
    task: String,
}

impl Crowd {
    async fn gather(kind: Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        let admin = server.admin("admin@acme.test", "acme").await;
        let project = server.project(&admin, "acme", "A project").await;
        let task = fill(&server, &admin, &project).await;
        Self {
            kind,
            server,
            admin,
            project,
            task,
        }
    }

    fn board(&self) -> String {
        format!("/app/acme/projects/{}", self.project)
    }

    fn task(&self, query: &str) -> String {
        format!("/app/acme/tasks/{}{query}", self.task)
    }

    /// A page, which has to be small and quick.
    async fn page(&self, name: &str, path: &str) -> String {
        let mut best = Duration::MAX;
        let mut page = String::new();
        for _ in 0..ATTEMPTS {
            // With a token of now: none is refreshed meanwhile.
            let acme = self.server.state.clerk.organizations();
            let acme = acme.get_by_slug("acme").await.unwrap().id;
            let user: UserId = self.admin.user.clone();
            let admin = self.server.sign_in(user, Some(&acme)).await;
            let began = Instant::now();
            let answer = self.server.get_as(&admin, path).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            page = answer.text().await.unwrap();
            best = best.min(began.elapsed());
        }
        self.say(&format!("{name}, {} kB", page.len() / 1_000), best);
        assert!(page.len() < BIG, "{path}: {}", page.len());
        assert!(best < LONG, "{path}: {best:?}");
        page
    }

    fn say(&self, what: &str, time: Duration) {
        println!("{:?}: {what}: {} ms", self.kind, time.as_millis());
    }
}

/// Writes the members as if Clerk had told of them, and the tasks as the admin. Tells a task's id.
async fn fill(server: &TestServer, admin: &Person, project: &str) -> String {
    let rows = |row: &dyn Fn(usize) -> String| {
        let rows: Vec<String> = (0..MEMBERS).map(row).collect();
        rows.join(", ")
    };
    let users = rows(&|n| {
        let email = format!("member-{n}@crowd.test");
        format!("('user_{n:05}', 'Member', '{n}', '{email}', 0, 0)")
    });
    let organization = "(SELECT id FROM organizations WHERE slug = 'acme')";
    let members = rows(&|n| {
        let role = if n % 10 == 0 { "guest" } else { "member" };
        format!("({organization}, 'user_{n:05}', 'orgmem_{n:05}', 'org:{role}', 0, 0)")
    });
    let users = format!(
        "INSERT INTO users (id, first_name, last_name, email, created_at, updated_at) VALUES {users}"
    );
    let members = format!(
        "INSERT INTO memberships (organization_id, user_id, id, role, created_at, updated_at) \
         VALUES {members}"
    );
    server.execute(&[&users, &members]).await;

    let verifier = server.state.authenticator.verifier();
    let session = verifier.verify(&admin.token).await.unwrap();
    let (store, origin) = (&server.state.store, Origin::default());
    let tenant = store.enter_for(&session, "acme", Action::TaskCreate, origin);
    let tenant = tenant.await.unwrap();
    let project = ProjectId::parse(project).unwrap();
    let mut last = None;
    for number in 0..TASKS {
        let title = TaskTitle::parse(&format!("Task {number}")).unwrap();
        let new = NewTask {
            status: Status::ALL[number % Status::ALL.len()],
            assignee: (number % 2 == 0).then(|| admin.user.clone()),
            ..NewTask::titled(project, title)
        };
        last = Some(tenant.tasks().create(new).await.unwrap().id);
    }
    tenant.commit().await.unwrap();
    last.unwrap().to_string()
}
