//! A local instance in a temporary folder, a clock under our hand, and a browser without a network.

use axum::{Router, body::Body};
use clerk::clock::ManualClock;
use clerk_local::{
    LocalClerk, LocalOptions,
    state::{NewUser, Organization, User},
};
use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

pub const ORIGIN: &str = "http://localhost:3000";
pub const START_MS: i64 = 1_790_000_000_500;
pub const PASSWORD: &str = "a long enough password";

pub struct Local {
    pub clerk: LocalClerk,
    pub clock: ManualClock,
    pub folder: TempDir,
}

impl Local {
    pub async fn open() -> Self {
        Self::with_webhooks("http://127.0.0.1:9/webhooks/clerk").await
    }

    pub async fn with_webhooks(webhook_url: &str) -> Self {
        let webhook_url = Url::parse(webhook_url).unwrap();
        Self::with(|options| LocalOptions {
            webhook_url,
            ..options
        })
        .await
    }

    /// Opens an instance with other options than the usual ones.
    pub async fn with(change: impl FnOnce(LocalOptions) -> LocalOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::at(START_MS);
        let usual = options(&folder, &clock, "http://127.0.0.1:9/webhooks/clerk");
        let clerk = LocalClerk::open(change(usual)).await.unwrap();
        Self {
            clerk,
            clock,
            folder,
        }
    }

    /// Another process on the same file.
    pub async fn again(&self) -> LocalClerk {
        let options = self.clerk.state().options().clone();
        LocalClerk::open(options).await.unwrap()
    }

    /// The instance as the server mounts it.
    pub fn server(&self) -> Router {
        Router::new().nest("/__clerk", self.clerk.router())
    }

    pub async fn person(&self, email: &str) -> User {
        self.clerk
            .state()
            .create_user(NewUser {
                email: email.to_owned(),
                first_name: Some("Ada".to_owned()),
                last_name: Some("Byron".to_owned()),
                password: Some(PASSWORD.to_owned()),
                email_verified: true,
                ..NewUser::default()
            })
            .await
            .unwrap()
    }

    /// Its admin Ada, its member Bob, and the organization.
    pub async fn acme(&self) -> (User, User, Organization) {
        let state = self.clerk.state();
        let ada = self.person("ada@example.com").await;
        let bob = self.person("bob@example.com").await;
        let acme = state.create_organization("Acme", None, &ada.id);
        let acme = acme.await.unwrap();
        let added = state.add_member(&acme.id, &bob.id, "org:member");
        added.await.unwrap();
        (ada, bob, acme)
    }

    pub async fn backend(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let secret = self.clerk.secret_key();
        let request = Request::builder()
            .method(method)
            .uri(format!("/__clerk/backend{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", secret.expose()));
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::read(self.server().oneshot(request).await.unwrap()).await
    }
}

pub fn options(folder: &TempDir, clock: &ManualClock, webhook_url: &str) -> LocalOptions {
    let mut options = LocalOptions::new(folder.path(), Url::parse(ORIGIN).unwrap());
    options.webhook_url = Url::parse(webhook_url).unwrap();
    options.clock = clock.shared();
    options
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Self {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// The error's code, after checking the status.
    #[track_caller]
    pub fn error(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text);
        let body = self.json();
        assert!(body["clerk_trace_id"].is_string());
        body["errors"][0]["code"].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn cookies(&self) -> Vec<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap())
            .collect()
    }
}

/// A browser with a dev browser token, talking as clerk-js does.
pub struct Browser<'a> {
    pub local: &'a Local,
    pub token: String,
}

impl<'a> Browser<'a> {
    pub async fn new(local: &'a Local) -> Self {
        let request = Request::post("/__clerk/v1/dev_browser").body(Body::empty());
        let body = local.send(request.unwrap()).await.ok();
        let token = body["id"].as_str().unwrap().to_owned();
        Self { local, token }
    }

    /// Signs a person in behind the API's back.
    pub async fn sign_in(&self, user: &User) -> String {
        let state = self.local.clerk.state();
        let client = state.client_for_token(&self.token).await.unwrap().unwrap();
        state.create_session(&client, user).await.unwrap().id
    }

    fn uri(&self, path: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        format!(
            "/__clerk{path}{mark}__clerk_api_version=2026-05-12&__clerk_db_jwt={}",
            self.token
        )
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(self.uri(path))
            .header(header::REFERER, format!("{ORIGIN}/app/acme/projects"))
            .body(Body::empty());
        self.local.send(request.unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(ORIGIN, path, fields).await
    }

    pub async fn post_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(self.uri(path))
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.local.send(request.unwrap()).await
    }
}
