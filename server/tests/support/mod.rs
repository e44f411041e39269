//! A whole server on a free port with its own data folder, and people to send requests as.

use std::{collections::HashMap, net::SocketAddr};

use clerk::{
    api::{CreateOrganization, CreateUser},
    ids::{OrganizationId, SessionId, UserId},
};
use reqwest::{Method, RequestBuilder, Response, redirect::Policy};
use server::{
    commands::{migrate, serve},
    config::Config,
    site::Site,
    start,
    state::AppState,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub mod databases;

/// A running server. Dropping it stops it and removes its data.
pub struct TestServer {
    pub addr: SocketAddr,
    pub origin: String,
    pub state: AppState,
    pub local: clerk_local::LocalClerk,
    pub webhook_secret: clerk::webhooks::WebhookSecret,
    http: reqwest::Client,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<()>,
    _data: TempDir,
    _database: databases::Database,
}

/// Somebody with a session.
pub struct Person {
    pub user: UserId,
    pub session: SessionId,
    pub token: String,
    pub dev_browser: String,
}

impl TestServer {
    pub async fn start(kind: databases::Kind) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let database = databases::Database::create(kind).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let origin = format!("http://localhost:{}", addr.port());
        let mut variables = HashMap::from([
            ("TENANTRY_ADDR".to_owned(), addr.to_string()),
            ("PUBLIC_URL".to_owned(), origin.clone()),
            ("DATA_DIR".to_owned(), data.path().display().to_string()),
        ]);
        variables.extend(database.variables());
        let config = Config::from_variables(&variables).expect("a configuration");
        migrate::run(&config).await.expect("migrations");
        let server = start::build(&config, addr, &Site::without_files(), false)
            .await
            .expect("a server");
        let state = server.state.clone();
        let local = server.clerk.local.clone().expect("the local instance");
        let webhook_secret = server.clerk.webhook_secret.clone().expect("a secret");
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let stop = async move {
                let _ = stopped.await;
            };
            serve::serve(listener, server, stop).await.expect("serving");
        });
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self {
            addr,
            origin,
            state,
            local,
            webhook_secret,
            http,
            _stop: stop,
            _serving: serving,
            _data: data,
            _database: database,
        }
    }

    /// A request as a browser's navigation would make it, without cookies.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("http://{}{path}", self.addr))
            .header("host", format!("localhost:{}", self.addr.port()))
            .header("accept", "text/html")
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    pub async fn get_as(&self, person: &Person, path: &str) -> Response {
        self.request(Method::GET, path)
            .header("cookie", person.cookies())
            .send()
            .await
            .expect("an answer")
    }

    /// A form posted from our own page.
    pub async fn post_as(&self, person: &Person, path: &str, form: &[(&str, &str)]) -> Response {
        self.request(Method::POST, path)
            .header("cookie", person.cookies())
            .header("origin", &self.origin)
            .form(form)
            .send()
            .await
            .expect("an answer")
    }

    /// Makes a person with these organizations (slug, role); the first becomes active.
    /// An organization that does not exist yet is made by this person.
    pub async fn person(&self, email: &str, organizations: &[(&str, &str)]) -> Person {
        let clerk = &self.state.clerk;
        let user = clerk
            .users()
            .create(CreateUser {
                email_addresses: vec![email.to_owned()],
                password: Some("correct horse battery".to_owned()),
                ..CreateUser::default()
            })
            .await
            .expect("a user");
        let mut active = None;
        for (slug, role) in organizations {
            let id = self.join(&user.id, slug, role).await;
            active.get_or_insert(id);
        }
        self.sync(&user.id).await;
        self.sign_in(user.id, active.as_ref()).await
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
                    created_by: user.clone(),
                };
                organizations.create(request).await.expect("an organization").id
            }
        }
    }

    /// What a request would do whose webhook has not arrived yet.
    pub async fn sync(&self, user: &UserId) {
        let now = clerk::clock::Clock::now_ms(&clerk::clock::SystemClock);
        let users = self.state.clerk.users();
        let found = users.get(user).await.expect("a user");
        let memberships = users
            .organization_memberships(user)
            .await
            .expect("memberships");
        self.state
            .store
            .identity()
            .sync_user(&found, &memberships.data, now)
            .await
            .expect("a sync");
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
