//! No bleed through PgBouncer in transaction mode: thousands of requests of many organizations
//! share two server connections; some are given up half-way, some panic.
//!
//! `TENANTRY_TEST_PGBOUNCER` names a PgBouncer (`host:port`) in front of the tests' server that
//! lets every role into every database, over two connections for each such pair. With
//! `pgbouncer` in `TENANTRY_TEST_DATABASES` a missing one is a failure.

use crate::support::{TestDb, event, membership, new_project, on_postgres, session_as};
use clerk::{session::Session, webhooks::EventData};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqlxPostgresConnector,
    sqlx::postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    env,
    future::{Future, poll_fn},
    panic::resume_unwind,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering::Relaxed},
    },
    task::Poll,
};
use store::{Action, ConnectOptions, Origin, ProjectFilter, Store, StoreError};
use tokio::task::JoinSet;

const REQUESTS: usize = 10_000;
const ORGANIZATIONS: usize = 50;
/// How many requests are under way at once.
const AT_ONCE: usize = 32;
/// Connections of the store to PgBouncer: many more than PgBouncer's own.
const CLIENTS: u32 = 16;
/// PgBouncer's connections to the server as the application's role.
const SERVERS: i64 = 2;

/// One of the organizations, and what is certain of it.
struct Organization {
    slug: String,
    user: String,
    session: Session,
    /// Creations that were answered.
    created: AtomicI64,
    /// Creations that may count: the answered ones, and those given up.
    possible: AtomicI64,
}

struct World {
    store: Store,
    /// A bare connection through PgBouncer, as the application's role.
    bare: DatabaseConnection,
    organizations: Vec<Organization>,
    /// Requests that were given up before they had ended.
    given_up: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_interleaved_requests_see_and_write_no_foreign_row() {
    let Some(address) = pgbouncer() else { return };
    on_postgres(|db: Arc<TestDb>| {
        let address = address.clone();
        async move {
            let world = Arc::new(World::through(&address, &db).await);
            let mut tasks = JoinSet::new();
            for task in 0..AT_ONCE {
                let world = Arc::clone(&world);
                tasks.spawn(async move {
                    for number in (task..REQUESTS).step_by(AT_ONCE) {
                        request(&world, number).await;
                    }
                });
            }
            while let Some(outcome) = tasks.join_next().await {
                outcome.unwrap();
            }
            world.check(&db).await;
        }
    })
    .await;
}

/// The address of PgBouncer.
fn pgbouncer() -> Option<String> {
    let wanted = env::var("TENANTRY_TEST_DATABASES").unwrap_or_default();
    match env::var("TENANTRY_TEST_PGBOUNCER") {
        Ok(address) => Some(address),
        Err(_) if wanted.contains("pgbouncer") => {
            panic!("TENANTRY_TEST_PGBOUNCER must name a PgBouncer (cargo xtask test db)")
        }
        Err(_) => {
            eprintln!("skipped: TENANTRY_TEST_PGBOUNCER is not set");
            None
        }
    }
}

/// The request of this number: most look, some create, some are given up, some panic, some
/// are where they have no business.
async fn request(world: &Arc<World>, number: usize) {
    let own = &world.organizations[number % ORGANIZATIONS];
    // Another point of the request each time.
    let patience = number / 7 % 16;
    match (number + number / ORGANIZATIONS) % 20 {
        0..=2 => world.create(own, number).await,
        3 | 4 => {
            own.possible.fetch_add(1, Relaxed);
            if give_up(world.create(own, number), patience).await.is_none() {
                world.given_up.fetch_add(1, Relaxed);
            } else {
                own.possible.fetch_sub(1, Relaxed);
            }
        }
        5 => {
            if give_up(world.list(own), patience).await.is_none() {
                world.given_up.fetch_add(1, Relaxed);
            }
        }
        6 => {
            let world = Arc::clone(world);
            let panicking = tokio::spawn(async move {
                let own = &world.organizations[number % ORGANIZATIONS];
                let tenant = world
                    .store
                    .enter_for(
                        &own.session,
                        &own.slug,
                        Action::ProjectCreate,
                        Origin::default(),
                    )
                    .await
                    .unwrap();
                let name = format!("{} panicked", own.slug);
                tenant.projects().create(new_project(&name)).await.unwrap();
                // A panic without the message.
                resume_unwind(Box::new(()));
            });
            assert!(panicking.await.unwrap_err().is_panic());
        }
        7 => {
            let other = &world.organizations[(number + 1) % ORGANIZATIONS];
            let entered = world.store.enter(&own.session, &other.slug).await;
            assert!(matches!(entered, Err(StoreError::NotFound)), "{entered:?}");
        }
        8 => {
            // On whichever connection, whoever had it before.
            let all = "SELECT FROM projects";
            let seen = world.bare.execute_unprepared(all).await.unwrap();
            assert_eq!(seen.rows_affected(), 0);
        }
        _ => world.list(own).await,
    }
}

/// Drops a future when it has waited this often. `None`: before it had ended.
async fn give_up<F: Future>(future: F, patience: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut waited = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if waited == patience => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

impl World {
    /// All that the server does when it starts works through PgBouncer, too.
    async fn through(address: &str, db: &TestDb) -> Self {
        let pooled = |url: &str| {
            let (login, rest) = url.rsplit_once('@').unwrap();
            let (_, database) = rest.split_once('/').unwrap();
            format!("{login}@{address}/{database}?statement-cache-capacity=0")
        };
        let url = pooled(&db.url);
        let options = ConnectOptions {
            clock: db.clock.shared(),
            max_connections: CLIENTS,
            worker_url: Some(pooled(&db.worker_url)),
            ..ConnectOptions::default()
        };
        let store = Store::connect(&url, &options).await.unwrap();
        assert!(migrations::pending(&url).await.unwrap().is_empty());
        store.ping().await.unwrap();

        let mut organizations = Vec::new();
        for number in 0..ORGANIZATIONS {
            let (slug, user) = (format!("slug{number}"), format!("person{number}"));
            let told = membership(&slug, &user, "org:admin", 1);
            let told = EventData::OrganizationMembershipCreated(told);
            let told = event(&format!("msg_{number}"), 1, told);
            store.identity().apply_event(&told).await.unwrap();
            organizations.push(Organization {
                session: session_as(&user, Some(&slug), "org:admin"),
                slug,
                user: format!("user_{user}"),
                created: AtomicI64::new(0),
                possible: AtomicI64::new(0),
            });
        }
        let known = store.survey("a test").organizations(None).await.unwrap();
        assert_eq!(known.len(), ORGANIZATIONS);

        let bare: PgConnectOptions = url.parse().unwrap();
        let bare = PgPoolOptions::new()
            .max_connections(CLIENTS)
            .connect_with(bare.extra_float_digits(None))
            .await
            .unwrap();
        Self {
            store,
            bare: SqlxPostgresConnector::from_sqlx_postgres_pool(bare),
            organizations,
            given_up: AtomicUsize::new(0),
        }
    }

    async fn create(&self, own: &Organization, number: usize) {
        let tenant = self
            .store
            .enter_for(
                &own.session,
                &own.slug,
                Action::ProjectCreate,
                Origin::default(),
            )
            .await
            .unwrap();
        let name = format!("{} {number}", own.slug);
        let project = tenant.projects().create(new_project(&name)).await.unwrap();
        assert_eq!(project.created_by.as_str(), own.user);
        tenant.commit().await.unwrap();
        own.possible.fetch_add(1, Relaxed);
        own.created.fetch_add(1, Relaxed);
    }

    async fn list(&self, own: &Organization) {
        let at_least = own.created.load(Relaxed).min(50);
        let tenant = self.store.enter(&own.session, &own.slug).await.unwrap();
        assert_eq!(tenant.organization().slug, own.slug);
        let page = tenant.projects().list(ProjectFilter::Active, None).await;
        let page = page.unwrap();
        assert!(i64::try_from(page.items.len()).unwrap() >= at_least);
        for project in page.items {
            assert_eq!(project.created_by.as_str(), own.user, "{}", project.name);
            let (slug, _) = project.name.split_once(' ').unwrap();
            assert_eq!(slug, own.slug);
        }
    }

    /// What is there in the end.
    async fn check(&self, db: &TestDb) {
        // Every row is where it belongs, and so is the record of who made it.
        for (table, misplaced) in [
            (
                "projects",
                "'org_' || split_part(name, ' ', 1) <> organization_id \
                 OR replace(created_by, 'user_person', 'org_slug') <> organization_id",
            ),
            (
                "audit_events",
                "actor_kind = 'person' \
                 AND replace(actor_id, 'user_person', 'org_slug') <> organization_id",
            ),
            ("projects", "name LIKE '% panicked'"),
        ] {
            assert_eq!(db.count(table, misplaced).await, 0, "{table}: {misplaced}");
        }
        for own in &self.organizations {
            let ours = format!("organization_id = 'org_{}'", own.slug);
            let projects = db.count("projects", &ours).await;
            assert!(projects >= own.created.load(Relaxed), "{}", own.slug);
            assert!(projects <= own.possible.load(Relaxed), "{}", own.slug);
            let created = format!("{ours} AND action = 'project.created'");
            assert_eq!(db.count("audit_events", &created).await, projects);
        }
        // And it was as crowded as it was meant to be. (One more belongs to the test's own
        // store, which is connected directly.)
        let connections = format!("usename = '{}_app'", db.name);
        let servers = db.count("pg_stat_activity", &connections).await - 1;
        assert_eq!(servers, SERVERS);
        let given_up = self.given_up.load(Relaxed);
        assert!(given_up > REQUESTS / 20, "only {given_up} were given up");
    }
}
