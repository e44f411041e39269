use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};

use crate::{
    authenticate::{Reason, RequestState},
    machine::{MachineToken, TokenType},
    session::Session,
};

/// Who sent a request: a person, a machine, or nobody known. [`super::ClerkLayer`] puts it
/// into every request's extensions, and it is an extractor, which refuses nobody; see
/// [`super::SignedIn`] and its like for those that do. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Auth(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    session: Option<Session>,
    pending: Option<Session>,
    machine: Option<Arc<MachineToken>>,
    reason: Option<Reason>,
    token_type: Option<TokenType>,
}

impl Auth {
    /// Somebody is signed in.
    pub fn signed_in(session: Session) -> Self {
        Self(Arc::new(Inner {
            session: Some(session),
            token_type: Some(TokenType::Session),
            ..Inner::default()
        }))
    }

    /// A machine calls.
    pub fn machine_signed_in(machine: MachineToken) -> Self {
        Self(Arc::new(Inner {
            token_type: Some(machine.token_type()),
            machine: Some(Arc::new(machine)),
            ..Inner::default()
        }))
    }

    /// Nobody is signed in.
    pub fn signed_out(reason: Reason) -> Self {
        Self(Arc::new(Inner {
            reason: Some(reason),
            token_type: Some(TokenType::Session),
            ..Inner::default()
        }))
    }

    /// Who is signed in.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// Whether a person is signed in. A machine is not.
    pub fn is_signed_in(&self) -> bool {
        self.0.session.is_some()
    }

    /// Which machine calls, if its token is good.
    pub fn machine(&self) -> Option<&Arc<MachineToken>> {
        self.0.machine.as_ref()
    }

    /// The session that waits for its tasks to be done, if that is why nobody is signed in.
    pub fn pending_session(&self) -> Option<&Session> {
        self.0.pending.as_ref()
    }

    /// Why nobody is signed in, or none if somebody is.
    pub fn reason(&self) -> Option<&Reason> {
        self.0.reason.as_ref()
    }

    /// See [`RequestState::token_type`].
    pub fn token_type(&self) -> Option<TokenType> {
        self.0.token_type
    }
}

impl From<&RequestState> for Auth {
    fn from(state: &RequestState) -> Self {
        Self(Arc::new(Inner {
            session: state.session().cloned(),
            pending: state.pending_session().cloned(),
            machine: state.machine().cloned(),
            reason: state.reason(),
            token_type: state.token_type(),
        }))
    }
}

/// The route is not behind a [`super::ClerkLayer`]: a mistake in the set-up, answered
/// with 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this route is not behind a ClerkLayer")]
pub struct AuthMissing;

impl IntoResponse for AuthMissing {
    fn into_response(self) -> Response {
        tracing::error!("{self}");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Auth {
    type Rejection = AuthMissing;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthMissing> {
        parts.extensions.get::<Self>().cloned().ok_or(AuthMissing)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Auth {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
