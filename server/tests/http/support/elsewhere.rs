//! A server whose Clerk instance is not its own: keys and URLs, as in production.

use std::{collections::HashMap, ops::Deref};

use server::{config::Config, site::Site, start, state::AppState};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{
    TestServer,
    backend::Backend,
    databases::{Database, Kind},
    serve_on,
    visits::{Visits, origin},
};

/// A running server that goes by the clock of its instance. Dropping it stops it and removes its
/// data.
pub struct RemoteServer {
    visits: Visits,
    pub state: AppState,
    pub config: Config,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<()>,
    data: TempDir,
    database: Database,
}

impl RemoteServer {
    /// A server on SQLite that uses the instance of `clerk` over the network, with more
    /// `variables`.
    pub async fn start(clerk: &TestServer, variables: &[(&str, &str)]) -> Self {
        Self::start_on(Kind::Sqlite, clerk, variables).await
    }

    /// An instance, the way to its backend API, and a server that knows nothing but that way: it
    /// hears of no webhook, unless a test delivers one.
    pub async fn apart(kind: Kind) -> (TestServer, Backend, Self) {
        let clerk = TestServer::start_without_webhooks(Kind::Sqlite).await;
        let backend = Backend::of(&clerk);
        let server = Self::behind(kind, &clerk, &backend).await;
        (clerk, backend, server)
    }

    /// A server that reaches the instance of `clerk` through `backend` alone.
    pub async fn behind(kind: Kind, clerk: &TestServer, backend: &Backend) -> Self {
        let variables = [
            ("CLERK_API_URL", backend.url.as_str()),
            (
                "CLERK_WEBHOOK_SIGNING_SECRET",
                clerk.webhook_secret.expose(),
            ),
        ];
        Self::start_on(kind, clerk, &variables).await
    }

    async fn start_on(kind: Kind, clerk: &TestServer, variables: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let database = Database::create(kind, data.path()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let local = &clerk.local;
        let mut environment = HashMap::from([
            ("TENANTRY_ADDR", addr.to_string()),
            ("PUBLIC_URL", origin(addr)),
            ("DATA_DIR", data.path().display().to_string()),
            ("CLERK_PUBLISHABLE_KEY", local.publishable_key().to_string()),
            ("CLERK_SECRET_KEY", local.secret_key().expose().to_owned()),
            ("CLERK_API_URL", format!("{}/__clerk/backend", clerk.origin)),
            // Whom the instance makes tokens for, when it is asked to by a test.
            ("CLERK_AUTHORIZED_PARTIES", clerk.origin.clone()),
        ]);
        environment.extend(
            variables
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let environment = environment
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .chain(database.variables())
            .collect();
        let config = Config::from_variables(&environment).expect("a configuration");
        let site = Site::without_files();
        let server = start::build(&config, addr, &site, clerk.clock.shared(), false)
            .await
            .expect("a server");
        let state = server.state.clone();
        let (stop, serving) = serve_on(listener, server);
        Self {
            visits: Visits::to(addr),
            state,
            config,
            _stop: stop,
            _serving: serving,
            data,
            database,
        }
    }

    /// Every row that repeats something of Clerk's.
    pub async fn rows(&self) -> Vec<String> {
        self.database.rows(self.data.path()).await
    }
}

impl Deref for RemoteServer {
    type Target = Visits;

    fn deref(&self) -> &Visits {
        &self.visits
    }
}
