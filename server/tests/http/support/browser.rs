//! A browser without JavaScript: keeps cookies and follows redirects, one hop after the other.

use std::collections::BTreeMap;

use reqwest::{Method, Response, StatusCode};
use url::Url;

use super::{Person, TestServer};

/// More hops than any walk of ours needs.
const MAX_HOPS: usize = 8;

pub struct Browser<'a> {
    server: &'a TestServer,
    pub cookies: BTreeMap<String, String>,
    /// Each address that was asked for, in order.
    pub visited: Vec<String>,
}

impl<'a> Browser<'a> {
    /// A browser that comes back from the account portal, where `person` signed in, to `path`:
    /// the address tells the application which dev browser it is (Clerk: `dev-browser-sync`).
    pub async fn from_portal(server: &'a TestServer, person: &Person, path: &str) -> Self {
        let mut browser = Self {
            server,
            cookies: BTreeMap::new(),
            visited: Vec::new(),
        };
        let separator = if path.contains('?') { '&' } else { '?' };
        let address = format!("{path}{separator}__clerk_db_jwt={}", person.dev_browser);
        let page = browser.open(&address).await;
        assert_eq!(page.status(), StatusCode::OK, "{:?}", browser.visited);
        browser
    }

    /// Opens a page and follows wherever it leads.
    pub async fn open(&mut self, path: &str) -> Response {
        let first = self.send(Method::GET, path, &[]).await;
        self.follow(first).await
    }

    /// Submits a form of our own page and follows wherever it leads.
    pub async fn submit(&mut self, path: &str, form: &[(&str, &str)]) -> Response {
        let first = self.send(Method::POST, path, form).await;
        self.follow(first).await
    }

    async fn follow(&mut self, mut answer: Response) -> Response {
        for _ in 0..MAX_HOPS {
            let Some(location) = answer.headers().get("location") else {
                return answer;
            };
            let base = Url::parse(&self.server.origin).expect("an origin");
            let to = base
                .join(location.to_str().expect("an address"))
                .expect("an address");
            assert_eq!(to.origin(), base.origin(), "led away to {to}");
            let path = to[url::Position::BeforePath..].to_owned();
            answer = self.send(Method::GET, &path, &[]).await;
        }
        panic!("no end of redirects: {:?}", self.visited);
    }

    async fn send(&mut self, method: Method, path: &str, form: &[(&str, &str)]) -> Response {
        self.visited.push(path.to_owned());
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self
            .server
            .request(method.clone(), path)
            .header("sec-fetch-dest", "document")
            .header("cookie", cookies.join("; "));
        if method == Method::POST {
            request = request.header("origin", &self.server.origin).form(form);
        }
        let answer = request.send().await.expect("an answer");
        assert_ne!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        for line in answer.headers().get_all("set-cookie") {
            self.keep(line.to_str().expect("a cookie"));
        }
        answer
    }

    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        let attributes = attributes.to_ascii_lowercase();
        if attributes.contains("max-age=0") || attributes.contains("1970") || value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
