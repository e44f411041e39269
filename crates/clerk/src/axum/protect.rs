use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};
use tower::{Layer, Service};

use super::{PublicRoutes, denied::check};
use crate::{BoxFuture, has::Has, machine::AcceptsToken, original_uri::original_uri};

/// Lets nobody through who is not signed in (Clerk: `auth.protect()`), to any route but the
/// public ones. It belongs inside of [`super::ClerkLayer`], which is to say before it:
///
/// ```
/// # use axum::{Router, routing::get};
/// # use clerk::{authenticate::Authenticator, axum::{ClerkLayer, Protect, PublicRoutes}};
/// # fn f(authenticator: Authenticator) -> Result<Router, clerk::pattern::PatternError> {
/// let public = PublicRoutes::new(["/", "/sign-in(.*)", "/sign-up(.*)"])?;
/// let router = Router::new()
///     .route("/", get("hello"))
///     .route("/account", get("yours"))
///     .layer(Protect::new().except(public))
///     .layer(ClerkLayer::new(authenticator));
/// # Ok(router) }
/// ```
///
/// A page leads a signed-out person to signing in and then back; everything else gets 401,
/// with the error as Clerk's APIs write it. Without a [`super::ClerkLayer`] around it, it
/// lets nobody through.
#[derive(Debug, Clone)]
pub struct Protect {
    accepts: AcceptsToken,
    has: Option<Has>,
    public: PublicRoutes,
    forbidden: StatusCode,
}

impl Default for Protect {
    fn default() -> Self {
        Self::new()
    }
}

impl Protect {
    /// Protects every route. Only sessions are let through.
    pub fn new() -> Self {
        Self {
            accepts: AcceptsToken::default(),
            has: None,
            public: PublicRoutes::default(),
            forbidden: StatusCode::NOT_FOUND,
        }
    }

    /// Leaves these routes open to everybody.
    #[must_use]
    pub fn except(mut self, public: PublicRoutes) -> Self {
        self.public = public;
        self
    }

    /// Lets these kinds of token through, as far as the [`super::ClerkLayer`] accepts them.
    #[must_use]
    pub fn accepts(mut self, accepts: impl Into<AcceptsToken>) -> Self {
        self.accepts = accepts.into();
        self
    }

    /// Asks something of the session, such as a role. No machine meets it.
    #[must_use]
    pub fn require(mut self, has: Has) -> Self {
        self.has = Some(has);
        self
    }

    /// Answers 403 to those who may not, where Clerk's SDKs answer 404.
    #[must_use]
    pub fn or_forbidden(mut self) -> Self {
        self.forbidden = StatusCode::FORBIDDEN;
        self
    }

    fn is_public(&self, parts: &Parts) -> bool {
        self.public.matches(original_uri(parts).path())
    }
}

impl<S> Layer<S> for Protect {
    type Service = ProtectService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ProtectService {
            rules: Arc::new(self.clone()),
            inner,
        }
    }
}

/// The service that [`Protect`] makes.
#[derive(Debug, Clone)]
pub struct ProtectService<S> {
    rules: Arc<Protect>,
    inner: S,
}

impl<S> Service<Request> for ProtectService<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (parts, body) = request.into_parts();
        let rules = &self.rules;
        if !rules.is_public(&parts)
            && let Err(denied) = check(&parts, &rules.accepts, rules.has.as_ref(), rules.forbidden)
        {
            tracing::debug!(denial = ?denied.denial(), "a request was not let through");
            return Box::pin(async { Ok(denied.into_response()) });
        }
        Box::pin(self.inner.call(Request::from_parts(parts, body)))
    }
}
