//! The crate's own decision about a case.

use std::sync::{Arc, Mutex};

use clerk::{
    BoxFuture,
    authenticate::{
        AuthenticateOptions, Authenticator, Backend, BackendError, OrganizationSync, Reason,
        RefreshSession, RequestState,
    },
    clock::ManualClock,
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError},
    keys::{ProxyUrl, PublishableKey},
    machine::{AcceptsToken, MachineToken, MachineTokenError, TokenType},
    verify::RsaPublicKey,
};
use http::{HeaderName, HeaderValue, request::Parts};
use serde_json::{Value, json};

use crate::{
    case::{Accepts, Answer, Answers, Case, Options, Request},
    decision::{Decision, Identity, Machine},
};

/// Decides a case with the crate.
pub async fn decide(case: &Case) -> Decision {
    let backend = Arc::new(CannedBackend {
        answers: case.answers.clone(),
        asked: Mutex::default(),
    });
    let options = options(&case.options, case.now_ms);
    let authenticator = Authenticator::new(options, backend.clone());
    let outcome = authenticator.authenticate(&parts(&case.request)).await;
    let asked = std::mem::take(&mut *backend.asked.lock().unwrap());
    match outcome {
        Ok(state) => Decision {
            asked,
            ..decision(&state)
        },
        Err(error) => Decision {
            asked,
            error: error.to_string(),
            ..Decision::default()
        },
    }
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
    let reason = state
        .reason()
        .filter(|reason| *reason != Reason::SessionPending);
    Decision {
        status: state.status().as_str().to_owned(),
        reason: reason
            .map(|reason| reason.as_str().into_owned())
            .unwrap_or_default(),
        message: state.message().to_owned(),
        token_type: state
            .token_type()
            .map(|kind| kind.to_string())
            .unwrap_or_default(),
        headers,
        identity: identity(state),
        machine: state.machine().map(|machine| describe(machine)),
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

fn describe(machine: &MachineToken) -> Machine {
    let text = |id: Option<String>| id.unwrap_or_default();
    let (claims, name) = match machine {
        MachineToken::ApiKey(key) => (key.claims.clone(), key.name.clone()),
        MachineToken::M2m(token) => (token.claims.clone(), String::new()),
        MachineToken::OAuth(_) => (None, String::new()),
    };
    Machine {
        id: machine.id().to_owned(),
        subject: machine.subject().to_owned(),
        scopes: machine.scopes().to_vec(),
        claims,
        name,
        machine_id: text(machine.machine_id().map(str::to_owned)),
        client_id: text(machine.client_id().map(str::to_owned)),
        user_id: text(machine.user_id().map(String::from)),
        org_id: text(machine.organization_id().map(String::from)),
    }
}

fn accepts(accepts: &Accepts) -> AcceptsToken {
    match accepts {
        Accepts::One("any") => AcceptsToken::Any,
        Accepts::One(kind) => AcceptsToken::One(kind.parse().unwrap()),
        Accepts::List(kinds) => {
            AcceptsToken::AnyOf(kinds.iter().map(|kind| kind.parse().unwrap()).collect())
        }
    }
}

fn options(options: &Options, now_ms: i64) -> AuthenticateOptions {
    let key = PublishableKey::parse(&options.publishable_key).unwrap();
    let mut made = AuthenticateOptions::new(key);
    made.clock = ManualClock::at(now_ms).shared();
    made.jwt_key = options
        .jwt_key
        .as_deref()
        .map(|pem| Arc::new(RsaPublicKey::from_pem(pem).unwrap()));
    made.proxy_url = options
        .proxy_url
        .as_deref()
        .map(|url| ProxyUrl::parse(url).unwrap());
    made.authorized_parties
        .clone_from(&options.authorized_parties);
    made.audience.clone_from(&options.audience);
    made.domain.clone_from(&options.domain);
    made.is_satellite = options.is_satellite;
    made.sign_in_url.clone_from(&options.sign_in_url);
    made.satellite_auto_sync = options.satellite_auto_sync;
    made.organization_sync = options.organization_sync_options.as_ref().map(|sync| {
        let list = |patterns: &Option<Vec<String>>| patterns.clone().unwrap_or_default();
        let organization = list(&sync.organization_patterns);
        OrganizationSync::new(organization, list(&sync.personal_account_patterns)).unwrap()
    });
    // What is left of the difference in `iss` is a deviation.
    made.accept_missing_issuer = true;
    made.accepts = options
        .accepts_token
        .as_ref()
        .map(accepts)
        .unwrap_or_default();
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
            Err(BackendError::Unreachable(why)) => Err(JwksError::Unreachable(why)),
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

    fn verify_machine_token<'a>(
        &'a self,
        kind: TokenType,
        token: &'a str,
    ) -> BoxFuture<'a, Result<MachineToken, MachineTokenError>> {
        let (name, answer) = match kind {
            TokenType::ApiKey => ("apiKey", &self.answers.api_key),
            TokenType::M2m => ("m2mToken", &self.answers.m2m_token),
            TokenType::OAuth => ("oauthToken", &self.answers.oauth_token),
            TokenType::Session => panic!("a session token is no machine token"),
        };
        self.remember(json!({ name: token }));
        let verified = verified(kind, answer);
        Box::pin(async move { verified })
    }
}

/// An answer as the crate's HTTP client would report it.
fn read(answer: &Answer) -> Result<Value, BackendError> {
    let failed = |why: &str| Err(BackendError::Failed(why.to_owned()));
    if answer.unreachable {
        return Err(BackendError::Unreachable("no answer".to_owned()));
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    match (answer.status, body["errors"][0]["code"].as_str()) {
        (200..300, _) => Ok(body),
        (_, Some(code)) => Err(BackendError::Refused {
            code: code.to_owned(),
        }),
        (_, None) => failed("no reason given"),
    }
}

/// What an answer means for a machine token.
fn verified(kind: TokenType, answer: &Answer) -> Result<MachineToken, MachineTokenError> {
    if answer.unreachable {
        return Err(MachineTokenError::Unexpected { status: None });
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    match answer.status {
        200 => Ok(match kind {
            TokenType::ApiKey => MachineToken::ApiKey(serde_json::from_value(body).unwrap()),
            TokenType::M2m => MachineToken::M2m(serde_json::from_value(body).unwrap()),
            _ => MachineToken::OAuth(serde_json::from_value(body).unwrap()),
        }),
        401 => {
            let message = body["errors"][0]["message"]
                .as_str()
                .unwrap_or("Invalid secret key");
            Err(MachineTokenError::SecretKeyInvalid {
                message: message.to_owned(),
            })
        }
        404 => Err(MachineTokenError::TokenInvalid(kind)),
        status => Err(MachineTokenError::Unexpected {
            status: Some(status),
        }),
    }
}

fn lines(list: &Value) -> Vec<String> {
    serde_json::from_value(list.clone()).unwrap_or_default()
}
