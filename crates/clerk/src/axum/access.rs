//! Who is let through (Clerk: the rules of `auth.protect()`).

use super::{Auth, Denial};
use crate::{
    has::Has,
    machine::{AcceptsToken, TokenType},
    session::Session,
};

impl Auth {
    /// Whether a route that takes these tokens, and asks this of a session, is open.
    ///
    /// Roles, permissions and the like belong to sessions, so that where any is asked no
    /// machine gets through. (Clerk's own `protect` lets machines pass unasked.)
    pub(super) fn check(&self, accepts: &AcceptsToken, has: Option<&Has>) -> Result<(), Denial> {
        if let Some(machine) = self.machine()
            && accepts.contains(machine.token_type())
        {
            return match has {
                None => Ok(()),
                Some(_) => Err(Denial::Unauthorized),
            };
        }
        if let Some(session) = self.session()
            && accepts.contains(TokenType::Session)
        {
            return match has {
                Some(has) if !session.has(has) => Err(what_is_missing(session, has)),
                _ => Ok(()),
            };
        }
        let session_would_do = *accepts == AcceptsToken::One(TokenType::Session)
            || accepts.contains(TokenType::Session)
                && self.token_type() == Some(TokenType::Session);
        Err(match session_would_do {
            true => Denial::SignedOut,
            false => Denial::Unauthorized,
        })
    }
}

fn what_is_missing(session: &Session, has: &Has) -> Denial {
    let rest_is_met = || {
        has.without_reverification()
            .is_none_or(|rest| session.has(&rest))
    };
    match has.asked_reverification() {
        Some(asked) if rest_is_met() => Denial::ReverificationNeeded(asked),
        _ => Denial::NotAllowed,
    }
}
