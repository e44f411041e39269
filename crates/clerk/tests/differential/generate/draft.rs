//! A case in the making: what scenes set up and mutations change.

use clerk::{keys::InstanceKind, test_util::TestInstance};
use fastrand::Rng;
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use super::mint::{self, Mint, pick};
use crate::case::{Answer, Answers, Case, Options, Request};

/// The present of all cases, in unix seconds.
const NOW: i64 = 1_700_000_000;

const FRONTEND_APIS: [&str; 4] = [
    "clerk.example.com",
    "happy-hippo-1.clerk.accounts.dev",
    "clerk.tests.lcl.dev",
    "clerk.clerk-shop.example.com",
];

/// A case whose parts are still apart.
pub struct Draft<'m> {
    pub rng: Rng,
    pub mint: &'m mut Mint,
    pub instance: TestInstance,
    /// The same instance with another key.
    pub forger: TestInstance,
    pub kind: InstanceKind,
    pub now_ms: i64,
    pub method: &'static str,
    pub path: String,
    /// Parameters as they stand in the address.
    pub query: Vec<String>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Pairs as they stand in the `Cookie` header.
    pub cookies: Vec<(String, String)>,
    pub options: Options,
    pub answers: Answers,
}

impl<'m> Draft<'m> {
    /// The first load of a page by a browser that has no cookies.
    pub fn new(rng: Rng, mint: &'m mut Mint) -> Self {
        let mut rng = rng;
        let kind = pick(
            &mut rng,
            &[InstanceKind::Development, InstanceKind::Production],
        );
        let host = pick(&mut rng, &FRONTEND_APIS);
        let instance = TestInstance::new(kind, host);
        let options = Options {
            publishable_key: instance.publishable_key().to_string(),
            secret_key: match kind {
                InstanceKind::Development => "sk_test_good".to_owned(),
                InstanceKind::Production => "sk_live_good".to_owned(),
            },
            ..Options::default()
        };
        let answers = Answers {
            jwks: Answer::json(200, &json!(instance.jwks())),
            handshake_payload: Answer::json(404, &refusal("resource_not_found")),
            refresh: Answer::json(400, &refusal("refresh_not_expected")),
            api_key: Answer::json(404, &refusal("resource_not_found")),
            m2m_token: Answer::json(404, &refusal("resource_not_found")),
            oauth_token: Answer::json(404, &refusal("resource_not_found")),
        };
        let mut draft = Self {
            forger: TestInstance::foreign(kind, host),
            now_ms: NOW * 1_000 + pick(&mut rng, &[0, 1, 499, 500, 999]),
            method: "GET",
            path: "/dash".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            rng,
            mint,
            instance,
            kind,
            options,
            answers,
        };
        draft.set_header("host", "localhost:3000");
        draft.set_header("sec-fetch-dest", "document");
        draft.set_header("accept", "text/html,application/xhtml+xml");
        if draft.chance(30) {
            draft.options.jwt_key = Some(draft.instance.public_key_pem());
        }
        draft
    }

    /// The whole case.
    pub fn finish(mut self) -> Case {
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            let lines = if self.rng.u8(..20) == 0 {
                pairs
            } else {
                vec![pairs.join("; ")]
            };
            let lines = lines
                .iter()
                .map(|line| ("cookie".to_owned(), line.trim().to_owned()));
            self.headers.extend(lines);
        }
        let mut target = self.path;
        if !self.query.is_empty() {
            target = format!("{target}?{}", self.query.join("&"));
        }
        let method = self.method.to_owned();
        Case {
            now_ms: self.now_ms,
            request: Request {
                method,
                target,
                headers: self.headers,
            },
            options: self.options,
            answers: self.answers,
        }
    }

    pub fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    pub fn any<T: Clone>(&mut self, from: &[T]) -> T {
        pick(&mut self.rng, from)
    }

    pub fn is_development(&self) -> bool {
        self.kind == InstanceKind::Development
    }

    pub fn now(&self) -> i64 {
        NOW
    }

    pub fn suffix(&self) -> String {
        self.instance.publishable_key().cookie_suffix().to_owned()
    }

    pub fn set_header(&mut self, name: &str, value: &str) {
        self.drop_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn drop_header(&mut self, name: &str) {
        self.headers.retain(|(known, _)| known != name);
    }

    pub fn cookie(&mut self, name: &str, value: &str) {
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// The same cookie under its own name, under the instance's, or both.
    pub fn twin_cookie(&mut self, name: &str, value: &str, twins: Twins) {
        if twins != Twins::Suffixed {
            self.cookie(name, value);
        }
        if twins != Twins::Plain {
            let name = format!("{name}_{}", self.suffix());
            self.cookie(&name, value);
        }
    }

    pub fn parameter(&mut self, name: &str, value: &str) {
        let value: String = byte_serialize(value.as_bytes()).collect();
        self.query.push(format!("{name}={value}"));
    }

    /// A token made `age` seconds ago.
    pub fn token(&mut self, age: i64) -> String {
        let claims = mint::claims(&mut self.rng, &self.instance, NOW - age);
        let mut header = mint::header();
        if self.chance(3) {
            header["alg"] = self.any(&[json!("RS384"), json!("RS512")]);
        }
        self.mint.sign(&self.instance, &header, &claims)
    }

    /// A token in any state at all.
    pub fn any_token(&mut self) -> String {
        let age = self.any(&[
            0, 1, 30, 59, 60, 61, 64, 65, 66, 300, 80_000, 90_000, -4, -6, -300,
        ]);
        let mut claims = mint::claims(&mut self.rng, &self.instance, NOW - age);
        match self.rng.u8(..13) {
            0..=2 => self.mint.sign(&self.instance, &mint::header(), &claims),
            3..=5 => {
                mint::spoil(&mut self.rng, &mut claims, NOW);
                self.mint.sign(&self.instance, &mint::header(), &claims)
            }
            6 | 7 => {
                let header = mint::odd_header(&mut self.rng);
                self.mint.sign(&self.instance, &header, &claims)
            }
            8 => self.forger.mint(&claims),
            9 | 10 => {
                let token = self.mint.sign(&self.instance, &mint::header(), &claims);
                mint::tamper(&mut self.rng, &token)
            }
            11 => mint::doubled(&mut self.rng, &self.instance, &claims),
            _ => mint::garbage(&mut self.rng),
        }
    }
}

/// Under which names a cookie is there.
#[derive(Clone, Copy, PartialEq)]
pub enum Twins {
    Plain,
    Suffixed,
    Both,
}

impl Twins {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Suffixed, Self::Both];
}

/// An error of the backend API.
pub fn refusal(code: &str) -> Value {
    let message = match code {
        "clerk_key_invalid" => "The provided Clerk Secret Key is invalid.",
        _ => "Something is wrong.",
    };
    json!({ "errors": [{ "code": code, "message": message, "long_message": message }] })
}
