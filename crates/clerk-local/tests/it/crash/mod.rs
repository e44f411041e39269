//! Whatever ends a request half-way leaves the file as it was: each request here is made again and
//! again, with its first write failing, then its second, and so on until it gets through.

mod file;
mod flows;
mod people;

use crate::browser::{Answer, Browser, World};
use file::File;

/// A request that can be made more than once.
pub struct Request {
    pub browser: Browser,
    path: String,
    body: Body,
}

enum Body {
    None,
    Form(Vec<(String, String)>),
    Json(String),
}

impl Request {
    pub fn get(browser: Browser, path: &str) -> Self {
        Self {
            browser,
            path: path.to_owned(),
            body: Body::None,
        }
    }

    pub fn post(browser: Browser, path: &str, fields: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            browser,
            path: path.to_owned(),
            body: Body::Form(fields.iter().map(owned).collect()),
        }
    }

    /// Of the application's server.
    pub fn backend(world: &World, path: &str, body: serde_json::Value) -> Self {
        let mut browser = world.stranger();
        let secret = format!("Bearer {}", world.clerk.secret_key().expose());
        browser.headers.push(("authorization", secret.leak()));
        Self {
            browser,
            path: format!("/backend{path}"),
            body: Body::Json(body.to_string()),
        }
    }

    async fn send(&mut self) -> Answer {
        match &self.body {
            Body::None => self.browser.get(&self.path).await,
            Body::Json(text) => {
                let (path, json) = (&self.path, "application/json");
                self.browser.upload(path, json, text.clone()).await
            }
            Body::Form(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                self.browser.post(&self.path, &fields).await
            }
        }
    }
}

/// Makes the request fail at each of its writes in turn; gives what came of it in the end.
async fn whole_or_not_at_all(world: &World, mut request: Request) -> Answer {
    let file = File::of(world).await;
    let before = file.content().await;
    for number in 1..200 {
        file.fail_at(number).await;
        let answer = request.send().await;
        if answer.status.is_server_error() {
            let after = file.content().await;
            for (table, rows) in &before {
                let path = &request.path;
                assert_eq!(rows, &after[table], "{path}, write {number}: {table}");
            }
            continue;
        }
        file.fail_at(0).await;
        let went_through = answer.status.is_success() || answer.status.is_redirection();
        assert!(went_through, "{}: {}", answer.status, answer.text);
        assert!(number > 2, "{} writes but once", request.path);
        return answer;
    }
    panic!("{} never got through", request.path);
}
