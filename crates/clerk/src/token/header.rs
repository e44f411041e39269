//! What the header of a token says.

use serde::Deserialize;

use super::Text;

/// The header as it is on the wire.
#[derive(Deserialize)]
pub(super) struct RawHeader<'a> {
    #[serde(borrow, default)]
    pub(super) alg: Text<'a>,
    #[serde(borrow, default)]
    pub(super) kid: Text<'a>,
    #[serde(borrow, default)]
    pub(super) typ: Text<'a>,
    #[serde(borrow, default)]
    pub(super) cat: Text<'a>,
}

/// `alg`, as far as we tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    /// Anything else, `none` and the HMAC family included: never accepted.
    Other,
}

/// `typ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderType {
    Absent,
    Jwt,
    /// An OAuth access token (RFC 9068).
    AccessToken,
    Other,
}

/// `cat`: what a token of Clerk's is for (Clerk: token categories).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    /// Session and handshake tokens, tokens from before categories, and Clerk's value
    /// that carries no information.
    SessionOrUnknown,
    /// Made from a JWT template: for other services, never a session.
    Template,
    /// Machine to machine.
    Machine,
    /// A value we do not know.
    Other,
}

impl Algorithm {
    pub(crate) fn named(alg: Option<&str>) -> Self {
        match alg {
            Some("RS256") => Self::Rs256,
            Some("RS384") => Self::Rs384,
            Some("RS512") => Self::Rs512,
            _ => Self::Other,
        }
    }
}

impl HeaderType {
    pub(super) fn of(typ: &Text<'_>) -> Self {
        match typ.as_str() {
            None if typ.is_absent() => Self::Absent,
            Some("JWT") => Self::Jwt,
            Some("at+jwt" | "application/at+jwt") => Self::AccessToken,
            _ => Self::Other,
        }
    }
}

impl Category {
    pub(super) fn of(cat: &Text<'_>) -> Self {
        match cat.as_str() {
            None if cat.is_absent() => Self::SessionOrUnknown,
            Some("cl_B7d4PD111AAA" | "cl_I7d4PD111III") => Self::SessionOrUnknown,
            Some("cl_B7d4PD222AAA") => Self::Template,
            Some("cl_B7d4PD333AAA") => Self::Machine,
            None | Some(_) => Self::Other,
        }
    }
}
