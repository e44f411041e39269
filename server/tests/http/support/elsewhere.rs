//! A server whose Clerk instance is not its own: keys and URLs, as in production.

use std::collections::HashMap;

use reqwest::{Method, RequestBuilder, Response};
use server::{commands::migrate, config::Config, site::Site, start, state::AppState};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{
    Person, TestServer,
    backend::Backend,
    client,
    databases::{Database, Kind},
    serve_on,
};

/// A running server that goes by the clock of its instance. Dropping it stops it and removes its
/// data.
pub struct RemoteServer {
    pub origin: String,
    pub state: AppState,
    http: reqwest::Client,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<()>,
    _data: TempDir,
}

impl RemoteServer {
    /// A server on SQLite that uses the instance of `clerk` over the network, with more
    /// `variables`.
    pub async fn start(clerk: &TestServer, variables: &[(&str, &str)]) -> Self {
        Self::start_on(Kind::Sqlite, clerk, variables).await
    }

    /// A server that reaches the backend API of `clerk` through `backend` alone. It hears of no
    /// webhook.
    pub async fn behind(kind: Kind, clerk: &TestServer, backend: &Backend) -> Self {
        let variables = [("CLERK_API_URL", backend.url.as_str())];
        Self::start_on(kind, clerk, &variables).await
    }

    async fn start_on(kind: Kind, clerk: &TestServer, variables: &[(&str, &str)]) -> Self {
        let database = Database::create(kind).await;
        let data = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let origin = format!("http://localhost:{}", addr.port());
        let local = &clerk.local;
        let mut environment = HashMap::from([
            ("TENANTRY_ADDR", addr.to_string()),
            ("PUBLIC_URL", origin.clone()),
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
        migrate::run(&config).await.expect("migrations");
        let site = Site::without_files();
        let server = start::build(&config, addr, &site, clerk.clock.shared(), false)
            .await
            .expect("a server");
        let state = server.state.clone();
        let (stop, serving) = serve_on(listener, server);
        Self {
            origin,
            state,
            http: client(),
            _stop: stop,
            _serving: serving,
            _data: data,
        }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.origin))
            .header("accept", "text/html")
    }

    pub async fn get_as(&self, person: &Person, path: &str) -> Response {
        let request = self.request(Method::GET, path);
        let request = request.header("cookie", person.cookies());
        request.send().await.expect("an answer")
    }
}
