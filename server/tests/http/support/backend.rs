//! The way to an instance's backend API, watched: it counts what really passes, and can be
//! disturbed, held up and cut.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use serde_json::Value;
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot};

use super::TestServer;

/// What the backend API lists of users, organizations, roles and memberships.
pub const LISTS: [&str; 4] = [
    "/v1/users",
    "/v1/organizations",
    "/v1/organization_roles",
    "/v1/organization_memberships",
];

/// A relay between a server and the backend API of an instance.
pub struct Backend {
    /// The API's address, without `/v1`.
    pub url: String,
    relay: Relay,
    /// Its own, so that stopping it breaks every connection.
    runtime: Option<Runtime>,
}

#[derive(Clone)]
struct Relay {
    upstream: String,
    http: reqwest::Client,
    passed: Arc<Mutex<Vec<String>>>,
    /// A path that is answered with an error.
    failing: Arc<Mutex<Option<String>>>,
    held: Arc<Mutex<Option<Hold>>>,
    /// Identifiers of what no list shows.
    hidden: Arc<Mutex<Vec<String>>>,
}

/// The next call for a path, which waits.
struct Hold {
    path: String,
    arrived: oneshot::Sender<()>,
    released: oneshot::Receiver<()>,
}

/// A call that is held up.
pub struct Held {
    /// Resolves when the call is there.
    pub arrived: oneshot::Receiver<()>,
    /// Lets it pass.
    pub release: oneshot::Sender<()>,
}

impl Backend {
    /// In front of the instance of `clerk`.
    pub fn of(clerk: &TestServer) -> Self {
        let relay = Relay {
            upstream: format!("http://{}/__clerk/backend", clerk.addr),
            http: super::visits::client(),
            passed: Arc::default(),
            failing: Arc::default(),
            held: Arc::default(),
            hidden: Arc::default(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        socket.set_nonblocking(true).expect("a socket");
        let url = format!("http://{}", socket.local_addr().expect("an address"));
        let router = Router::new().fallback(pass).with_state(relay.clone());
        runtime.spawn(async move {
            let listener = TcpListener::from_std(socket).expect("a listener");
            axum::serve(listener, router).await.expect("serving");
        });
        Self {
            url,
            relay,
            runtime: Some(runtime),
        }
    }

    /// The calls since the last time this was asked, as `GET /v1/users/…`, in order, without those
    /// for the public keys.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.relay.passed.lock().expect("a list"))
    }

    /// From here on calls for this very path (`/v1/users`) are answered 500, or none any more.
    pub fn fail(&self, path: Option<&str>) {
        *self.relay.failing.lock().expect("a path") = path.map(str::to_owned);
    }

    /// From here on no list of users, organizations or memberships shows these, as when they move
    /// from one page to another while it is read.
    pub fn hide(&self, ids: &[&str]) {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        *self.relay.hidden.lock().expect("identifiers") = ids;
    }

    /// Holds up the next call for this very path.
    pub fn hold(&self, path: &str) -> Held {
        let (arrive, arrived) = oneshot::channel();
        let (release, released) = oneshot::channel();
        *self.relay.held.lock().expect("a hold") = Some(Hold {
            path: path.to_owned(),
            arrived: arrive,
            released,
        });
        Held { arrived, release }
    }

    /// From here on nobody answers: connections break, new ones are refused.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Relay {
    /// A page of a list without what is hidden. Clerk lists users as they are, others in `data`.
    fn without_hidden(&self, page: &[u8]) -> Vec<u8> {
        let hidden = self.hidden.lock().expect("identifiers");
        let mut page: Value = serde_json::from_slice(page).expect("JSON");
        let list = match page.get_mut("data") {
            Some(data) => data,
            None => &mut page,
        };
        if let Value::Array(list) = list {
            list.retain(|object| !hidden.iter().any(|id| object["id"] == id.as_str()));
        }
        page.to_string().into_bytes()
    }
}

async fn pass(State(relay): State<Relay>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().expect("a path").as_str();
    if !path.ends_with("/jwks") {
        let call = format!("{} {}", parts.method, parts.uri.path());
        relay.passed.lock().expect("a list").push(call);
    }
    let is_it = |other: &String| other == parts.uri.path();
    if relay
        .failing
        .lock()
        .expect("a path")
        .as_ref()
        .is_some_and(is_it)
    {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let hold = relay
        .held
        .lock()
        .expect("a hold")
        .take_if(|hold| is_it(&hold.path));
    if let Some(hold) = hold {
        let _ = hold.arrived.send(());
        let _ = hold.released.await;
    }
    let mut headers = parts.headers;
    headers.remove("host");
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let answer = relay
        .http
        .request(parts.method.clone(), format!("{}{path}", relay.upstream))
        .headers(headers)
        .body(body)
        .send()
        .await;
    let Ok(answer) = answer else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let status = answer.status();
    let kind = answer.headers().get("content-type").cloned();
    let body = answer.bytes().await.expect("a body");
    let body = match LISTS.contains(&parts.uri.path()) {
        true => relay.without_hidden(&body),
        false => body.to_vec(),
    };
    let mut response = (status, body).into_response();
    if let Some(kind) = kind {
        response.headers_mut().insert("content-type", kind);
    }
    response
}
