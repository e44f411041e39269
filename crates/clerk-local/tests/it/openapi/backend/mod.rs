//! Every route of the backend API.

mod factors;
mod machines;
mod organizations;
mod people;
mod roles;
mod sessions;

use std::cell::RefCell;

use axum::body::Body;
use http::{Request, header};
use serde_json::{Value, json};

use super::{ledger::Ledger, shapes::Api};
use crate::{
    browser::World,
    support::{Answer, Local},
};

/// One pixel.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A backend that notes what it is answered.
struct Caller {
    /// For what people do in their browsers.
    world: World,
    local: Local,
    ledger: RefCell<Ledger>,
}

impl Caller {
    async fn new() -> Self {
        let world = World::new().await;
        let local = Local {
            clerk: world.clerk.clone(),
            clock: world.clock.clone(),
            folder: tempfile::tempdir().unwrap(),
        };
        Self {
            world,
            local,
            ledger: RefCell::new(Ledger::new(Api::Backend)),
        }
    }

    /// Calls a route, whatever it answers; `args` fill the braces of its pattern in their order.
    async fn ask(&self, method: &str, path: &str, args: &[&str], body: Option<Value>) -> Answer {
        let path = filled(path, args);
        let answer = self.local.backend(method, &path, body).await;
        self.hear(method, &path, &answer);
        answer
    }

    /// As [`Caller::ask`], with a good answer.
    async fn call(&self, method: &str, path: &str, args: &[&str], body: Option<Value>) -> Value {
        let answer = self.ask(method, path, args, body).await;
        assert!(
            answer.status.is_success(),
            "{method} {path}: {}",
            answer.text
        );
        answer.json()
    }

    /// Sends a picture.
    async fn picture(&self, method: &str, path: &str, args: &[&str]) {
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\n";
        let body = [head.as_bytes(), GIF, b"\r\n--b--\r\n"].concat();
        let kind = "multipart/form-data; boundary=b";
        let secret = self.local.clerk.secret_key();
        let path = filled(path, args);
        let answer = self.send(method, &path, secret.expose(), kind, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }

    /// Calls a route with another key than the instance's.
    async fn post_with_key(&self, key: &str, path: &str, body: Value) -> Value {
        let body = body.to_string().into_bytes();
        let answer = self.send("POST", path, key, "application/json", body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer.json()
    }

    async fn send(&self, method: &str, path: &str, key: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/__clerk/backend{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {key}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body));
        let answer = self.local.send(request.unwrap()).await;
        self.hear(method, path, &answer);
        answer
    }

    fn hear(&self, method: &str, path: &str, answer: &Answer) {
        let mut ledger = self.ledger.borrow_mut();
        ledger.hear(method, path, answer.status, &answer.text);
    }

    async fn get(&self, path: &str, args: &[&str]) -> Value {
        self.call("GET", path, args, None).await
    }

    async fn post(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("POST", path, args, Some(body)).await
    }

    async fn patch(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("PATCH", path, args, Some(body)).await
    }

    async fn put(&self, path: &str, args: &[&str], body: Value) -> Value {
        self.call("PUT", path, args, Some(body)).await
    }

    async fn delete(&self, path: &str, args: &[&str]) -> Value {
        self.call("DELETE", path, args, None).await
    }
}

fn filled(path: &str, args: &[&str]) -> String {
    args.iter()
        .fold(path.to_owned(), |path, arg| path.replacen("{}", arg, 1))
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[tokio::test]
async fn every_route_answers_as_published() {
    let caller = Caller::new().await;
    let ada = people::people(&caller).await;
    organizations::organizations(&caller, &ada).await;
    roles::roles(&caller).await;
    sessions::sessions(&caller, &ada).await;
    sessions::renewal(&caller).await;
    factors::factors(&caller).await;
    machines::machines(&caller, &ada).await;
    caller.delete("/v1/users/{}", &[&ada]).await;
    caller.ledger.into_inner().close();
}

#[tokio::test]
async fn refusals_are_as_published() {
    let caller = Caller::new().await;
    for (method, path, body) in [
        ("GET", "/v1/users/user_none", None),
        ("GET", "/v1/users?limit=x", None),
        ("POST", "/v1/users", Some(json!({}))),
        ("POST", "/v1/users", Some(json!([]))),
        ("POST", "/v1/m2m_tokens", Some(json!({}))),
        ("POST", "/v1/invitations/bulk", Some(json!([{}]))),
        ("DELETE", "/v1/machines/mch_none", None),
    ] {
        let answer = caller.ask(method, path, &[], body).await;
        assert!(answer.status.is_client_error(), "{method} {path}");
    }
    caller.ledger.into_inner().check();
}
