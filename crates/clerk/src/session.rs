//! A verified session.

use std::sync::{Arc, LazyLock};

use serde::Serialize;

use crate::{
    claims::SessionClaims,
    ids::{OrganizationId, SessionId, UserId},
};

/// Somebody who is signed in. Only verification makes one: to hold a `Session` is to know
/// that Clerk vouched for it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Session(Arc<SessionClaims>);

impl Session {
    /// Wraps claims whose token passed every check.
    pub(crate) fn from_verified(claims: SessionClaims) -> Self {
        Self(Arc::new(claims))
    }

    /// The session. Empty if the token names none, which no token of Clerk's own does.
    pub fn id(&self) -> &SessionId {
        static NONE: LazyLock<SessionId> = LazyLock::new(|| SessionId::new(""));
        self.0.session_id.as_ref().unwrap_or(&NONE)
    }

    /// Who is signed in.
    pub fn user_id(&self) -> &UserId {
        &self.0.user_id
    }

    /// The organization the person is working in, or none for the personal account.
    pub fn organization(&self) -> Option<&ActiveOrganization> {
        self.0.organization.as_ref()
    }

    /// Everything the token says.
    pub fn claims(&self) -> &SessionClaims {
        &self.0
    }

    /// When the token (not the session) ends, in unix milliseconds; about a minute after
    /// it was made.
    pub fn expires_at_ms(&self) -> i64 {
        self.0.expires_at.saturating_mul(1_000)
    }
}

impl PartialEq for Session {
    /// Whether both come from the same token.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Eq for Session {}

/// The organization that a session is working in, as its token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActiveOrganization {
    /// The organization.
    pub id: OrganizationId,
    /// Its slug, if it has one.
    pub slug: Option<String>,
    /// The person's role, always with its prefix: `org:admin`. Empty if the token names
    /// none, which no token of Clerk's own does.
    pub role: String,
    /// Custom permissions as full keys (`org:dashboard:read`). Clerk never puts its system
    /// permissions (`org:sys_…`) into a token.
    pub permissions: Vec<String>,
}
