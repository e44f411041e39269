//! Tokens and handshakes as a backend sees them, through the real authenticator.

use std::{collections::BTreeMap, sync::Arc};

use crate::support::{Browser, Local, ORIGIN};
use axum::body::Body;
use clerk::{
    BoxFuture,
    authenticate::{
        AuthenticateOptions, Authenticator, Backend, BackendError, RefreshSession, RequestState,
        Status,
    },
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::ProxyUrl,
};
use http::{Request, header};
use serde_json::{Value, json};
use url::Url;

/// The backend API reached without a network.
struct InProcess(Local);

impl InProcess {
    async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, BackendError> {
        let answer = self.0.backend(method, path, body).await;
        let body = answer.json();
        if answer.status.is_success() {
            return Ok(body);
        }
        let code = body["errors"][0]["code"].as_str().unwrap().to_owned();
        Err(BackendError::Refused { code })
    }
}

fn lines(body: &Value) -> Vec<String> {
    serde_json::from_value(body.clone()).unwrap()
}

impl Backend for InProcess {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        Box::pin(async {
            let body = self.ask("GET", "/v1/jwks", None).await.unwrap();
            Ok(serde_json::from_value(body).unwrap())
        })
    }

    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move {
            let path = format!("/v1/clients/handshake_payload?nonce={nonce}");
            Ok(lines(&self.ask("GET", &path, None).await?["directives"]))
        })
    }

    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move {
            let path = format!("/v1/sessions/{session}/refresh");
            let body = serde_json::to_value(refresh).unwrap();
            Ok(lines(
                &self.ask("POST", &path, Some(body)).await?["cookies"],
            ))
        })
    }
}

/// An application and a browser's cookie jar in front of it.
struct App {
    backend: Arc<InProcess>,
    authenticator: Authenticator,
    jar: BTreeMap<String, String>,
}

impl App {
    fn new(local: Local) -> Self {
        let mut options = AuthenticateOptions::new(local.clerk.publishable_key());
        options.authorized_parties = vec![ORIGIN.to_owned()];
        options.proxy_url = Some(ProxyUrl::parse("/__clerk").unwrap());
        options.public_origin = Some(Url::parse(ORIGIN).unwrap());
        options.clock = local.clock.shared();
        let backend = Arc::new(InProcess(local));
        Self {
            authenticator: Authenticator::new(options, backend.clone()),
            backend,
            jar: BTreeMap::new(),
        }
    }

    fn local(&self) -> &Local {
        &self.backend.0
    }

    fn suffix(&self) -> String {
        let key = self.local().clerk.publishable_key();
        key.cookie_suffix().to_owned()
    }

    fn cookie_header(&self) -> String {
        let pairs = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keep<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        for line in lines {
            let cookie = cookie::Cookie::parse(line.to_owned()).unwrap();
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                self.jar.remove(cookie.name());
            } else if cookie.name() != "__clerk_redirect_count" {
                self.jar
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }

    /// Asks for a page once.
    async fn visit(&mut self, url: &str) -> RequestState {
        let url = Url::parse(url).unwrap();
        let target = &url[url::Position::BeforePath..];
        let request = Request::get(target)
            .header(header::HOST, "localhost:3000")
            .header("sec-fetch-dest", "document")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, self.cookie_header())
            .body(Body::empty())
            .unwrap();
        let (parts, _) = request.into_parts();
        let state = self.authenticator.authenticate(&parts).await.unwrap();
        let lines: Vec<String> = state
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap().to_owned())
            .collect();
        self.keep(lines.iter().map(String::as_str));
        state
    }

    /// Follows redirects through the instance until the page is decided.
    async fn browse(&mut self, url: &str) -> RequestState {
        let mut url = url.to_owned();
        for _ in 0..6 {
            let state = self.visit(&url).await;
            let Some(location) = state.location() else {
                return state;
            };
            let mut next = Url::parse(ORIGIN).unwrap().join(location).unwrap();
            if next.path().starts_with("/__clerk/") {
                let request = Request::get(&next[url::Position::BeforePath..])
                    .header(header::HOST, "localhost:3000")
                    .header(header::COOKIE, self.cookie_header())
                    .body(Body::empty());
                let answer = self.local().send(request.unwrap()).await;
                assert_eq!(answer.status, 307, "{}", answer.text);
                assert_eq!(answer.header("cache-control"), Some("no-store"));
                next = Url::parse(answer.header("location").unwrap()).unwrap();
            }
            url = next.into();
        }
        panic!("the redirects do not end");
    }

    async fn sign_in(&self, email: &str) -> String {
        let local = self.local();
        let user = local.clerk.state().user_by_email(email).await.unwrap();
        let browser = Browser {
            local,
            token: self.jar["__clerk_db_jwt"].clone(),
        };
        browser.sign_in(&user.unwrap()).await
    }
}

#[tokio::test]
async fn a_first_visit_ends_signed_out_with_a_dev_browser() {
    let mut app = App::new(Local::open().await);
    let state = app.browse("http://localhost:3000/app?tab=1").await;
    assert_eq!(state.status(), Status::SignedOut);
    assert!(app.jar["__clerk_db_jwt"].starts_with("dvb_"));
    assert_eq!(app.jar["__client_uat"], "0");
    assert!(!app.jar.contains_key("__session"));
}

#[tokio::test]
async fn a_signed_in_browser_without_a_session_cookie_gets_one() {
    let local = Local::open().await;
    local.person("ada@example.com").await;
    let mut app = App::new(local);
    app.browse("http://localhost:3000/").await;
    let id = app.sign_in("ada@example.com").await;
    // The application's cookies still say "signed out"; forget them, as a portal would reset them.
    app.jar.retain(|name, _| name.starts_with("__clerk_db_jwt"));
    app.jar.insert("__client_uat".to_owned(), "1".to_owned());
    let state = app.browse("http://localhost:3000/app").await;
    let session = state.session().expect("signed in");
    assert_eq!(session.id().as_str(), id);
    assert!(session.organization().is_none());
    let suffix = app.suffix();
    for name in ["__session", "__client_uat", "__refresh", "__clerk_db_jwt"] {
        assert!(app.jar.contains_key(&format!("{name}_{suffix}")), "{name}");
    }
    // And without another round trip from now on.
    let state = app.visit("http://localhost:3000/app").await;
    assert_eq!(state.status(), Status::SignedIn);
}

/// A signed-in application with an organization, ready for time to pass.
async fn signed_in() -> (App, String) {
    let local = Local::open().await;
    let ada = local.person("ada@example.com").await;
    let bob = local.person("bob@example.com").await;
    let state = local.clerk.state();
    state
        .create_organization("Acme", None, &ada.id)
        .await
        .unwrap();
    state
        .create_organization("Globex", None, &bob.id)
        .await
        .unwrap();
    let mut app = App::new(local);
    app.browse("http://localhost:3000/").await;
    let id = app.sign_in("ada@example.com").await;
    app.jar.retain(|name, _| name.starts_with("__clerk_db_jwt"));
    app.jar.insert("__client_uat".to_owned(), "1".to_owned());
    app.browse("http://localhost:3000/app").await;
    (app, id)
}

#[tokio::test]
async fn an_expired_token_is_refreshed_on_the_server() {
    let (mut app, id) = signed_in().await;
    let suffix = app.suffix();
    let refresh = format!("__refresh_{suffix}");
    let first = app.jar[&refresh].clone();
    app.local().clock.advance(120_000);
    let before = app.jar.clone();
    let state = app.visit("http://localhost:3000/app").await;
    assert_eq!(state.session().expect("refreshed").id().as_str(), id);
    assert_ne!(app.jar[&refresh], first, "the refresh token was replaced");
    let after = app.jar.clone();

    // A parallel request with the old cookies is served within the grace period, not after it.
    app.jar = before.clone();
    app.local().clock.advance(59_000);
    let parallel = app.visit("http://localhost:3000/app").await;
    assert_eq!(parallel.status(), Status::SignedIn);
    app.jar = before;
    app.local().clock.advance(10_000);
    let late = app.visit("http://localhost:3000/app").await;
    assert_eq!(late.status(), Status::Handshake);
    app.jar = after;
    app.local().clock.advance(120_000);
    let newest = app.visit("http://localhost:3000/app").await;
    assert_eq!(newest.status(), Status::SignedIn);
}

#[tokio::test]
async fn an_expired_token_without_refresh_token_takes_the_handshake() {
    let (mut app, id) = signed_in().await;
    app.jar.retain(|name, _| !name.starts_with("__refresh"));
    app.local().clock.advance(120_000);
    let state = app.browse("http://localhost:3000/app").await;
    assert_eq!(state.session().expect("signed in").id().as_str(), id);
}

#[tokio::test]
async fn a_revoked_session_signs_the_browser_out() {
    let (mut app, id) = signed_in().await;
    let path = format!("/v1/sessions/{id}/revoke");
    app.local().backend("POST", &path, None).await.ok();
    app.local().clock.advance(120_000);
    let state = app.browse("http://localhost:3000/app").await;
    assert_eq!(state.status(), Status::SignedOut);
    assert!(!app.jar.contains_key("__session"));
    assert_eq!(app.jar["__client_uat"], "0");
}

/// What the instance answers to a handshake asked for with these parameters.
async fn handshake(app: &App, parameters: &[(&str, &str)]) -> crate::support::Answer {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    let request = Request::get(format!("/__clerk/v1/client/handshake?{query}"))
        .header(header::COOKIE, app.cookie_header())
        .body(Body::empty());
    app.local().send(request.unwrap()).await
}

#[tokio::test]
async fn the_handshake_switches_only_to_organizations_of_the_person() {
    let (mut app, _) = signed_in().await;
    for (wanted, active) in [
        ("acme", Some("acme")),
        ("globex", Some("acme")),
        ("nowhere", Some("acme")),
        ("", None),
    ] {
        let target = [
            ("redirect_url", "http://localhost:3000/app"),
            ("format", "nonce"),
            ("organization_id", wanted),
        ];
        let answer = handshake(&app, &target).await;
        let state = app.browse(answer.header("location").unwrap()).await;
        let organization = state.session().expect("signed in").organization();
        let slug = organization.and_then(|o| o.slug.clone());
        assert_eq!(slug.as_deref(), active, "asked for {wanted:?}");
    }
}

#[tokio::test]
async fn the_handshake_returns_only_to_the_application() {
    let (app, _) = signed_in().await;
    for target in [
        "https://evil.example/",
        "http://localhost:3001/",
        "http://localhost:3000@evil.example/",
        "javascript:alert(1)",
        "/app",
    ] {
        let answer = handshake(&app, &[("redirect_url", target), ("format", "nonce")]).await;
        assert_eq!(answer.error(422), "invalid_redirect_url", "{target}");
    }
    assert_eq!(handshake(&app, &[]).await.error(422), "form_param_missing");
}

#[tokio::test]
async fn a_nonce_works_once_and_for_a_minute() {
    let (app, _) = signed_in().await;
    let target = [
        ("redirect_url", "http://localhost:3000/app"),
        ("format", "nonce"),
    ];
    let nonce = async || {
        let answer = handshake(&app, &target).await;
        let url = Url::parse(answer.header("location").unwrap()).unwrap();
        let (_, nonce) = url.query_pairs().last().unwrap();
        format!("/v1/clients/handshake_payload?nonce={nonce}")
    };
    let once = nonce().await;
    app.local().backend("GET", &once, None).await.ok();
    let twice = app.local().backend("GET", &once, None).await;
    assert_eq!(twice.error(404), "resource_not_found");
    let late = nonce().await;
    app.local().clock.advance(60_000);
    let late = app.local().backend("GET", &late, None).await;
    assert_eq!(late.error(404), "resource_not_found");
}

#[tokio::test]
async fn the_token_form_of_the_handshake_works_too() {
    let (mut app, id) = signed_in().await;
    let target = [("redirect_url", "http://localhost:3000/app")];
    let answer = handshake(&app, &target).await;
    let location = answer.header("location").unwrap().to_owned();
    assert!(location.contains("__clerk_handshake="), "{location}");
    app.jar.clear();
    let state = app.browse(&location).await;
    assert_eq!(state.session().expect("signed in").id().as_str(), id);
}

#[tokio::test]
async fn a_refresh_needs_the_sessions_own_tokens() {
    let (app, id) = signed_in().await;
    let suffix = app.suffix();
    let path = format!("/v1/sessions/{id}/refresh");
    let good = app.jar[&format!("__refresh_{suffix}")].clone();
    let body = |expired: &str, refresh: &str| json!({ "expired_token": expired, "refresh_token": refresh, "format": "cookie" });
    let session = app.jar["__session"].clone();
    let forged = app
        .local()
        .backend("POST", &path, Some(body("a.b.c", &good)))
        .await;
    assert_eq!(forged.error(422), "form_param_value_invalid");
    let unknown = app
        .local()
        .backend("POST", &path, Some(body(&session, "rt_x")))
        .await;
    assert_eq!(unknown.error(401), "authentication_invalid");
    let cookies = app
        .local()
        .backend("POST", &path, Some(body(&session, &good)))
        .await;
    assert_eq!(cookies.ok()["object"], "cookies");
}
