use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};

use crate::{
    authenticate::{Reason, RequestState},
    session::Session,
};

/// Who sent a request. [`super::ClerkLayer`] puts it into every request's extensions, and
/// it is an extractor. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Auth(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    session: Option<Session>,
    pending: Option<Session>,
    reason: Option<Reason>,
}

impl Auth {
    /// Somebody is signed in.
    pub fn signed_in(session: Session) -> Self {
        Self(Arc::new(Inner {
            session: Some(session),
            pending: None,
            reason: None,
        }))
    }

    /// Nobody is signed in.
    pub fn signed_out(reason: Reason) -> Self {
        Self(Arc::new(Inner {
            session: None,
            pending: None,
            reason: Some(reason),
        }))
    }

    /// Who is signed in.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.0.session.is_some()
    }

    /// The session that waits for its tasks to be done, if that is why nobody is signed in.
    pub fn pending_session(&self) -> Option<&Session> {
        self.0.pending.as_ref()
    }

    /// Why nobody is signed in, or none if somebody is.
    pub fn reason(&self) -> Option<&Reason> {
        self.0.reason.as_ref()
    }
}

impl From<&RequestState> for Auth {
    fn from(state: &RequestState) -> Self {
        Self(Arc::new(Inner {
            session: state.session().cloned(),
            pending: state.pending_session().cloned(),
            reason: state.reason(),
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
