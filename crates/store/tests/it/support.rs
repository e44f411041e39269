//! Databases to test on, and events to fill them with.
//!
//! Every test has databases of its own: a SQLite file, and, where
//! `TENANTRY_TEST_POSTGRES` names a server (`postgres://superuser@host:port/postgres`), a
//! PostgreSQL database with three roles: its owner, the application and the worker. With
//! `TENANTRY_TEST_DATABASES=postgres` a missing server is a failure, otherwise the tests
//! say that they skip it.

use clerk::{
    clock::{ManualClock, SharedClock},
    ids::{OrganizationId, UserId},
    models::{Deleted, Organization, OrganizationMembership, User},
    session::Session,
    webhooks::{Event, EventData},
};
use migrations::{Login, Logins};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, ExecResult};
use serde_json::json;
use std::{
    env,
    future::Future,
    io::{self, Write},
    process,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};
use store::{
    Action, Applied, ConnectOptions, NewProject, Origin, Project, ProjectName, Store, TenantMut,
};
use tempfile::TempDir;
use tracing::{Level, instrument::WithSubscriber as _};

/// When every test begins, in unix milliseconds.
pub const START: i64 = 1_790_000_000_000;

/// Which kind of database a test is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The databases to run on.
pub fn databases() -> Vec<Kind> {
    let wanted = env::var("TENANTRY_TEST_DATABASES").unwrap_or_default();
    match env::var("TENANTRY_TEST_POSTGRES") {
        Ok(_) => vec![Kind::Sqlite, Kind::Postgres],
        Err(_) if wanted.contains("postgres") => {
            panic!("TENANTRY_TEST_POSTGRES must name a PostgreSQL server (cargo xtask test db)")
        }
        Err(_) => {
            eprintln!("skipped on PostgreSQL: TENANTRY_TEST_POSTGRES is not set");
            vec![Kind::Sqlite]
        }
    }
}

/// Runs a test on every database.
pub async fn on_each<F, Fut>(test: F)
where
    F: Fn(Arc<TestDb>) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    for kind in databases() {
        run(kind, &test).await;
    }
}

/// Runs a test on PostgreSQL alone.
pub async fn on_postgres<F, Fut>(test: F)
where
    F: Fn(Arc<TestDb>) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    if databases().contains(&Kind::Postgres) {
        run(Kind::Postgres, &test).await;
    }
}

async fn run<F, Fut>(kind: Kind, test: &F)
where
    F: Fn(Arc<TestDb>) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let db = Arc::new(TestDb::migrated(kind).await);
    let outcome = tokio::spawn(test(Arc::clone(&db))).await;
    db.drop_database().await;
    if let Err(error) = outcome {
        eprintln!("the test failed on {kind:?}");
        std::panic::resume_unwind(error.into_panic());
    }
}

/// A migrated database of this test's own.
pub struct TestDb {
    pub kind: Kind,
    pub store: Store,
    pub clock: ManualClock,
    /// What the application connects with.
    pub url: String,
    /// What the worker connects with: on SQLite as the application.
    pub worker_url: String,
    /// What sees everything: a superuser, or the file.
    pub admin_url: String,
    /// The database's name and the stem of its roles' names.
    pub name: String,
    _folder: TempDir,
}

impl TestDb {
    pub async fn migrated(kind: Kind) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tenantry_test_{}_{count}", process::id());
        let folder = tempfile::tempdir().unwrap();
        let (url, worker_url, admin_url) = match kind {
            Kind::Sqlite => {
                let url = format!("sqlite:{}", folder.path().join("db.sqlite").display());
                migrations::migrate(&url, None).await.unwrap();
                (url.clone(), url.clone(), url)
            }
            Kind::Postgres => {
                let server = Database::connect(server_url()).await.unwrap();
                for statement in [
                    format!("CREATE ROLE {name}_owner LOGIN CREATEROLE PASSWORD 'test'"),
                    format!("CREATE DATABASE {name} OWNER {name}_owner TEMPLATE template0"),
                ] {
                    server.execute_unprepared(&statement).await.unwrap();
                }
                server.close().await.unwrap();
                let role = |role: &str| login(&format!("{name}_{role}:test"), &name);
                migrations::migrate(&role("owner"), Some(&logins(&name)))
                    .await
                    .unwrap();
                let superuser = superuser();
                (role("app"), role("worker"), login(&superuser, &name))
            }
        };
        let clock = ManualClock::at(START);
        let mut options = options(clock.shared());
        options.worker_url = Some(worker_url.clone());
        let store = Store::connect(&url, &options).await.unwrap();
        Self {
            kind,
            store,
            clock,
            url,
            worker_url,
            admin_url,
            name,
            _folder: folder,
        }
    }

    pub async fn drop_database(&self) {
        if self.kind == Kind::Postgres {
            let name = &self.name;
            let server = Database::connect(server_url()).await.unwrap();
            for statement in [
                format!("DROP DATABASE {name} WITH (FORCE)"),
                format!("DROP ROLE {name}_owner"),
                format!("DROP ROLE {name}_app"),
                format!("DROP ROLE {name}_worker"),
            ] {
                server.execute_unprepared(&statement).await.unwrap();
            }
            server.close().await.unwrap();
        }
    }

    /// A connection that row-level security does not bind.
    pub async fn admin(&self) -> DatabaseConnection {
        Database::connect(&self.admin_url).await.unwrap()
    }

    /// A bare connection as the application's role.
    pub async fn app(&self) -> DatabaseConnection {
        bare(&self.url).await
    }

    /// A bare connection as the worker's role.
    pub async fn worker(&self) -> DatabaseConnection {
        bare(&self.worker_url).await
    }

    /// A bare connection as the tables' owner on PostgreSQL.
    pub async fn owner(&self) -> DatabaseConnection {
        bare(&self.owner_url()).await
    }

    /// What migrations connect with on PostgreSQL.
    pub fn owner_url(&self) -> String {
        self.url.replace("_app:", "_owner:")
    }

    /// The number of rows of a table, whoever's they are, that meet a condition.
    pub async fn count(&self, table: &str, condition: &str) -> i64 {
        let admin = self.admin().await;
        let count = count(
            &admin,
            &format!("SELECT count(*) AS n FROM {table} WHERE {condition}"),
        )
        .await;
        admin.close().await.unwrap();
        count
    }

    /// The number of audit rows of what people did, in all organizations.
    pub async fn audit_rows(&self) -> i64 {
        self.count("audit_events", "actor_kind = 'person'").await
    }

    /// Delivers an event under a name of its own.
    pub async fn tell(&self, data: EventData) {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let id = format!("msg_auto_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let event = event(&id, START, data);
        let applied = self.store.identity().apply_event(&event).await.unwrap();
        assert_eq!(applied, Applied::Fresh);
    }

    /// Acme with Ada (admin) and Max (member), Globex with Ada (admin) and Gus (member);
    /// Nora is nowhere.
    pub async fn populate(&self) {
        for name in ["ada", "max", "gus", "nora"] {
            self.tell(EventData::UserCreated(user(name, START))).await;
        }
        for (organization, name, role) in [
            ("acme", "ada", "org:admin"),
            ("acme", "max", "org:member"),
            ("globex", "ada", "org:admin"),
            ("globex", "gus", "org:member"),
        ] {
            self.tell(EventData::OrganizationMembershipCreated(membership(
                organization,
                name,
                role,
                START,
            )))
            .await;
        }
    }

    /// A write scope, or a panic.
    pub async fn enter_for(&self, session: &Session, slug: &str, action: Action) -> TenantMut {
        self.store
            .enter_for(session, slug, action, Origin::default())
            .await
            .unwrap()
    }

    /// Creates a project and commits.
    pub async fn create(&self, session: &Session, slug: &str, name: &str) -> Project {
        let tenant = self.enter_for(session, slug, Action::ProjectCreate).await;
        let project = tenant.projects().create(new_project(name)).await.unwrap();
        tenant.commit().await.unwrap();
        project
    }
}

/// What was logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The lines that a future logged, at this level and above.
    pub async fn of(level: Level, work: impl Future<Output = ()>) -> Vec<String> {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        work.with_subscriber(subscriber).await;
        let bytes = log.0.lock().unwrap().clone();
        let text = String::from_utf8(bytes).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}

/// How many statements of a scope a future sends.
pub async fn statements(work: impl Future<Output = ()>) -> usize {
    let lines = Log::of(Level::TRACE, work).await;
    let statement = |line: &&String| line.contains("a statement of a scope");
    lines.iter().filter(statement).count()
}

async fn bare(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1);
    Database::connect(options).await.unwrap()
}

/// The roles of the database of this name.
pub fn logins(name: &str) -> Logins {
    let login = |role: &str| Login {
        role: format!("{name}_{role}"),
        password: Some("test".to_owned()),
    };
    Logins {
        app: login("app"),
        worker: login("worker"),
    }
}

/// The server's URL with another login and database.
fn login(login: &str, database: &str) -> String {
    let url = server_url();
    let (_, rest) = url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = host.split(['/', '?']).next().unwrap();
    format!("postgres://{login}@{host}/{database}")
}

fn superuser() -> String {
    let url = server_url();
    let (_, rest) = url.split_once("://").unwrap();
    rest.rsplit_once('@').unwrap().0.to_owned()
}

fn server_url() -> String {
    env::var("TENANTRY_TEST_POSTGRES").unwrap()
}

pub fn options(clock: SharedClock) -> ConnectOptions {
    ConnectOptions {
        clock,
        max_connections: 4,
        ..ConnectOptions::default()
    }
}

/// The `n` of a counting statement.
pub async fn count(db: &impl ConnectionTrait, sql: &str) -> i64 {
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

/// The SQLSTATE that a statement was refused with.
pub fn refused_with(outcome: Result<ExecResult, DbErr>) -> String {
    match outcome.unwrap_err() {
        DbErr::Exec(sea_orm::RuntimeErr::SqlxError(error))
        | DbErr::Query(sea_orm::RuntimeErr::SqlxError(error)) => error
            .as_database_error()
            .and_then(|error| error.code().map(|code| code.into_owned()))
            .unwrap(),
        error => panic!("refused otherwise: {error}"),
    }
}

/// A session of `user_NAME`, active in `org_NAME`, whose token says `role`.
pub fn session_as(name: &str, organization: Option<&str>, role: &str) -> Session {
    let id = organization.map(|slug| format!("org_{slug}"));
    clerk::test_util::session(
        &format!("user_{name}"),
        id.as_deref()
            .zip(organization)
            .map(|(id, slug)| (id, slug, role)),
    )
}

/// A session whose token says what the local database says, too.
pub fn session(name: &str, organization: &str) -> Session {
    let role = if name == "ada" {
        "org:admin"
    } else {
        "org:member"
    };
    session_as(name, Some(organization), role)
}

pub fn name(text: &str) -> ProjectName {
    ProjectName::parse(text).unwrap()
}

pub fn new_project(text: &str) -> NewProject {
    NewProject {
        name: name(text),
        request_id: None,
    }
}

pub fn event(id: &str, timestamp_ms: i64, data: EventData) -> Event {
    Event {
        id: id.to_owned(),
        timestamp_ms,
        instance_id: Some("ins_test".to_owned()),
        http_request: None,
        data,
    }
}

/// `user_NAME` with the address `NAME@example.com`.
pub fn user(name: &str, updated_at: i64) -> User {
    serde_json::from_value(json!({
        "id": format!("user_{name}"),
        "object": "user",
        "first_name": name,
        "last_name": "Test",
        "image_url": "https://img.example.com/user",
        "primary_email_address_id": "idn_1",
        "email_addresses": [{ "id": "idn_1", "email_address": format!("{name}@example.com") }],
        "created_at": START,
        "updated_at": updated_at,
    }))
    .unwrap()
}

/// `org_SLUG`.
pub fn organization(slug: &str, updated_at: i64) -> Organization {
    serde_json::from_value(json!({
        "id": format!("org_{slug}"),
        "object": "organization",
        "name": slug.to_uppercase(),
        "slug": slug,
        "image_url": "https://img.example.com/org",
        "created_at": START,
        "updated_at": updated_at,
    }))
    .unwrap()
}

/// The membership `orgmem_SLUG_NAME`.
pub fn membership(slug: &str, name: &str, role: &str, updated_at: i64) -> OrganizationMembership {
    serde_json::from_value(json!({
        "id": format!("orgmem_{slug}_{name}"),
        "object": "organization_membership",
        "role": role,
        "organization": organization(slug, START),
        "public_user_data": {
            "user_id": format!("user_{name}"),
            "identifier": format!("{name}@example.com"),
            "first_name": name,
        },
        "created_at": START,
        "updated_at": updated_at,
    }))
    .unwrap()
}

/// What Clerk says of something that is gone.
pub fn deleted(object: &str, id: &str) -> Deleted {
    serde_json::from_value(json!({ "object": object, "id": id, "deleted": true })).unwrap()
}

pub fn user_id(name: &str) -> UserId {
    UserId::new(format!("user_{name}"))
}

pub fn organization_id(slug: &str) -> OrganizationId {
    OrganizationId::new(format!("org_{slug}"))
}
