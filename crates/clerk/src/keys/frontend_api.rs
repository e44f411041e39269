use url::Url;

use super::{InstanceKind, ProxyUrl, PublishableKey};

/// Where browsers reach the frontend API of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontendApi {
    /// On a host of its own, or through a proxy at a full address.
    At(Url),
    /// Through a proxy under this path of the application's own origin.
    Under(String),
}

/// A satellite's domain that cannot stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the domain of a satellite application")]
pub struct DomainError(pub String);

impl FrontendApi {
    /// The frontend API of the instance of `key`: behind `proxy` if there is one, else for a
    /// satellite application of a production instance at `clerk.` and its domain, else at
    /// the key's own host (Clerk: `parsePublishableKey`).
    ///
    /// # Errors
    /// [`DomainError`] if `satellite_domain` is needed and is no host.
    pub fn new(
        key: &PublishableKey,
        proxy: Option<&ProxyUrl>,
        satellite_domain: Option<&str>,
    ) -> Result<Self, DomainError> {
        match (proxy, satellite_domain) {
            (Some(ProxyUrl::Absolute(url)), _) => Ok(Self::At(url.clone())),
            (Some(ProxyUrl::Path(path)), _) => Ok(Self::Under(path.clone())),
            (None, Some(domain)) if key.instance_kind() == InstanceKind::Production => {
                let plain = domain
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-.:_".contains(&b));
                match Url::parse(&format!("https://{}", satellite_host(domain))) {
                    Ok(url) if plain && !domain.is_empty() => Ok(Self::At(url)),
                    _ => Err(DomainError(domain.to_owned())),
                }
            }
            (None, _) => Ok(Self::At(key.frontend_api_url().clone())),
        }
    }

    /// Its address, without a slash at the end of its path; `own` is any address of the
    /// application's.
    pub fn url(&self, own: &Url) -> Url {
        match self {
            Self::At(url) => url.clone(),
            Self::Under(path) => {
                let mut url = own.clone();
                url.set_path(path);
                url.set_query(None);
                url.set_fragment(None);
                url
            }
        }
    }

    /// Where pages of the application find a file of one of Clerk's browser packages, which the
    /// frontend API serves (Clerk: `clerkJSScriptUrl`): `package` as in `clerk-js`, `version`
    /// whole or only the major one, `file` below the package's `dist`.
    pub fn script(&self, package: &str, version: &str, file: &str) -> String {
        format!("{self}/npm/@clerk/{package}@{version}/dist/{file}")
    }
}

impl std::fmt::Display for FrontendApi {
    /// As pages of the application write it, without a slash at the end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::At(url) => f.write_str(url.as_str().trim_end_matches('/')),
            Self::Under(path) => f.write_str(path),
        }
    }
}

/// The frontend API host of a satellite application of a production instance.
pub(crate) fn satellite_host(domain: &str) -> String {
    format!("clerk.{domain}")
}

/// The account portal beside a frontend API, which is at `clerk.` something (Clerk:
/// `buildAccountsBaseUrl`).
pub(crate) fn account_portal(frontend_api: &Url) -> Url {
    let mut portal = frontend_api.clone();
    let names = [
        ("clerk.accountsstage.", "accountsstage."),
        ("clerk.accounts.", "accounts."),
        ("clerk.", "accounts."),
    ];
    let host = frontend_api.host_str().unwrap_or_default();
    if let Some((from, to)) = names.iter().find(|(from, _)| host.contains(from)) {
        // One label of a host for another cannot make it invalid.
        let _ = portal.set_host(Some(&host.replacen(from, to, 1)));
    }
    portal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_portals() {
        for (api, portal) in [
            ("clerk.example.com", "accounts.example.com"),
            ("clerk.app.example.com", "accounts.app.example.com"),
            ("foo-bar-13.clerk.accounts.dev", "foo-bar-13.accounts.dev"),
            (
                "foo-bar-13.clerk.accountsstage.dev",
                "foo-bar-13.accountsstage.dev",
            ),
            ("api.example.com", "api.example.com"),
        ] {
            let url = Url::parse(&format!("https://{api}")).unwrap();
            assert_eq!(account_portal(&url).host_str(), Some(portal));
        }
    }

    #[test]
    fn scripts_are_where_the_frontend_api_is() {
        let key = PublishableKey::for_host(InstanceKind::Production, "clerk.main.com").unwrap();
        for (proxy, expected) in [
            (
                None,
                "https://clerk.main.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
            ),
            (
                Some("https://p.com/x/"),
                "https://p.com/x/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
            ),
            (
                Some("/__clerk"),
                "/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
            ),
        ] {
            let proxy = proxy.map(|proxy| ProxyUrl::parse(proxy).unwrap());
            let api = FrontendApi::new(&key, proxy.as_ref(), None).unwrap();
            assert_eq!(api.script("clerk-js", "6", "clerk.browser.js"), expected);
        }
    }

    #[test]
    fn a_proxy_comes_before_a_domain_and_a_domain_before_the_key() {
        let own = Url::parse("http://localhost:3000/a?b=c#d").unwrap();
        let url = |kind, proxy: Option<&str>, domain: Option<&str>| {
            let key = PublishableKey::for_host(kind, "clerk.main.com").unwrap();
            let proxy = proxy.map(|proxy| ProxyUrl::parse(proxy).unwrap());
            let api = FrontendApi::new(&key, proxy.as_ref(), domain).unwrap();
            api.url(&own).to_string()
        };
        use InstanceKind::{Development, Production};
        let cases = [
            (Production, None, None, "https://clerk.main.com/"),
            (Production, None, Some("s.com"), "https://clerk.s.com/"),
            (
                Production,
                None,
                Some("s.com:8443"),
                "https://clerk.s.com:8443/",
            ),
            (Development, None, Some("s.com"), "https://clerk.main.com/"),
            (
                Production,
                Some("/__clerk"),
                Some("s.com"),
                "http://localhost:3000/__clerk",
            ),
            (
                Development,
                Some("https://p.com/x/"),
                None,
                "https://p.com/x",
            ),
        ];
        for (kind, proxy, domain, expected) in cases {
            assert_eq!(url(kind, proxy, domain), expected);
        }
        let key = PublishableKey::for_host(Production, "clerk.main.com").unwrap();
        for domain in ["", "a b", "https://s.com", "u@s.com", "s.com/x"] {
            let error = FrontendApi::new(&key, None, Some(domain)).unwrap_err();
            assert_eq!(error, DomainError(domain.to_owned()));
        }
    }
}
