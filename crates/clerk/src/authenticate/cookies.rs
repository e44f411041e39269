//! Which of two sets of cookies counts.

use std::borrow::Cow;

use super::{
    AuthenticateOptions,
    jar::{Cookies, cookie},
    session_cookie::SessionCookie,
};
use crate::{
    keys::{InstanceKind, satellite_host},
    token::{Number, PeekedClaims},
};

/// The set of cookies that counts.
pub(super) struct Counting<'r> {
    /// Whether it is the one with the instance's suffix.
    pub(super) suffixed: bool,
    /// The session token in it.
    pub(super) session_token: Option<SessionCookie<'r>>,
}

impl<'r> Counting<'r> {
    pub(super) fn among(jar: Cookies<'r>, options: &AuthenticateOptions) -> Self {
        let session = |suffix| jar.get(cookie::SESSION, suffix).map(SessionCookie::new);
        let plain = session(None);
        let other = session(Some(options.publishable_key.cookie_suffix()));
        // Both usually hold the same token, which need not be taken apart twice.
        let is_same =
            plain.as_ref().map(SessionCookie::text) == other.as_ref().map(SessionCookie::text);
        let beside = if is_same { &plain } else { &other };
        let suffixed = uses_suffixed(jar, options, plain.as_ref(), beside.as_ref());
        Self {
            suffixed,
            session_token: if suffixed && !is_same { other } else { plain },
        }
    }
}

/// Whether the cookies with the instance's suffix count (Clerk: `usesSuffixedCookies`).
///
/// Older clients write plain cookies only, newer ones write both, and several instances may
/// share a domain: the rules find the set that was written last for this instance.
fn uses_suffixed(
    jar: Cookies<'_>,
    options: &AuthenticateOptions,
    plain: Option<&SessionCookie<'_>>,
    suffixed: Option<&SessionCookie<'_>>,
) -> bool {
    let key = &options.publishable_key;
    let own_host = match &options.domain {
        Some(domain) if options.is_satellite && key.instance_kind() == InstanceKind::Production => {
            Cow::Owned(satellite_host(domain))
        }
        _ => Cow::Borrowed(key.frontend_api()),
    };
    let plain = plain.map(Glance::at);
    if let Some(token) = &plain {
        match token.issuer() {
            // Not one of Clerk's: better to be signed out than to go in circles.
            None | Some("") => return false,
            Some(issuer) if without_scheme(issuer) != own_host => return true,
            Some(_) => {}
        }
    }
    let suffixed_uat = jar.get(cookie::CLIENT_UAT, Some(key.cookie_suffix()));
    if suffixed.is_none() && suffixed_uat.is_none() {
        return false;
    }
    let suffixed = suffixed.map(Glance::at);
    let plain_uat = jar.get(cookie::CLIENT_UAT, None);
    let plain_signed_out = plain_uat.as_deref() == Some("0");
    let suffixed_signed_out = suffixed_uat.as_deref() == Some("0");
    let issued = |token: &Option<Glance<'_>>| token.as_ref().map_or(0.0, Glance::issued_at);

    if !suffixed_signed_out && !plain_signed_out && issued(&plain) > issued(&suffixed) {
        return false;
    }
    if suffixed_signed_out && !plain_signed_out {
        return false;
    }
    if key.instance_kind() != InstanceKind::Production
        && !suffixed_signed_out
        && plain_signed_out
        && suffixed
            .as_ref()
            .and_then(Glance::expires_at)
            .is_some_and(|expires| expires <= options.clock.now_ms().div_euclid(1_000))
    {
        return false;
    }
    // A token without its sign-in time: the instance does not write suffixed cookies now.
    !(suffixed_uat.is_none() && suffixed.is_some())
}

/// What the rules look at in an unverified token; nothing if it cannot be read.
struct Glance<'t>(Option<PeekedClaims<'t>>);

impl<'t> Glance<'t> {
    fn at(token: &'t SessionCookie<'_>) -> Self {
        Self(token.decoded().ok().and_then(|token| token.peek().ok()))
    }

    fn issuer(&self) -> Option<&str> {
        self.0.as_ref()?.iss.as_str()
    }

    /// In unix seconds, with their fraction.
    fn issued_at(&self) -> f64 {
        match self.0.as_ref().map(|claims| claims.iat) {
            Some(Number::Is(seconds)) => seconds,
            None | Some(Number::Absent) => 0.0,
            // Neither older nor newer than any other.
            Some(Number::Wrong) => f64::NAN,
        }
    }

    /// In unix seconds.
    fn expires_at(&self) -> Option<i64> {
        self.0.as_ref()?.exp.seconds()
    }
}

fn without_scheme(issuer: &str) -> &str {
    issuer
        .strip_prefix("https://")
        .or_else(|| issuer.strip_prefix("http://"))
        .unwrap_or(issuer)
}
