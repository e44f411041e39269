//! A server that black-box suites for Clerk's SDKs can play requests against. Each request
//! says in its headers how it is to be judged, and the answer tells the decision.
//!
//! ```sh
//! PORT=4000 CLERK_API_URL=http://localhost:4199 cargo run -p clerk --example conformance_server
//! ```
//!
//! Environment: `PORT`, `CLERK_API_URL`, and `PROTECT_ORGANIZATIONS=1` to send those who are
//! signed out from paths under `/organizations` to `/sign-in`. Headers of a request:
//! `X-Publishable-Key`, `X-Secret-Key`, `X-Proxy-Url`, `X-Domain`, `X-Satellite`,
//! `X-Sign-In-Url`, `X-Satellite-Auto-Sync`, `X-Organization-Sync-Options` (JSON), and `X-Now`
//! (unix milliseconds) for another time than the present.

use std::{
    collections::HashMap,
    env,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Json, Response},
};
use clerk::{
    api::{ApiClient, ApiOptions, DEFAULT_API_URL},
    authenticate::{AuthenticateOptions, Authenticator, OrganizationSync, RequestState, Status},
    clock::{ManualClock, SystemClock},
    jwks::{DEFAULT_TTL_MS, Jwks},
    keys::{ProxyUrl, PublishableKey, SecretKey},
    verify::KeySource,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use url::Url;

/// How often keys may be fetched anew: suites change them between two tests.
const MIN_JWKS_INTERVAL_MS: i64 = 1_000;

type Fault = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let port: u16 = env::var("PORT").map_or(Ok(4000), |port| port.parse())?;
    let api_url = env::var("CLERK_API_URL").unwrap_or_else(|_| DEFAULT_API_URL.to_owned());
    let server = Arc::new(Server {
        api_url: Url::parse(&api_url)?,
        protect: env::var("PROTECT_ORGANIZATIONS").is_ok_and(|value| value == "1"),
        instances: Mutex::default(),
    });
    let app = Router::new().fallback(answer).with_state(server);
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    // Clients that ask for "localhost" may come by either family.
    if let Ok(also) = TcpListener::bind(("::1", port)).await {
        tokio::spawn(axum::serve(also, app.clone()).into_future());
    }
    axum::serve(listener, app).await?;
    Ok(())
}

struct Server {
    api_url: Url,
    protect: bool,
    /// By secret key.
    instances: Mutex<HashMap<String, Instance>>,
}

/// What requests to one instance have in common.
#[derive(Clone)]
struct Instance {
    client: ApiClient,
    keys: Jwks,
}

impl Server {
    fn instance(&self, secret_key: &str) -> Result<Instance, Fault> {
        let mut instances = self
            .instances
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(instance) = instances.get(secret_key) {
            return Ok(instance.clone());
        }
        let options = ApiOptions::at(self.api_url.clone(), SecretKey::parse(secret_key)?);
        let client = ApiClient::new(options)?;
        let clock = SystemClock::shared();
        let keys = Jwks::with_times(client.clone(), clock, MIN_JWKS_INTERVAL_MS, DEFAULT_TTL_MS);
        let instance = Instance { client, keys };
        instances.insert(secret_key.to_owned(), instance.clone());
        Ok(instance)
    }

    async fn decide(&self, request: Request) -> Result<RequestState, Fault> {
        let (parts, _) = request.into_parts();
        let options = options(&parts.headers)?;
        let secret_key = text(&parts.headers, "x-secret-key").unwrap_or_default();
        let instance = self.instance(secret_key)?;
        let backend = Arc::new(instance.client);
        let keys = KeySource::Jwks(instance.keys);
        let authenticator = Authenticator::with_keys(options, backend, keys);
        Ok(authenticator.authenticate(&parts).await?)
    }
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path != "/" && path.ends_with('/') {
        let query = request.uri().query();
        let plain = format!("/{}", path.trim_matches('/'));
        let plain = query.map_or(plain.clone(), |query| format!("{plain}?{query}"));
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, plain)]).into_response();
    }
    let host = request.headers().get(header::HOST).cloned();
    match server.decide(request).await {
        Ok(state) => tell(
            &state,
            server.protect && path.starts_with("/organizations"),
            host,
        ),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn tell(state: &RequestState, protect: bool, host: Option<HeaderValue>) -> Response {
    let mut headers = state.headers().clone();
    if let Some(location) = state.location() {
        let location = relative(location, host).unwrap_or_else(|| location.to_owned());
        if let Ok(location) = HeaderValue::from_str(&location) {
            headers.insert(header::LOCATION, location);
        }
        return (StatusCode::TEMPORARY_REDIRECT, headers).into_response();
    }
    if protect && state.session().is_none() {
        headers.insert(header::LOCATION, HeaderValue::from_static("/sign-in"));
        return (StatusCode::TEMPORARY_REDIRECT, headers).into_response();
    }
    let session = state.session();
    let organization = session.and_then(|session| session.organization());
    let signed_in = state.status() == Status::SignedIn;
    let body = json!({
        "status": state.status().as_str(),
        // Clerk's SDK has no reason for a pending session: it is signed in and hidden later.
        "reason": state.reason().filter(|_| !signed_in).map(|reason| reason.to_string()),
        "message": (!signed_in).then(|| state.message()),
        "tokenType": state.token_type().map(|kind| kind.to_string()),
        "userId": session.map(|session| session.user_id().as_str()),
        "sessionId": session.and_then(|session| session.claims().session_id.as_ref()).map(|id| id.as_str()),
        "orgId": organization.map(|organization| organization.id.as_str()),
        "orgRole": organization.map(|organization| &organization.role).filter(|role| !role.is_empty()),
        "orgSlug": organization.and_then(|organization| organization.slug.as_ref()),
        "orgPermissions": organization.map(|organization| &organization.permissions),
    });
    (headers, Json(body)).into_response()
}

/// A location on the server that was asked, without that server.
fn relative(location: &str, host: Option<HeaderValue>) -> Option<String> {
    let own = Url::parse(&format!("http://{}", host?.to_str().ok()?)).ok()?;
    let to = Url::parse(location).ok()?;
    let path = &to[url::Position::BeforePath..];
    // Two slashes would name another host.
    let same = to.origin() == own.origin() && !path.starts_with("//");
    same.then(|| path.to_owned())
}

/// How this request wants to be judged.
fn options(headers: &HeaderMap) -> Result<AuthenticateOptions, Fault> {
    let key = text(headers, "x-publishable-key").unwrap_or_default();
    let mut options = AuthenticateOptions::new(PublishableKey::parse(key)?);
    let owned = |name| text(headers, name).map(str::to_owned);
    options.proxy_url = text(headers, "x-proxy-url")
        .map(ProxyUrl::parse)
        .transpose()?;
    options.domain = owned("x-domain");
    options.is_satellite = text(headers, "x-satellite") == Some("true");
    options.sign_in_url = owned("x-sign-in-url");
    let auto_sync = text(headers, "x-satellite-auto-sync");
    options.satellite_auto_sync = auto_sync.map(|value| value == "true");
    if let Some(json) = text(headers, "x-organization-sync-options") {
        let sync: Option<SyncOptions> = serde_json::from_str(json)?;
        options.organization_sync = sync.map(SyncOptions::read).transpose()?;
    }
    // Suites make tokens by hand and leave the issuer out.
    options.accept_missing_issuer = true;
    if let Some(now) = text(headers, "x-now") {
        options.clock = ManualClock::at(now.parse()?).shared();
    }
    Ok(options)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty()).then_some(value)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SyncOptions {
    #[serde(default)]
    organization_patterns: Option<Vec<String>>,
    #[serde(default)]
    personal_account_patterns: Option<Vec<String>>,
}

impl SyncOptions {
    fn read(self) -> Result<OrganizationSync, Fault> {
        let personal = match self.personal_account_patterns {
            // To Clerk's SDK no pattern at all, where a list is given, is one for every path.
            Some(patterns) if patterns.is_empty() => vec!["(.*)".to_owned()],
            patterns => patterns.unwrap_or_default(),
        };
        let organization = self.organization_patterns.unwrap_or_default();
        Ok(OrganizationSync::new(organization, personal)?)
    }
}
