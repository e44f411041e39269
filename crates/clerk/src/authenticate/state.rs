//! The outcome for one request.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Reason;
use crate::{
    claims::SessionStatus,
    machine::{MachineToken, TokenType},
    session::Session,
};

pub(super) const AUTH_STATUS: HeaderName = HeaderName::from_static("x-clerk-auth-status");
pub(super) const AUTH_REASON: HeaderName = HeaderName::from_static("x-clerk-auth-reason");
pub(super) const AUTH_MESSAGE: HeaderName = HeaderName::from_static("x-clerk-auth-message");

/// The three outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Somebody is signed in, or a machine's token is good.
    SignedIn,
    /// Nobody is.
    SignedOut,
    /// The browser must go through Clerk first.
    Handshake,
}

impl Status {
    /// Clerk's word, as in `x-clerk-auth-status`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Handshake => "handshake",
        }
    }
}

/// What was decided about a request.
#[derive(Debug, Clone)]
pub struct RequestState {
    status: Status,
    reason: Option<Reason>,
    message: String,
    headers: HeaderMap,
    session: Option<Session>,
    accept_pending: bool,
    token_type: Option<TokenType>,
    machine: Option<Arc<MachineToken>>,
}

impl RequestState {
    pub(super) fn signed_in(session: Session, headers: HeaderMap, accept_pending: bool) -> Self {
        Self {
            status: Status::SignedIn,
            reason: None,
            message: String::new(),
            headers,
            session: Some(session),
            accept_pending,
            token_type: Some(TokenType::Session),
            machine: None,
        }
    }

    pub(super) fn machine_signed_in(machine: MachineToken) -> Self {
        Self {
            status: Status::SignedIn,
            reason: None,
            message: String::new(),
            headers: HeaderMap::new(),
            session: None,
            accept_pending: false,
            token_type: Some(machine.token_type()),
            machine: Some(Arc::new(machine)),
        }
    }

    /// The same about a token of another type than a session's.
    pub(super) fn of_type(mut self, token_type: Option<TokenType>) -> Self {
        self.token_type = token_type;
        self
    }

    pub(super) fn signed_out(reason: Reason, message: String, headers: HeaderMap) -> Self {
        Self::without_session(Status::SignedOut, reason, message, headers)
    }

    /// Signed out with nothing more to say.
    pub(super) fn plainly_signed_out(reason: Reason) -> Self {
        Self::signed_out(reason, String::new(), HeaderMap::new())
    }

    pub(super) fn handshake(reason: Reason, message: String, headers: HeaderMap) -> Self {
        Self::without_session(Status::Handshake, reason, message, headers)
    }

    fn without_session(
        status: Status,
        reason: Reason,
        message: String,
        mut headers: HeaderMap,
    ) -> Self {
        headers.insert(AUTH_STATUS, HeaderValue::from_static(status.as_str()));
        if let Ok(reason) = HeaderValue::from_str(&reason.as_str()) {
            headers.insert(AUTH_REASON, reason);
        }
        if !message.is_empty()
            && let Ok(message) = HeaderValue::from_str(&message)
        {
            headers.insert(AUTH_MESSAGE, message);
        }
        let reason = Some(reason);
        Self {
            status,
            reason,
            message,
            headers,
            session: None,
            accept_pending: false,
            token_type: Some(TokenType::Session),
            machine: None,
        }
    }

    /// The outcome as Clerk's SDK names it. A pending session is `SignedIn` here, while
    /// [`RequestState::session`] hides it unless it was asked for.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Who is signed in.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref().filter(|_| !self.is_hidden())
    }

    /// The session that waits for its tasks to be done, if that is why nobody is signed in.
    pub fn pending_session(&self) -> Option<&Session> {
        self.session.as_ref().filter(|_| self.is_hidden())
    }

    /// The machine that calls.
    pub fn machine(&self) -> Option<&Arc<MachineToken>> {
        self.machine.as_ref()
    }

    /// Of which kind the token is that was judged or missed, or none if one was presented
    /// that is not on the list of those accepted.
    pub fn token_type(&self) -> Option<TokenType> {
        self.token_type
    }

    /// Why nobody is signed in, or none if somebody is.
    pub fn reason(&self) -> Option<Reason> {
        if self.is_hidden() {
            Some(Reason::SessionPending)
        } else {
            self.reason.clone()
        }
    }

    /// More about the reason, for developers; often empty.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What belongs into the answer: cookies, and for a redirect its `Location`.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Where the browser must go; the answer is then a 307 with [`RequestState::headers`].
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    fn is_hidden(&self) -> bool {
        let pending = |session: &Session| session.claims().status == SessionStatus::Pending;
        !self.accept_pending && self.session.as_ref().is_some_and(pending)
    }
}
