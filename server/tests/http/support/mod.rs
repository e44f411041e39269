//! A whole server on a free port with its own data folder, and people to send requests as.

use std::{collections::HashMap, ops::Deref};

use clerk::{
    api::{CreateOrganization, CreateUser},
    clock::{Clock as _, ManualClock, SystemClock},
    ids::{OrganizationId, SessionId, UserId},
};
use server::{commands::serve, config::Config, site::Site, start, state::AppState};
use store::{Action, NewProject, Origin, ProjectName};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub mod backend;
pub mod browser;
pub mod databases;
pub mod deliveries;
pub mod elsewhere;
pub mod functions;
pub mod tasks;
pub mod templates;
pub mod visits;

use visits::{Visits, origin};

/// A running server. Dropping it stops it and removes its data.
///
/// Webhooks are delivered in the background while a test runs, so a test that needs something to
/// be known calls [`TestServer::sync`], as a request would.
pub struct TestServer {
    pub visits: Visits,
    /// What it is configured by.
    pub variables: HashMap<String, String>,
    pub state: AppState,
    /// The time of all its parts; starts at the real time.
    pub clock: ManualClock,
    pub local: clerk_local::LocalClerk,
    pub webhook_secret: clerk::webhooks::WebhookSecret,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<()>,
    pub data: TempDir,
    database: databases::Database,
}

impl Deref for TestServer {
    type Target = Visits;

    fn deref(&self) -> &Visits {
        &self.visits
    }
}

/// Somebody with a session.
#[derive(Clone)]
pub struct Person {
    pub user: UserId,
    pub session: SessionId,
    pub token: String,
    pub dev_browser: String,
}

impl TestServer {
    pub async fn start(kind: databases::Kind) -> Self {
        Self::start_with(kind, true).await
    }

    /// A server whose local Clerk instance never delivers a webhook.
    pub async fn start_without_webhooks(kind: databases::Kind) -> Self {
        Self::start_with(kind, false).await
    }

    async fn start_with(kind: databases::Kind, webhooks: bool) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let database = databases::Database::create(kind, data.path()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let mut variables = HashMap::from([
            ("TENANTRY_ADDR".to_owned(), addr.to_string()),
            ("PUBLIC_URL".to_owned(), origin(addr)),
            ("DATA_DIR".to_owned(), data.path().display().to_string()),
        ]);
        variables.extend(database.variables());
        let config = Config::from_variables(&variables).expect("a configuration");
        let clock = ManualClock::at(SystemClock.now_ms());
        let site = Site::without_files();
        let mut server = start::build(&config, addr, &site, clock.shared(), false)
            .await
            .expect("a server");
        let state = server.state.clone();
        let local = server.clerk.local.clone().expect("the local instance");
        let webhook_secret = server.clerk.webhook_secret.clone().expect("a secret");
        if !webhooks {
            // Its routes are mounted already; only the delivery loop asks for it.
            server.clerk.local = None;
        }
        let (stop, serving) = serve_on(listener, server);
        Self {
            visits: Visits::to(addr),
            variables,
            state,
            clock,
            local,
            webhook_secret,
            _stop: stop,
            _serving: serving,
            data,
            database,
        }
    }

    /// Makes a person with these organizations (slug, role); the first becomes active.
    /// An organization that does not exist yet is made by this person.
    pub async fn person(&self, email: &str, organizations: &[(&str, &str)]) -> Person {
        let user = self.create_user(email).await;
        let mut active = None;
        for (slug, role) in organizations {
            let id = self.join(&user, slug, role).await;
            active.get_or_insert(id);
        }
        self.sync(&user).await;
        self.sign_in(user, active.as_ref()).await
    }

    async fn create_user(&self, email: &str) -> UserId {
        let user = CreateUser {
            email_addresses: vec![email.to_owned()],
            // Nobody here signs in by hand, and hashing takes long.
            skip_password_requirement: true,
            ..CreateUser::default()
        };
        let users = self.state.clerk.users();
        users.create(user).await.expect("a user").id
    }

    async fn join(&self, user: &UserId, slug: &str, role: &str) -> OrganizationId {
        let organizations = self.state.clerk.organizations();
        match organizations.get_by_slug(slug).await {
            Ok(organization) => {
                organizations
                    .create_membership(&organization.id, user, role)
                    .await
                    .expect("a membership");
                organization.id
            }
            Err(_) => {
                let request = CreateOrganization {
                    name: slug.to_owned(),
                    slug: Some(slug.to_owned()),
                    created_by: Some(user.clone()),
                    ..CreateOrganization::default()
                };
                organizations
                    .create(request)
                    .await
                    .expect("an organization")
                    .id
            }
        }
    }

    /// A member of a new organization whom the local database has not heard of.
    pub async fn person_unknown_here(&self, email: &str, slug: &str) -> Person {
        let user = self.create_user(email).await;
        let organization = self.join(&user, slug, "org:admin").await;
        self.sign_in(user, Some(&organization)).await
    }

    /// A user that only a webhook can bring into the local database.
    pub async fn unsynced_user(&self, email: &str) -> UserId {
        self.create_user(email).await
    }

    /// Resolves when the local database knows `user`.
    pub async fn until_known(&self, user: &UserId) {
        let known = async {
            loop {
                let identity = self.state.store.identity();
                if identity.knows_user(user).await.expect("an answer") {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), known)
            .await
            .expect("the webhook arrives");
    }

    /// Takes a table away under the running server (SQLite).
    pub fn break_database(&self) {
        let file = self.data.path().join("tenantry.sqlite");
        std::fs::write(file, b"no longer a database").expect("a write");
    }

    /// Every row that repeats something of Clerk's.
    pub async fn rows(&self) -> Vec<String> {
        self.database.rows(self.data.path()).await
    }

    /// What a request would do whose webhook has not arrived yet.
    pub async fn sync(&self, user: &UserId) {
        let users = self.state.clerk.users();
        let found = users.get(user).await.expect("a user");
        let memberships = users
            .organization_memberships(user)
            .await
            .expect("memberships");
        self.state
            .store
            .identity()
            .sync_user(&found, &memberships.data, self.clock.now_ms())
            .await
            .expect("a sync");
    }

    /// Makes a project in the organization that is active in the person's session, and tells its
    /// id.
    pub async fn project(&self, person: &Person, slug: &str, name: &str) -> String {
        let verifier = self.state.authenticator.verifier();
        let session = verifier.verify(&person.token).await.expect("a session");
        let action = Action::ProjectCreate;
        let tenant = self
            .state
            .store
            .enter_for(&session, slug, action, Origin::default())
            .await;
        let tenant = tenant.expect("a scope");
        let new = NewProject {
            name: ProjectName::parse(name).expect("a name"),
            request_id: None,
        };
        let project = tenant.projects().create(new).await.expect("a project");
        tenant.commit().await.expect("a commit");
        project.id.to_string()
    }

    pub async fn sign_in(&self, user: UserId, active: Option<&OrganizationId>) -> Person {
        let signed_in = self.local.sign_in(&user, active).await.expect("a session");
        Person {
            user,
            session: signed_in.session_id,
            token: signed_in.token,
            dev_browser: signed_in.dev_browser,
        }
    }
}

/// Serves until the sender is dropped.
fn serve_on(listener: TcpListener, server: start::Server) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(async move {
        let stop = async move {
            let _ = stopped.await;
        };
        serve::serve(listener, server, stop).await.expect("serving");
    });
    (stop, serving)
}

impl Person {
    /// The cookies a browser holds after signing in.
    pub fn cookies(&self) -> String {
        self.cookies_with(&self.token)
    }

    /// The same with another session token.
    pub fn cookies_with(&self, token: &str) -> String {
        format!(
            "__session={token}; __client_uat=1; __clerk_db_jwt={}",
            self.dev_browser
        )
    }
}
