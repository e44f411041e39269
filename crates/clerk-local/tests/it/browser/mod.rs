//! An instance in a temporary folder, and a browser with cookies that talks to its router.

pub mod app;
pub mod authenticator;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use clerk::clock::ManualClock;
use clerk_local::{
    BASE_PATH, LocalClerk, LocalOptions,
    state::{NewUser, SessionSettings},
};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

/// The origin of the instance's application.
pub const ORIGIN: &str = "http://localhost:3000";
/// The content type of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// A password that is long enough.
pub const PASSWORD: &str = "correct horse battery";

/// An instance with a clock that only tests move.
pub struct World {
    pub clerk: LocalClerk,
    pub clock: ManualClock,
    pub folder: TempDir,
    /// What its browsers were answered so far.
    pub heard: Arc<Mutex<Vec<Heard>>>,
}

/// One answer, and to what.
pub struct Heard {
    pub method: String,
    /// With its query.
    pub path: String,
    pub status: StatusCode,
    pub text: String,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// An instance whose sessions live otherwise.
    pub async fn with_sessions(sessions: SessionSettings) -> Self {
        Self::with(|options| options.sessions = sessions).await
    }

    /// An instance with other options than the usual ones.
    pub async fn with(change: impl FnOnce(&mut LocalOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::at(1_800_000_000_000);
        let public_url = Url::parse(ORIGIN).unwrap();
        let mut options = LocalOptions {
            clock: clock.shared(),
            npm_dir: folder.path().to_owned(),
            ..LocalOptions::new(folder.path(), public_url)
        };
        change(&mut options);
        let clerk = LocalClerk::open(options).await.unwrap();
        Self {
            clerk,
            clock,
            folder,
            heard: Arc::default(),
        }
    }

    /// An instance with one person, and a browser with a dev browser token.
    pub async fn with_person(email: &str) -> (Self, Browser) {
        let world = Self::new().await;
        world.person(email).await;
        let browser = world.browser().await;
        (world, browser)
    }

    /// A browser that the instance does not know yet.
    pub fn stranger(&self) -> Browser {
        Browser {
            router: self.clerk.router(),
            cookies: BTreeMap::new(),
            origin: Some(ORIGIN.to_owned()),
            headers: Vec::new(),
            heard: self.heard.clone(),
        }
    }

    /// A browser with a dev browser token, as clerk-js makes it.
    pub async fn browser(&self) -> Browser {
        let mut browser = self.stranger();
        let made = browser.post("/v1/dev_browser", &[]).await;
        let token = made.json["id"].as_str().unwrap().to_owned();
        browser.cookies.insert("__clerk_db_jwt".to_owned(), token);
        browser
    }

    /// A person with a password.
    pub async fn person(&self, email: &str) -> String {
        let new = NewUser {
            email: email.to_owned(),
            email_verified: true,
            password: Some(PASSWORD.to_owned()),
            ..NewUser::default()
        };
        let user = self.clerk.state().create_user(new).await.unwrap();
        user.id.clone()
    }

    /// A browser in which somebody is signed in.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser().await;
        let fields = [
            ("strategy", "password"),
            ("identifier", email),
            ("password", PASSWORD),
        ];
        let done = browser.post("/v1/client/sign_ins", &fields).await;
        done.response();
        browser
    }

    /// The link in the newest mail.
    pub async fn newest_link(&self) -> String {
        let mails = self.clerk.state().mails(1).await.unwrap();
        let mut words = mails[0].body.split_whitespace();
        words
            .find(|word| word.starts_with(ORIGIN))
            .unwrap()
            .to_owned()
    }

    /// How many events of this type were stored so far.
    pub async fn events(&self, event_type: &str) -> usize {
        let stored = self.clerk.state().recent_deliveries(500).await.unwrap();
        let of_type = stored.iter().filter(|it| it.event_type == event_type);
        of_type.count()
    }

    /// The code in the newest mail.
    pub async fn newest_code(&self) -> String {
        let mails = self.clerk.state().mails(1).await.unwrap();
        mails[0].code.clone().unwrap()
    }
}

/// A six-digit code that is not this one.
pub fn other_code(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}

/// One browser with its cookies.
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// What it sends as `Origin` with its posts.
    pub origin: Option<String>,
    /// What it sends with every request besides.
    pub headers: Vec<(&'static str, &'static str)>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    pub async fn head(&mut self, path: &str) -> Answer {
        self.send("HEAD", path, None).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.upload(path, FORM, body).await
    }

    /// Posts a body of any type.
    pub async fn upload(
        &mut self,
        path: &str,
        content_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        self.send("POST", path, Some((content_type, body.into())))
            .await
    }

    async fn send(&mut self, method: &str, path: &str, body: Option<(&str, Body)>) -> Answer {
        let path = path.strip_prefix(ORIGIN).unwrap_or(path);
        let path = path.strip_prefix(BASE_PATH).unwrap_or(path);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:3000");
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        if let Some((content_type, _)) = &body {
            request = request.header(header::CONTENT_TYPE, *content_type);
            if let Some(origin) = &self.origin {
                request = request.header(header::ORIGIN, origin);
            }
        }
        let body = body.map_or_else(Body::empty, |(_, body)| body);
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Browsers put other methods into the query of a post.
        let overridden = path.split_once("_method=").map(|(_, rest)| rest);
        self.heard.lock().unwrap().push(Heard {
            method: overridden
                .map_or(method, |it| it.split('&').next().unwrap())
                .to_owned(),
            path: path.to_owned(),
            status: parts.status,
            text: text.clone(),
        });
        Answer {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    /// The answer's own part of the envelope.
    pub fn response(&self) -> &Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text);
        &self.json["response"]
    }

    /// Status, code and parameter of the first error.
    pub fn error(&self) -> (u16, &str, Option<&str>) {
        let error = &self.json["errors"][0];
        let code = error["code"].as_str();
        (
            self.status.as_u16(),
            code.unwrap_or_else(|| panic!("no error: {}", self.text)),
            error["meta"]["param_name"].as_str(),
        )
    }

    /// Where a 303 points.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers[header::LOCATION].to_str().unwrap()
    }
}
