//! An application with the proxy, before a frontend API of its own; both on free ports.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::Response,
};
use clerk::{
    BoxFuture,
    keys::{ProxyUrl, SecretKey},
    proxy::{FrontendApiProxy, ProxyOptions},
};
use http::{StatusCode, request::Parts};
use http_body_util::BodyExt;
use reqwest::{Client, RequestBuilder, redirect};
use serde_json::Value;

pub const SECRET: &str = "sk_test_of_the_proxy";
/// Longer than anything here takes, and shorter than anybody waits.
pub const LONG: Duration = Duration::from_secs(20);

/// Both, as a test sees them.
pub struct Proxied {
    /// Where the application listens.
    pub application: SocketAddr,
    /// Where the frontend API listens.
    pub upstream: SocketAddr,
    seen: Arc<Mutex<Vec<(Parts, Bytes)>>>,
    browser: Client,
}

impl Proxied {
    /// A frontend API that reads every request whole and answers with `answer`.
    pub async fn answering(answer: fn() -> Response) -> Self {
        Self::start(answer, |_| {}).await
    }

    pub async fn start(answer: fn() -> Response, change: impl FnOnce(&mut ProxyOptions)) -> Self {
        let seen = Arc::<Mutex<Vec<(Parts, Bytes)>>>::default();
        let record = Arc::clone(&seen);
        let upstream = Router::new().fallback(move |request: Request| async move {
            let (parts, body) = request.into_parts();
            if let Ok(body) = body.collect().await {
                record.lock().unwrap().push((parts, body.to_bytes()));
            }
            answer()
        });
        let mut proxied = Self::before(upstream, change).await;
        proxied.seen = seen;
        proxied
    }

    /// A frontend API of any kind.
    pub async fn before(upstream: Router, change: impl FnOnce(&mut ProxyOptions)) -> Self {
        let upstream = listen(upstream).await;
        let mut options = ProxyOptions::new(
            SecretKey::parse(SECRET).unwrap(),
            ProxyUrl::parse("/__clerk").unwrap(),
        );
        options.upstream = Some(format!("http://{upstream}").parse().unwrap());
        options.public_origin = Some("https://app.test".parse().unwrap());
        change(&mut options);
        let proxy = FrontendApiProxy::new(options).unwrap();
        let application = Router::new()
            .nest_service("/__clerk", proxy)
            .fallback(|| async { "the application" });
        Self {
            application: listen(application).await,
            upstream,
            seen: Arc::default(),
            browser: Client::builder()
                .redirect(redirect::Policy::none())
                .timeout(LONG)
                .build()
                .unwrap(),
        }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.browser.get(self.url(path))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.browser.post(self.url(path))
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.application)
    }

    /// The last request that reached the frontend API, and its body.
    pub fn seen(&self) -> (Parts, Bytes) {
        let mut seen = self.seen.lock().unwrap();
        seen.pop().expect("nothing reached the frontend API")
    }

    pub fn seen_nothing(&self) -> bool {
        self.seen.lock().unwrap().is_empty()
    }

    /// Writes a request as it is, which no client would, and reads the answer.
    pub fn raw(&self, request: String) -> BoxFuture<'static, String> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let address = self.application;
        Box::pin(async move {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.unwrap();
            String::from_utf8(answer).unwrap()
        })
    }
}

async fn listen(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    address
}

/// The status and the words of an answer of the proxy's own.
pub async fn error(response: reqwest::Response) -> (StatusCode, String) {
    let status = response.status();
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body["errors"][0]["code"], "proxy_request_failed");
    let message = body["errors"][0]["message"].as_str().unwrap().to_owned();
    (status, message)
}

pub fn empty() -> Response {
    Response::new(Body::empty())
}
