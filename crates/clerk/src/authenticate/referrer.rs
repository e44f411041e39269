//! Where a page load comes from.

use http::header;
use url::{Host, Url};

use super::{Authenticator, request::Incoming};
use crate::keys::{FrontendApi, account_portal};

/// Endings of account portals' hosts of development instances, and whether the portal of an
/// instance is its first label (newer instances) or begins with `accounts.` (older ones).
const NEWER_PORTALS: [&str; 3] = [
    ".accounts.dev",
    ".accountsstage.dev",
    ".accounts.lclclerk.com",
];
const OLDER_PORTALS: [&str; 3] = [".lcl.dev", ".lclstage.dev", ".lclclerk.com"];

impl Authenticator {
    /// Whether this is the first page load coming from another site, which may be a satellite
    /// where the person has just signed in or out. Clerk's own pages are no such site.
    pub(super) fn comes_from_elsewhere(&self, incoming: &Incoming<'_>) -> bool {
        if self.0.options.is_satellite
            || !incoming.is_get()
            || !incoming.wants_document()
            || incoming.redirect_count != 0
        {
            return false;
        }
        let Some(referrer) = incoming
            .header(header::REFERER)
            .and_then(|referrer| Url::parse(referrer).ok())
        else {
            return false;
        };
        let own = incoming.public_url(&self.0.options);
        referrer.origin() != own.origin() && !self.is_clerks_own(&referrer, &own)
    }

    /// Whether an address is the instance's frontend API or its account portal.
    fn is_clerks_own(&self, referrer: &Url, own: &Url) -> bool {
        let frontend_api = self.0.frontend_api.url(own);
        if referrer.host() == frontend_api.host() && referrer.has_host() {
            return true;
        }
        let Some(Host::Domain(host)) = referrer.host() else {
            return false;
        };
        if self.is_development() && is_development_portal(host) {
            return true;
        }
        let proxied = self.0.options.proxy_url.is_some();
        let portal = match &self.0.frontend_api {
            FrontendApi::At(url) if !proxied => Some(account_portal(url)),
            _ => None,
        };
        portal.is_some_and(|portal| portal.origin() == referrer.origin())
    }
}

fn is_development_portal(host: &str) -> bool {
    let newer = |ending: &str| {
        let name = host.strip_suffix(ending);
        name.is_some_and(|name| !name.ends_with(".clerk"))
    };
    NEWER_PORTALS.iter().any(|ending| newer(ending))
        || (host.starts_with("accounts.") && OLDER_PORTALS.iter().any(|end| host.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_of_development_instances() {
        for (host, is_portal) in [
            ("foo-bar-13.accounts.dev", true),
            ("foo-bar-13.clerk.accounts.dev", false),
            ("accounts.foo.lcl.dev", true),
            ("foo.lcl.dev", false),
            ("accounts.example.com", false),
        ] {
            assert_eq!(is_development_portal(host), is_portal, "{host}");
        }
    }
}
