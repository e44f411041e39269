//! A small world for one test: an instance, a clock, a backend, and requests.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use clerk::{
    BoxFuture,
    authenticate::{
        AuthenticateOptions, Authenticator, Backend, BackendError, RefreshSession, RequestState,
    },
    clock::ManualClock,
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::{InstanceKind, ProxyUrl},
    machine::{MachineToken, MachineTokenError, TokenType},
    models::{ApiKey, M2mToken, OAuthAccessToken},
    test_util::TestInstance,
};
use http::{HeaderName, HeaderValue, Request, request::Parts};
use serde_json::{Value, json};
use url::Url;

pub const HOST: &str = "clerk.tests.lcl.dev";
/// The present, in unix seconds.
pub const NOW: i64 = 1_700_000_000;

/// A backend that answers what it is told to, and remembers what it was asked.
#[derive(Default)]
pub struct FakeBackend {
    pub jwks: Mutex<JsonWebKeySet>,
    pub payload: Mutex<Option<Vec<String>>>,
    pub refreshed: Mutex<Option<Result<Vec<String>, BackendError>>>,
    pub nonces: Mutex<Vec<String>>,
    pub refreshes: Mutex<Vec<(SessionId, RefreshSession)>>,
    /// What an opaque machine token stands for; not found if it is not there.
    pub machines: Mutex<HashMap<String, Result<MachineToken, MachineTokenError>>>,
    pub asked_machines: Mutex<Vec<(TokenType, String)>>,
}

impl Backend for FakeBackend {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        let keys = self.jwks.lock().unwrap().clone();
        Box::pin(async move { Ok(keys) })
    }

    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        self.nonces.lock().unwrap().push(nonce.to_owned());
        let payload = self.payload.lock().unwrap().clone();
        Box::pin(async move {
            payload.ok_or_else(|| BackendError::Refused {
                code: "resource_not_found".to_owned(),
            })
        })
    }

    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        self.refreshes
            .lock()
            .unwrap()
            .push((session.clone(), refresh));
        let answer = self.refreshed.lock().unwrap().clone();
        Box::pin(async move { answer.expect("a refresh was not expected") })
    }

    fn verify_machine_token<'a>(
        &'a self,
        kind: TokenType,
        token: &'a str,
    ) -> BoxFuture<'a, Result<MachineToken, MachineTokenError>> {
        let mut asked = self.asked_machines.lock().unwrap();
        asked.push((kind, token.to_owned()));
        let known = self.machines.lock().unwrap().get(token).cloned();
        Box::pin(async move { known.unwrap_or(Err(MachineTokenError::TokenInvalid(kind))) })
    }
}

pub struct World {
    pub instance: TestInstance,
    pub clock: ManualClock,
    pub backend: Arc<FakeBackend>,
    pub options: AuthenticateOptions,
}

impl World {
    pub fn new(kind: InstanceKind) -> Self {
        let instance = TestInstance::new(kind, HOST);
        let clock = ManualClock::at(NOW * 1_000);
        let backend = Arc::new(FakeBackend::default());
        *backend.jwks.lock().unwrap() = instance.jwks();
        let mut options = AuthenticateOptions::new(instance.publishable_key().clone());
        options.clock = clock.shared();
        options.public_origin = Some(Url::parse("http://localhost:3000").unwrap());
        options.proxy_url = Some(ProxyUrl::parse("/__clerk").unwrap());
        Self {
            instance,
            clock,
            backend,
            options,
        }
    }

    pub fn development() -> Self {
        Self::new(InstanceKind::Development)
    }

    pub fn production() -> Self {
        Self::new(InstanceKind::Production)
    }

    pub fn suffix(&self) -> &str {
        self.instance.publishable_key().cookie_suffix()
    }

    /// A token made `age` seconds ago, for 60 seconds.
    pub fn token(&self, age: i64) -> String {
        self.instance.mint(&self.instance.claims(NOW - age))
    }

    /// A token that an instance of ours or a stranger's signed for a machine.
    pub fn m2m_jwt(
        &self,
        instance: &TestInstance,
        change: impl FnOnce(&mut Value, &mut Value),
    ) -> String {
        let mut header = json!({
            "alg": "RS256", "kid": instance.kid(), "typ": "JWT", "cat": "cl_B7d4PD333AAA",
        });
        let mut claims = json!({
            "iss": "https://clerk.tests.lcl.dev", "sub": "mch_1", "jti": "mt_jwt", "iat": NOW,
            "nbf": NOW, "exp": NOW + 3_600, "aud": ["mch_2"], "scopes": "mch_2 mch_3",
            "permissions": ["read"],
        });
        change(&mut header, &mut claims);
        instance.mint_with_header(&header, &claims)
    }

    /// A token that an OAuth application got for a user.
    pub fn oauth_jwt(
        &self,
        instance: &TestInstance,
        change: impl FnOnce(&mut Value, &mut Value),
    ) -> String {
        let mut header = json!({ "alg": "RS256", "kid": instance.kid(), "typ": "at+jwt" });
        let mut claims = json!({
            "iss": "https://clerk.tests.lcl.dev", "sub": "user_2", "jti": "oat_jwt", "iat": NOW,
            "exp": NOW + 3_600, "client_id": "client_1", "scope": "openid profile",
        });
        change(&mut header, &mut claims);
        instance.mint_with_header(&header, &claims)
    }

    /// Makes Clerk vouch for `ak_good`, `mt_good` and `oat_good`.
    pub fn knows_opaque_tokens(&self) {
        let scopes = vec!["read:widgets".to_owned()];
        let key = ApiKey {
            id: "ak_id".to_owned(),
            subject: "org_1".to_owned(),
            scopes: scopes.clone(),
            ..ApiKey::default()
        };
        let m2m = M2mToken {
            id: "mt_id".to_owned(),
            subject: "mch_1".to_owned(),
            scopes: vec!["mch_2".to_owned()],
            ..M2mToken::default()
        };
        let oauth = OAuthAccessToken {
            id: "oat_id".to_owned(),
            subject: "user_2".to_owned(),
            client_id: "client_1".to_owned(),
            scopes,
            ..OAuthAccessToken::default()
        };
        self.clerk_says("ak_good", Ok(MachineToken::ApiKey(key)));
        self.clerk_says("mt_good", Ok(MachineToken::M2m(m2m)));
        self.clerk_says("oat_good", Ok(MachineToken::OAuth(oauth)));
    }

    /// Sets what Clerk answers about an opaque token.
    pub fn clerk_says(&self, token: &str, answer: Result<MachineToken, MachineTokenError>) {
        let mut machines = self.backend.machines.lock().unwrap();
        machines.insert(token.to_owned(), answer);
    }

    pub fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.options.clone(), self.backend.clone())
    }

    pub async fn decide(&self, request: Page) -> RequestState {
        self.authenticator()
            .authenticate(&request.parts())
            .await
            .unwrap()
    }
}

/// A request, by default the load of a page.
#[derive(Clone)]
pub struct Page {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
}

impl Page {
    pub fn at(uri: &str) -> Self {
        let headers = vec![
            ("host".to_owned(), "localhost:3000".to_owned()),
            ("sec-fetch-dest".to_owned(), "document".to_owned()),
            ("accept".to_owned(), "text/html".to_owned()),
        ];
        let (method, cookies) = ("GET".to_owned(), Vec::new());
        Self {
            method,
            uri: uri.to_owned(),
            headers,
            cookies,
        }
    }

    pub fn method(mut self, method: &str) -> Self {
        self.method = method.to_owned();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push(format!("{name}={value}"));
        self
    }

    /// A call by a script, which must not be redirected.
    pub fn by_script(self) -> Self {
        self.header("sec-fetch-dest", "empty")
            .header("accept", "*/*")
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// The cookies of a signed-in browser, plain.
    pub fn signed_in(self, token: &str, uat: i64) -> Self {
        self.cookie("__session", token)
            .cookie("__client_uat", &uat.to_string())
            .cookie("__clerk_db_jwt", "dvb_1")
    }

    pub fn request<B>(self, body: B) -> Request<B> {
        let mut request = Request::builder()
            .method(self.method.as_str())
            .uri(&self.uri);
        let headers = request.headers_mut().unwrap();
        for (name, value) in self.headers {
            let name = HeaderName::try_from(name).unwrap();
            headers.append(name, HeaderValue::try_from(value).unwrap());
        }
        if !self.cookies.is_empty() {
            headers.append("cookie", self.cookies.join("; ").parse().unwrap());
        }
        request.body(body).unwrap()
    }

    pub fn parts(self) -> Parts {
        self.request(()).into_parts().0
    }
}

/// Every `Set-Cookie` line of a decision.
pub fn set_cookies(state: &RequestState) -> Vec<String> {
    let lines = state.headers().get_all("set-cookie").iter();
    lines
        .map(|line| line.to_str().unwrap().to_owned())
        .collect()
}

/// One parameter of the address a decision redirects to.
pub fn location_query(state: &RequestState, name: &str) -> Option<String> {
    let url = Url::parse(state.location()?).unwrap();
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
