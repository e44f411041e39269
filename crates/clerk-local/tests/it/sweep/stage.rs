//! Somebody with a little of everything.

use axum::{
    Router,
    body::{Body, to_bytes},
};
use clerk_local::state::{Client, NewUser, User};
use http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;
use url::form_urlencoded;

use crate::browser::{ORIGIN, World};

/// A person in a browser, with all that can be made without a password.
pub struct Stage {
    pub user: User,
    pub client: Client,
    pub session_id: String,
    /// Every identifier that stands for something of this person.
    pub ids: Vec<String>,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy)]
pub enum Sender<'a> {
    /// A browser that the instance does not know.
    Nobody,
    /// A browser with this token.
    Browser(&'a str),
    /// A backend with this key.
    Backend(&'a str),
}

/// One request.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub sender: Sender<'a>,
    pub method: &'a str,
    /// With its query.
    pub uri: String,
    /// Content type and body.
    pub body: Option<(String, Vec<u8>)>,
}

impl Ask<'_> {
    /// Sends it; a panic of a route is a panic here.
    pub async fn send(&self, router: &Router) -> (StatusCode, String) {
        let mut request = Request::builder()
            .method(self.method)
            .uri(&self.uri)
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, ORIGIN);
        match self.sender {
            Sender::Nobody => {}
            Sender::Browser(token) => {
                request = request.header(header::COOKIE, format!("__clerk_db_jwt={token}"));
            }
            Sender::Backend(key) => {
                request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
            }
        }
        let mut bytes = Vec::new();
        if let Some((kind, body)) = &self.body {
            request = request.header(header::CONTENT_TYPE, kind);
            bytes.clone_from(body);
        }
        let request = request.body(Body::from(bytes)).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let headers = format!("{:?}", parts.headers);
        (
            parts.status,
            format!("{headers}\n{}", String::from_utf8_lossy(&body)),
        )
    }
}

/// A form body.
pub fn form(fields: &[(&str, &str)]) -> Option<(String, Vec<u8>)> {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let kind = "application/x-www-form-urlencoded".to_owned();
    Some((kind, body.into_bytes()))
}

impl Stage {
    /// Makes the person; `mark` is in every text that is theirs.
    pub async fn set(world: &World, router: &Router, mark: &str) -> Self {
        let state = world.clerk.state();
        let user = state
            .create_user(NewUser {
                email: format!("{mark}@example.com"),
                email_verified: true,
                first_name: Some(format!("{mark} first")),
                last_name: Some(format!("{mark} last")),
                public_metadata: Some(json!({ "mark": mark })),
                private_metadata: Some(json!({ "mark": mark })),
                unsafe_metadata: Some(json!({ "mark": mark })),
                ..NewUser::default()
            })
            .await
            .unwrap();
        let client = state.create_client().await.unwrap();
        let session = state.create_session(&client, &user).await.unwrap();
        let mut stage = Self {
            ids: vec![
                user.id.clone(),
                client.id.clone(),
                session.id.clone(),
                user.email_addresses[0].id.clone(),
            ],
            session_id: session.id,
            user,
            client,
        };
        stage.furnish(router, mark).await;
        stage.attempts(world, router, mark).await;
        stage
    }

    /// Things that the person makes in their browser.
    async fn furnish(&mut self, router: &Router, mark: &str) {
        let name = format!("{mark} works");
        let fields = [("name", name.as_str()), ("slug", mark)];
        let org = self.make(router, "/v1/organizations", &fields).await;
        let org = org["id"].as_str().unwrap().to_owned();
        self.ids.push(mark.to_owned());
        let touch = format!("/v1/client/sessions/{}/touch", self.session_id);
        self.make(router, &touch, &[("active_organization_id", &org)])
            .await;
        let mail = format!("{mark}-guest@example.com");
        let guest = [("email_address", mail.as_str()), ("role", "org:member")];
        self.make(
            router,
            &format!("/v1/organizations/{org}/invitations"),
            &guest,
        )
        .await;
        let mail = format!("{mark}-second@example.com");
        let second = [("email_address", mail.as_str())];
        self.make(router, "/v1/me/email_addresses", &second).await;
        let account = [("strategy", "oauth_github"), ("redirect_url", "/x")];
        let account = self
            .make(router, "/v1/me/external_accounts", &account)
            .await;
        self.ids
            .push(account["identification_id"].as_str().unwrap().to_owned());
    }

    /// Attempts under way in another browser of the person.
    async fn attempts(&mut self, world: &World, router: &Router, mark: &str) {
        let state = world.clerk.state();
        let other = state.create_client().await.unwrap();
        self.ids.push(other.id.clone());
        let mail = format!("{mark}@example.com");
        let fresh = format!("{mark}-new@example.com");
        for (path, key, value) in [
            ("/v1/client/sign_ins", "identifier", mail.as_str()),
            ("/v1/client/sign_ups", "email_address", fresh.as_str()),
        ] {
            let ask = Ask {
                sender: Sender::Browser(&other.token),
                method: "POST",
                uri: path.to_owned(),
                body: form(&[(key, value)]),
            };
            let (status, text) = ask.send(router).await;
            // Rate limits may hold an attempt back; the others have shown the route.
            if status != StatusCode::TOO_MANY_REQUESTS {
                assert_eq!(status, StatusCode::OK, "{path}: {text}");
                self.ids
                    .push(answered(&text)["id"].as_str().unwrap().to_owned());
            }
        }
    }

    /// A change in the person's browser; its id is noted.
    async fn make(&mut self, router: &Router, path: &str, fields: &[(&str, &str)]) -> Value {
        let ask = Ask {
            sender: Sender::Browser(&self.client.token),
            method: "POST",
            uri: path.to_owned(),
            body: form(fields),
        };
        let (status, text) = ask.send(router).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        let made = answered(&text);
        if let Some(id) = made["id"].as_str() {
            self.ids.push(id.to_owned());
        }
        made
    }

    /// What the person's own browser sees of them.
    pub async fn seen(&self, router: &Router) -> Value {
        let mut seen = Vec::new();
        for path in [
            "/v1/me",
            "/v1/client",
            "/v1/me/organization_memberships",
            "/v1/me/sessions/active",
        ] {
            let ask = Ask {
                sender: Sender::Browser(&self.client.token),
                method: "GET",
                uri: path.to_owned(),
                body: None,
            };
            let (status, text) = ask.send(router).await;
            assert_eq!(status, StatusCode::OK, "{path}: {text}");
            let mut body: Value = serde_json::from_str(text.split_once('\n').unwrap().1).unwrap();
            without_tokens(&mut body);
            seen.push(body);
        }
        Value::Array(seen)
    }
}

/// The `response` of an answer.
fn answered(text: &str) -> Value {
    let body: Value = serde_json::from_str(text.split_once('\n').unwrap().1).unwrap();
    body["response"].clone()
}

/// Each answer mints another token.
fn without_tokens(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("jwt");
            members.values_mut().for_each(without_tokens);
        }
        Value::Array(items) => items.iter_mut().for_each(without_tokens),
        _ => {}
    }
}
