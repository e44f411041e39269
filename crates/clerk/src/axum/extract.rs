//! Extractors that refuse: a handler that takes one is only called for those it is meant for.

use std::{marker::PhantomData, sync::Arc};

use axum::extract::FromRequestParts;
use http::{StatusCode, request::Parts};

use super::{
    Auth, Denial, Denied,
    denied::{check, deny},
};
use crate::{
    has::Has,
    machine::{AcceptsToken, MachineToken, TokenType},
    session::{ActiveOrganization, Session},
};

const SESSION: AcceptsToken = AcceptsToken::One(TokenType::Session);

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Session);

/// A signed-in person who is working in an organization.
#[derive(Debug, Clone)]
pub struct InOrganization {
    /// The session.
    pub session: Session,
    /// The organization that is active in it.
    pub organization: ActiveOrganization,
}

/// What a route asks of a session beyond being signed in, as a type, so that no handler can
/// forget to check it.
///
/// ```
/// use clerk::{axum::{Require, Requirement}, has::Has};
///
/// struct ManagesBilling;
///
/// impl Requirement for ManagesBilling {
///     fn has() -> Has {
///         Has::new().permission("org:billing:manage")
///     }
/// }
///
/// async fn invoices(who: Require<ManagesBilling>) -> String {
///     format!("invoices for {}", who.session().user_id())
/// }
/// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(invoices));
/// ```
pub trait Requirement: Send + Sync + 'static {
    /// What the session must have.
    fn has() -> Has;
}

/// A signed-in person who meets a [`Requirement`].
#[derive(Debug)]
pub struct Require<R> {
    session: Session,
    requirement: PhantomData<fn() -> R>,
}

impl<R> Require<R> {
    /// The session that meets it.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// A machine whose token is good and of a kind that the [`super::ClerkLayer`] accepts.
#[derive(Debug, Clone)]
pub struct Machine(pub Arc<MachineToken>);

/// A signed-in person or a machine, whichever calls.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A signed-in person.
    Session(Session),
    /// A machine.
    Machine(Arc<MachineToken>),
}

fn session(parts: &Parts, has: Option<&Has>) -> Result<Session, Denied> {
    let auth = check(parts, &SESSION, has, StatusCode::NOT_FOUND)?;
    auth.session()
        .cloned()
        .ok_or_else(|| deny(Denial::SignedOut, parts, &SESSION, StatusCode::NOT_FOUND))
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        session(parts, None).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InOrganization {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        let session = session(parts, None)?;
        match session.organization().cloned() {
            Some(organization) => Ok(Self {
                session,
                organization,
            }),
            None => Err(deny(
                Denial::NotAllowed,
                parts,
                &SESSION,
                StatusCode::NOT_FOUND,
            )),
        }
    }
}

impl<R: Requirement, S: Send + Sync> FromRequestParts<S> for Require<R> {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        Ok(Self {
            session: session(parts, Some(&R::has()))?,
            requirement: PhantomData,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Machine {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        let machines = AcceptsToken::from([TokenType::ApiKey, TokenType::M2m, TokenType::OAuth]);
        let auth = check(parts, &machines, None, StatusCode::NOT_FOUND)?;
        auth.machine().cloned().map(Self).ok_or_else(|| {
            deny(
                Denial::Unauthorized,
                parts,
                &machines,
                StatusCode::NOT_FOUND,
            )
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Denied> {
        let any = AcceptsToken::Any;
        let auth = check(parts, &any, None, StatusCode::NOT_FOUND)?;
        caller(&auth).ok_or_else(|| deny(Denial::Unauthorized, parts, &any, StatusCode::NOT_FOUND))
    }
}

fn caller(auth: &Auth) -> Option<Caller> {
    let session = auth.session().cloned().map(Caller::Session);
    session.or_else(|| auth.machine().cloned().map(Caller::Machine))
}
