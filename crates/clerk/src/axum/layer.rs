use std::{
    convert::Infallible,
    task::{self, Poll},
};

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use tower::{Layer, Service};

use super::Auth;
use crate::{
    BoxFuture,
    authenticate::{Authenticator, RequestState},
    ids::OrganizationId,
};

/// Authenticates every request: answers itself where the browser must go through Clerk,
/// and otherwise leaves an [`Auth`] in the request's extensions and adds to the answer what
/// the decision brought, such as refreshed cookies.
#[derive(Clone)]
pub struct ClerkLayer(Authenticator);

impl ClerkLayer {
    /// A layer that asks `authenticator`.
    pub fn new(authenticator: Authenticator) -> Self {
        Self(authenticator)
    }
}

/// What the layer leaves for those who have to refuse a request: where to sign in.
#[derive(Clone)]
pub(super) struct Context(pub(super) Authenticator);

impl<S> Layer<S> for ClerkLayer {
    type Service = ClerkService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ClerkService {
            authenticator: self.0.clone(),
            inner,
        }
    }
}

/// The service that [`ClerkLayer`] makes.
#[derive(Clone)]
pub struct ClerkService<S> {
    authenticator: Authenticator,
    inner: S,
}

impl<S> Service<Request> for ClerkService<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut task::Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let authenticator = self.authenticator.clone();
        // The service that was polled ready must be the one that is called.
        let waiting = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, waiting);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let state = match authenticator.authenticate(&parts).await {
                Ok(state) => state,
                Err(error) => {
                    tracing::error!(%error, "a request could not be authenticated");
                    let text = error.to_string();
                    return Ok((StatusCode::INTERNAL_SERVER_ERROR, text).into_response());
                }
            };
            if state.location().is_some() {
                return Ok(state.into_response());
            }
            parts.extensions.insert(Auth::from(&state));
            parts.extensions.insert(Context(authenticator));
            let mut response = inner.call(Request::from_parts(parts, body)).await?;
            add_headers(response.headers_mut(), state.headers());
            Ok(response)
        })
    }
}

/// Adds a decision's headers: cookies beside the application's own, others in their place.
fn add_headers(response: &mut HeaderMap, decided: &HeaderMap) {
    for (name, value) in decided {
        if name == header::SET_COOKIE {
            response.append(name, value.clone());
        } else {
            response.insert(name, value.clone());
        }
    }
    if decided.contains_key(header::SET_COOKIE) {
        // A shared cache would hand this person's session to others.
        let private = HeaderValue::from_static("private, no-store");
        response.insert(header::CACHE_CONTROL, private);
    }
}

impl IntoResponse for RequestState {
    /// The redirect that [`RequestState::location`] names; 401 if there is none.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = if self.location().is_some() {
            StatusCode::TEMPORARY_REDIRECT
        } else {
            StatusCode::UNAUTHORIZED
        };
        response.headers_mut().extend(self.headers().clone());
        response
    }
}

impl Authenticator {
    /// [`Authenticator::organization_handshake`] as an answer.
    pub fn switch_organization(
        &self,
        parts: &Parts,
        organization: &OrganizationId,
    ) -> Option<Response> {
        self.organization_handshake(parts, organization)
            .map(IntoResponse::into_response)
    }
}
