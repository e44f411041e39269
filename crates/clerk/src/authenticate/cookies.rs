//! Which of two sets of cookies counts.

use std::borrow::Cow;

use super::{
    AuthenticateOptions,
    jar::{Cookies, cookie},
};
use crate::{
    keys::{InstanceKind, satellite_host},
    token::{DecodedToken, Number},
};

/// Whether the cookies with the instance's suffix count (Clerk: `usesSuffixedCookies`).
///
/// Older clients write plain cookies only, newer ones write both, and several instances may
/// share a domain: the rules find the set that was written last for this instance.
pub(super) fn uses_suffixed(jar: Cookies<'_>, options: &AuthenticateOptions) -> bool {
    let key = &options.publishable_key;
    let own_host = match &options.domain {
        Some(domain) if options.is_satellite && key.instance_kind() == InstanceKind::Production => {
            Cow::Owned(satellite_host(domain))
        }
        _ => Cow::Borrowed(key.frontend_api()),
    };
    let suffix = Some(key.cookie_suffix());
    let plain = Glance::at(jar.get(cookie::SESSION, None));
    if let Some(token) = &plain {
        match token.issuer.as_deref() {
            // Not one of Clerk's: better to be signed out than to go in circles.
            None | Some("") => return false,
            Some(issuer) if without_scheme(issuer) != own_host => return true,
            Some(_) => {}
        }
    }
    let suffixed_token = jar.get(cookie::SESSION, suffix);
    let suffixed_uat = jar.get(cookie::CLIENT_UAT, suffix);
    if suffixed_token.is_none() && suffixed_uat.is_none() {
        return false;
    }
    let has_suffixed_token = suffixed_token.is_some();
    let suffixed = Glance::at(suffixed_token);
    let plain_uat = jar.get(cookie::CLIENT_UAT, None);
    let plain_signed_out = plain_uat.as_deref() == Some("0");
    let suffixed_signed_out = suffixed_uat.as_deref() == Some("0");
    let issued = |token: &Option<Glance>| token.as_ref().map_or(0.0, |token| token.issued_at);

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
            .and_then(|token| token.expires_at)
            .is_some_and(|expires| expires <= options.clock.now_ms().div_euclid(1_000))
    {
        return false;
    }
    // A token without its sign-in time: the instance does not write suffixed cookies now.
    !(suffixed_uat.is_none() && has_suffixed_token)
}

/// What the rules look at in an unverified token.
#[derive(Default)]
struct Glance {
    issuer: Option<String>,
    /// In unix seconds, with their fraction.
    issued_at: f64,
    expires_at: Option<i64>,
}

impl Glance {
    fn at(token: Option<Cow<'_, str>>) -> Option<Self> {
        let token = token?;
        let Ok(decoded) = DecodedToken::parse(&token) else {
            return Some(Self::default());
        };
        let Ok(claims) = decoded.peek() else {
            return Some(Self::default());
        };
        Some(Self {
            issuer: claims.iss.to_owned(),
            issued_at: match claims.iat {
                Number::Is(seconds) => seconds,
                Number::Absent => 0.0,
                // Neither older nor newer than any other.
                Number::Wrong => f64::NAN,
            },
            expires_at: claims.exp.seconds(),
        })
    }
}

fn without_scheme(issuer: &str) -> &str {
    issuer
        .strip_prefix("https://")
        .or_else(|| issuer.strip_prefix("http://"))
        .unwrap_or(issuer)
}
