//! A server that writes down what it is asked, and a client of it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
};
use clerk::{
    api::{ApiClient, ApiOptions},
    keys::SecretKey,
};
use http_body_util::BodyExt;

type Answer = Arc<dyn Fn(&str) -> Response + Send + Sync>;

#[derive(Clone)]
pub struct Server {
    answer: Answer,
    /// `METHOD path?query body`
    pub asked: Arc<Mutex<Vec<String>>>,
    pub headers: Arc<Mutex<Option<http::HeaderMap>>>,
}

async fn record(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let target = parts.uri.path_and_query().unwrap().to_string();
    let line = format!(
        "{} {target} {}",
        parts.method,
        String::from_utf8_lossy(&body)
    );
    server.asked.lock().unwrap().push(line.trim().to_owned());
    *server.headers.lock().unwrap() = Some(parts.headers);
    (server.answer)(&target)
}

/// A client, and the server it asks, which gives `answer` to a path with its parameters.
pub async fn serve(
    answer: impl Fn(&str) -> Response + Send + Sync + 'static,
) -> (ApiClient, Server) {
    serve_with(|_| {}, answer).await
}

/// The same with other options.
pub async fn serve_with(
    change: impl FnOnce(&mut ApiOptions),
    answer: impl Fn(&str) -> Response + Send + Sync + 'static,
) -> (ApiClient, Server) {
    let server = Server {
        answer: Arc::new(answer),
        asked: Arc::default(),
        headers: Arc::default(),
    };
    let router = Router::new().fallback(record).with_state(server.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let url = format!("http://{address}/__clerk/backend/")
        .parse()
        .unwrap();
    let mut options = ApiOptions::at(url, SecretKey::parse("sk_test_abc").unwrap());
    options.timeout = Duration::from_secs(5);
    // Repeats follow at once.
    options.retry.base_delay = Duration::ZERO;
    change(&mut options);
    (ApiClient::new(options).unwrap(), server)
}

impl Server {
    /// What was asked, without the address that all calls begin with.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let shortened = asked
            .iter()
            .map(|line| line.replacen("/__clerk/backend", "", 1));
        shortened.collect()
    }
}
