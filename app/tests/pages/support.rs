//! The world of a test: two organizations, an admin of both and a member of one.

use std::sync::Arc;

use app::context::{AppConfig, Assets, Exports, IdentityReads, Live, Nonce, RequestContext};
use axum::{
    body::Body,
    http::{HeaderName, Request, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use clerk::{
    api::{ApiClient, ApiOptions, OrganizationMembership, User},
    authenticate::Reason,
    axum::Auth,
    clock::{SharedClock, SystemClock},
    keys::{FrontendApi, InstanceKind, ProxyUrl, PublishableKey, SecretKey},
    session::Session,
    test_util::session,
};
use leptos::prelude::provide_context;
use serde_json::json;
use store::{ConnectOptions, Store};
use tempfile::TempDir;

/// Two organizations in a database of their own.
pub struct World {
    /// Of which kind the instance at Clerk is.
    pub instance: InstanceKind,
    store: Store,
    url: String,
    _dir: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    /// `Content-Language`.
    pub language: String,
    pub vary: String,
    pub retry_after: String,
    pub cookies: Vec<String>,
    pub body: String,
    /// The nonce of this response, to take out before comparing.
    pub nonce: String,
}

pub fn ann_at_acme() -> Session {
    session("user_ann", Some(("org_acme", "acme", "org:admin")))
}

pub fn ben_at_acme() -> Session {
    session("user_ben", Some(("org_acme", "acme", "org:member")))
}

impl World {
    pub async fn new() -> Self {
        // As the server does when it starts; only the first call counts.
        let _ = any_spawner::Executor::init_tokio();
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("app.sqlite").display());
        migrations::migrate(&url, None).await.unwrap();
        let store = Store::connect(&url, &ConnectOptions::default())
            .await
            .unwrap();
        let world = Self {
            instance: InstanceKind::Development,
            store,
            url,
            _dir: dir,
        };
        world
            .knows(
                "user_ann",
                &[("acme", "org:admin"), ("globex", "org:admin")],
            )
            .await;
        world.knows("user_ben", &[("acme", "org:member")]).await;
        world.knows("user_new", &[]).await;
        world
    }

    /// The same database at another time.
    pub async fn store_at(&self, clock: SharedClock) -> Store {
        let options = ConnectOptions {
            clock,
            ..ConnectOptions::default()
        };
        Store::connect(&self.url, &options).await.unwrap()
    }

    async fn knows(&self, id: &str, organizations: &[(&str, &str)]) {
        let user: User = serde_json::from_value(json!({
            "id": id, "created_at": 1, "updated_at": 1
        }))
        .unwrap();
        let memberships: Vec<OrganizationMembership> = organizations
            .iter()
            .map(|(slug, role)| {
                serde_json::from_value(json!({
                    "id": format!("orgmem_{id}_{slug}"),
                    "role": role,
                    "organization": {
                        "id": format!("org_{slug}"), "slug": slug,
                        "name": format!("The <{slug}>"), "created_at": 1, "updated_at": 1
                    },
                    "public_user_data": { "user_id": id },
                    "created_at": 1, "updated_at": 1
                }))
                .unwrap()
            })
            .collect();
        let identity = self.store.identity();
        identity.sync_user(&user, &memberships, 2).await.unwrap();
    }

    pub async fn get(&self, who: Option<&Session>, path: &str) -> Answer {
        self.get_with(who, path, "").await
    }

    pub async fn get_with(&self, who: Option<&Session>, path: &str, cookie: &str) -> Answer {
        self.open(who, path, header::COOKIE, cookie).await
    }

    /// With this `Accept-Language`.
    pub async fn get_accepting(&self, who: Option<&Session>, path: &str, line: &str) -> Answer {
        self.open(who, path, header::ACCEPT_LANGUAGE, line).await
    }

    async fn open(
        &self,
        who: Option<&Session>,
        path: &str,
        name: HeaderName,
        value: &str,
    ) -> Answer {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(name, value)
            .body(Body::empty())
            .unwrap();
        let context = self.context(who);
        let nonce = context.nonce.as_str().to_owned();
        let for_shell = context.clone();
        let response = leptos_axum::render_app_async_with_context(
            move || provide_context(context.clone()),
            move || app::shell(for_shell.clone()),
        )(request)
        .await;
        Answer::read(response, nonce).await
    }

    /// Posts a form as a browser does.
    pub async fn post(&self, who: Option<&Session>, path: &str, form: &str) -> Answer {
        self.send(who, path, form, "text/html,application/xhtml+xml")
            .await
    }

    /// Posts a form as a program does.
    pub async fn call(&self, who: Option<&Session>, path: &str, form: &str) -> Answer {
        self.send(who, path, form, "application/json").await
    }

    async fn send(&self, who: Option<&Session>, path: &str, form: &str, accept: &str) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, "http://localhost:3000/elsewhere")
            .body(Body::from(form.to_owned()))
            .unwrap();
        let context = self.context(who);
        let response = leptos_axum::handle_server_fns_with_context(
            move || provide_context(context.clone()),
            request,
        )
        .await
        .into_response();
        Answer::read(response, String::new()).await
    }

    fn context(&self, who: Option<&Session>) -> RequestContext {
        let key = PublishableKey::for_host(self.instance, "clerk.tenantry.lcl.dev");
        let auth = match who {
            Some(session) => Auth::signed_in(session.clone()),
            None => Auth::signed_out(Reason::SessionTokenAndUatMissing),
        };
        // Nothing listens on the discard port.
        let nowhere = "http://127.0.0.1:9".parse().unwrap();
        let secret = SecretKey::parse("sk_test_0123456789012345678901234567").unwrap();
        RequestContext {
            auth,
            origin: Arc::default(),
            store: self.store.clone(),
            clerk: ApiClient::new(ApiOptions::at(nowhere, secret)).unwrap(),
            clock: SystemClock::shared(),
            identity_reads: IdentityReads::new(SystemClock::shared()),
            exports: Exports::default(),
            live: Live::new(SystemClock::shared()),
            config: Arc::new(AppConfig {
                public_url: "http://localhost:3000".parse().unwrap(),
                publishable_key: key.unwrap(),
                clerk_proxy_url: Some(ProxyUrl::Path("/__clerk".into())),
                frontend_api: FrontendApi::Under("/__clerk".into()),
                clerk_js_url: "/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js".into(),
                clerk_ui_url: "/__clerk/npm/@clerk/ui@1/dist/ui.browser.js".into(),
                account_portal_url: "/__clerk/portal/sign-in".into(),
                grace_days: 30,
                assets: Assets {
                    js: "/pkg/tenantry.js".into(),
                    wasm: "/pkg/tenantry.wasm".into(),
                    css: "/pkg/tenantry.css".into(),
                },
                reload_script: None,
            }),
            nonce: Nonce::generate(),
        }
    }
}

impl Answer {
    async fn read(response: Response, nonce: String) -> Self {
        let (parts, body) = response.into_parts();
        let text = |name| {
            parts
                .headers
                .get_all(name)
                .iter()
                .map(|value| value.to_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status,
            location: text(header::LOCATION).join("|"),
            language: text(header::CONTENT_LANGUAGE).join("|"),
            vary: text(header::VARY).join("|"),
            retry_after: text(header::RETRY_AFTER).join("|"),
            cookies: text(header::SET_COOKIE),
            body: String::from_utf8(bytes.to_vec()).unwrap(),
            nonce,
        }
    }

    /// The body without what differs from response to response.
    pub fn comparable(&self) -> String {
        self.body.replace(&self.nonce, "NONCE")
    }

    #[track_caller]
    pub fn assert_shows(&self, text: &str) {
        assert!(
            self.body.contains(text),
            "{text:?} is not in\n{}",
            self.body
        );
    }

    #[track_caller]
    pub fn assert_lacks(&self, text: &str) {
        assert!(!self.body.contains(text), "{text:?} is in\n{}", self.body);
    }
}
