//! The crate's own decision about a case.

use std::sync::{Arc, Mutex};

use clerk::{
    BoxFuture,
    authenticate::{
        AuthenticateError, AuthenticateOptions, Authenticator, Backend, BackendError, Reason,
        RefreshSession, RequestState,
    },
    clock::ManualClock,
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::{ProxyUrl, PublishableKey},
    verify::RsaPublicKey,
};
use http::{HeaderName, HeaderValue, request::Parts};
use serde_json::{Value, json};

use crate::{
    case::{Answer, Answers, Case, Options, Request},
    decision::{Decision, Identity},
};

/// A decision of the crate's, and the typed reason behind it.
pub struct Verdict {
    pub decision: Decision,
    pub reason: Option<Reason>,
}

/// Decides a case with the crate.
pub async fn decide(case: &Case) -> Verdict {
    let backend = Arc::new(CannedBackend {
        answers: case.answers.clone(),
        asked: Mutex::default(),
    });
    let options = options(&case.options, case.now_ms);
    let authenticator = Authenticator::new(options, backend.clone());
    let outcome = authenticator.authenticate(&parts(&case.request)).await;
    let asked = std::mem::take(&mut *backend.asked.lock().unwrap());
    match outcome {
        Ok(state) => Verdict {
            reason: state.reason(),
            decision: Decision { asked, ..decision(&state) },
        },
        Err(error) => Verdict { reason: None, decision: failed(&error, asked) },
    }
}

fn failed(error: &AuthenticateError, _asked: Vec<Value>) -> Decision {
    Decision { error: error.to_string(), ..Decision::default() }
}

fn decision(state: &RequestState) -> Decision {
    let mut headers: Vec<(String, String)> = state
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = value.as_bytes().iter().map(|byte| char::from(*byte));
            (name.as_str().to_owned(), value.collect())
        })
        .collect();
    headers.sort_by(|(one, _), (other, _)| one.cmp(other));
    let reason = state.reason().filter(|reason| *reason != Reason::SessionPending);
    Decision {
        status: state.status().as_str().to_owned(),
        reason: reason.map(|reason| reason.as_str().into_owned()).unwrap_or_default(),
        message: state.message().to_owned(),
        token_type: "session_token".to_owned(),
        headers,
        identity: identity(state),
        ..Decision::default()
    }
}

fn identity(state: &RequestState) -> Option<Identity> {
    let session = state.session()?;
    let mut identity = Identity {
        user_id: session.user_id().to_string(),
        session_id: session.id().to_string(),
        ..Identity::default()
    };
    if let Some(organization) = session.organization() {
        identity.org_id = organization.id.to_string();
        identity.org_role = organization.role.clone();
        identity.org_slug = organization.slug.clone().unwrap_or_default();
        identity.org_permissions = organization.permissions.clone();
    }
    Some(identity)
}

fn options(options: &Options, now_ms: i64) -> AuthenticateOptions {
    let key = PublishableKey::parse(&options.publishable_key).unwrap();
    let mut made = AuthenticateOptions::new(key);
    made.clock = ManualClock::at(now_ms).shared();
    made.jwt_key = options
        .jwt_key
        .as_deref()
        .map(|pem| Arc::new(RsaPublicKey::from_pem(pem).unwrap()));
    made.proxy_url = options.proxy_url.as_deref().map(|url| ProxyUrl::parse(url).unwrap());
    made.authorized_parties.clone_from(&options.authorized_parties);
    made.audience.clone_from(&options.audience);
    if let Some(skew_ms) = options.clock_skew_in_ms {
        made.clock_skew_ms = skew_ms;
    }
    made
}

fn parts(request: &Request) -> Parts {
    let mut built = http::Request::builder()
        .method(request.method.as_str())
        .uri(&request.target);
    let headers = built
        .headers_mut()
        .unwrap_or_else(|| panic!("not a request target: {}", request.target));
    for (name, value) in &request.headers {
        let bytes: Vec<u8> = value.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let name = HeaderName::try_from(name).unwrap();
        headers.append(name, HeaderValue::from_bytes(&bytes).unwrap());
    }
    built.body(()).unwrap().into_parts().0
}

/// A backend API that gives the case's answers, and remembers what it was asked.
struct CannedBackend {
    answers: Answers,
    asked: Mutex<Vec<Value>>,
}

impl CannedBackend {
    fn remember(&self, question: Value) {
        self.asked.lock().unwrap().push(question);
    }
}

impl Backend for CannedBackend {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        let answer = match read(&self.answers.jwks) {
            Ok(keys) => Ok(serde_json::from_value(keys).unwrap()),
            Err(BackendError::Refused { code }) if code == "clerk_key_invalid" => {
                Err(JwksError::SecretKeyInvalid)
            }
            Err(error) => Err(JwksError::Failed(error.to_string())),
        };
        Box::pin(async move { answer })
    }

    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        self.remember(json!({ "nonce": nonce }));
        let answer = read(&self.answers.handshake_payload);
        Box::pin(async move { answer.map(|body| lines(&body["directives"])) })
    }

    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        let mut question = serde_json::to_value(&refresh).unwrap();
        question["session"] = Value::from(session.as_str());
        self.remember(question);
        let answer = read(&self.answers.refresh);
        Box::pin(async move { answer.map(|body| lines(&body["cookies"])) })
    }
}

/// An answer as the crate's HTTP client would report it.
fn read(answer: &Answer) -> Result<Value, BackendError> {
    let failed = |why: &str| Err(BackendError::Failed(why.to_owned()));
    if answer.unreachable {
        return failed("unreachable");
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    match (answer.status, body["errors"][0]["code"].as_str()) {
        (200..300, _) => Ok(body),
        (_, Some(code)) => Err(BackendError::Refused { code: code.to_owned() }),
        (_, None) => failed("no reason given"),
    }
}

fn lines(list: &Value) -> Vec<String> {
    serde_json::from_value(list.clone()).unwrap_or_default()
}
