//! Which Clerk the server talks to.

use std::sync::Arc;

use clerk::{
    keys::{ProxyUrl, PublishableKey, SecretKey},
    verify::RsaPublicKey,
    webhooks::WebhookSecret,
};
use url::Url;

use super::ConfigError;

/// The real Clerk when keys are given, the local instance when none are.
#[derive(Debug, Clone)]
pub enum ClerkConfig {
    /// No Clerk key is set: the local instance is mounted at `/__clerk`.
    Local {
        /// `CLERK_AUTHORIZED_PARTIES`; default the origin of `PUBLIC_URL`.
        authorized_parties: Vec<String>,
        /// `SMTP_URL`: where the instance's mails go besides its outbox.
        smtp: Option<Smtp>,
    },
    /// Keys are set: the real Clerk.
    Remote(Box<RemoteClerk>),
}

/// A mail server and the sender it is given.
#[derive(Clone)]
pub struct Smtp {
    /// `SMTP_URL`: `smtp://[user:password@]host[:port]` or `smtps://…`.
    pub url: String,
    /// `SMTP_FROM`. Default `Tenantry <no-reply@localhost>`.
    pub from: String,
}

impl std::fmt::Debug for Smtp {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Keys and addresses of a Clerk instance on the network.
#[derive(Debug, Clone)]
pub struct RemoteClerk {
    /// `CLERK_PUBLISHABLE_KEY`.
    pub publishable_key: PublishableKey,
    /// `CLERK_SECRET_KEY`.
    pub secret_key: SecretKey,
    /// `CLERK_JWT_KEY`: the instance's public key as PEM, for verification without network.
    pub jwt_key: Option<Arc<RsaPublicKey>>,
    /// `CLERK_WEBHOOK_SIGNING_SECRET`; without it webhooks are answered with 503.
    pub webhook_secret: Option<WebhookSecret>,
    /// `CLERK_AUTHORIZED_PARTIES`; default the origin of `PUBLIC_URL`.
    pub authorized_parties: Vec<String>,
    /// `CLERK_API_URL`. Default `https://api.clerk.com`.
    pub api_url: Url,
    /// `CLERK_PROXY_URL`: where browsers reach the frontend API, if not on its own host. On the
    /// origin of `PUBLIC_URL` this server is the proxy.
    pub proxy_url: Option<ProxyUrl>,
    /// `CLERK_PROXY_UPSTREAM`: where this server, as the proxy, passes requests on to. Default
    /// Clerk's address for that.
    pub proxy_upstream: Option<Url>,
}

/// Reads what `get` knows of Clerk.
///
/// # Errors
/// The first variable whose value cannot be used.
pub(super) fn read<'a>(
    get: impl Fn(&str) -> Option<&'a str>,
    public_url: &Url,
) -> Result<ClerkConfig, ConfigError> {
    let authorized_parties = authorized_parties(get("CLERK_AUTHORIZED_PARTIES"), public_url)?;
    let (publishable_key, secret_key) =
        match (get("CLERK_PUBLISHABLE_KEY"), get("CLERK_SECRET_KEY")) {
            (None, None) => {
                let from = get("SMTP_FROM").unwrap_or("Tenantry <no-reply@localhost>");
                let smtp = get("SMTP_URL").map(|url| Smtp {
                    url: url.to_owned(),
                    from: from.to_owned(),
                });
                return Ok(ClerkConfig::Local {
                    authorized_parties,
                    smtp,
                });
            }
            (Some(publishable_key), Some(secret_key)) => (publishable_key, secret_key),
            (Some(_), None) => {
                return Err(ConfigError {
                    variable: "CLERK_SECRET_KEY",
                    problem: "it is missing while CLERK_PUBLISHABLE_KEY is set".to_owned(),
                    example: "sk_test_…",
                });
            }
            (None, Some(_)) => {
                return Err(ConfigError {
                    variable: "CLERK_PUBLISHABLE_KEY",
                    problem: "it is missing while CLERK_SECRET_KEY is set".to_owned(),
                    example: "pk_test_…",
                });
            }
        };

    let publishable_key = PublishableKey::parse(publishable_key).map_err(|e| ConfigError {
        variable: "CLERK_PUBLISHABLE_KEY",
        problem: e.to_string(),
        example: "pk_test_…",
    })?;
    let secret_key = SecretKey::parse(secret_key).map_err(|e| ConfigError {
        variable: "CLERK_SECRET_KEY",
        problem: e.to_string(),
        example: "sk_test_…",
    })?;
    let webhook_secret = get("CLERK_WEBHOOK_SIGNING_SECRET")
        .map(WebhookSecret::parse)
        .transpose()
        .map_err(|e| ConfigError {
            variable: "CLERK_WEBHOOK_SIGNING_SECRET",
            problem: e.to_string(),
            example: "whsec_…",
        })?;
    let jwt_key = get("CLERK_JWT_KEY")
        .map(RsaPublicKey::from_pem)
        .transpose()
        .map_err(|e| ConfigError {
            variable: "CLERK_JWT_KEY",
            problem: e.to_string(),
            example: "\"-----BEGIN PUBLIC KEY-----…\"",
        })?
        .map(Arc::new);
    let api_url = get("CLERK_API_URL").unwrap_or("https://api.clerk.com");
    let api_url = Url::parse(api_url).map_err(|e| ConfigError {
        variable: "CLERK_API_URL",
        problem: format!("\"{api_url}\" is not a URL ({e})"),
        example: "https://api.clerk.com",
    })?;
    let proxy_url = get("CLERK_PROXY_URL")
        .map(|value| proxy_url(value, public_url))
        .transpose()?;
    let proxy_upstream = get("CLERK_PROXY_UPSTREAM")
        .map(Url::parse)
        .transpose()
        .map_err(|e| ConfigError {
            variable: "CLERK_PROXY_UPSTREAM",
            problem: format!("it is not a URL ({e})"),
            example: "https://frontend-api.clerk.dev",
        })?;
    Ok(ClerkConfig::Remote(Box::new(RemoteClerk {
        publishable_key,
        secret_key,
        jwt_key,
        webhook_secret,
        authorized_parties,
        api_url,
        proxy_url,
        proxy_upstream,
    })))
}

/// A proxy on the application's own origin needs a path, under which this server is the proxy.
fn proxy_url(value: &str, public_url: &Url) -> Result<ProxyUrl, ConfigError> {
    let wrong = |problem: String| ConfigError {
        variable: "CLERK_PROXY_URL",
        problem,
        example: "/__clerk",
    };
    let url = ProxyUrl::parse(value).map_err(|e| wrong(e.to_string()))?;
    let path = match &url {
        ProxyUrl::Path(path) => path,
        ProxyUrl::Absolute(url) if url.origin() == public_url.origin() => url.path(),
        ProxyUrl::Absolute(_) => return Ok(url),
    };
    let plain = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte));
    if path == "/" || path.contains("//") || !plain {
        return Err(wrong(format!(
            "on this application's own origin it needs a plain path of its own, not \"{path}\""
        )));
    }
    Ok(url)
}

fn authorized_parties(value: Option<&str>, public_url: &Url) -> Result<Vec<String>, ConfigError> {
    let Some(value) = value else {
        return Ok(vec![public_url.origin().ascii_serialization()]);
    };
    value
        .split(',')
        .map(str::trim)
        .filter(|party| !party.is_empty())
        .map(|party| {
            let origin = Url::parse(party)
                .ok()
                .map(|url| url.origin().ascii_serialization());
            match origin {
                Some(origin) if origin == party => Ok(origin),
                _ => Err(ConfigError {
                    variable: "CLERK_AUTHORIZED_PARTIES",
                    problem: format!("\"{party}\" is not an origin (scheme, host and port alone)"),
                    example: "https://app.example.com,https://admin.example.com",
                }),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remote(proxy: &str) -> Result<RemoteClerk, ConfigError> {
        let get = |name: &str| match name {
            "CLERK_PUBLISHABLE_KEY" => Some("pk_test_Y2xlcmsuZGV2LmxvY2FsaG9zdCQ"),
            "CLERK_SECRET_KEY" => Some("sk_test_x"),
            "CLERK_PROXY_URL" => Some(proxy),
            _ => None,
        };
        let public_url = Url::parse("https://app.example.com").unwrap();
        match read(get, &public_url)? {
            ClerkConfig::Remote(remote) => Ok(*remote),
            ClerkConfig::Local { .. } => panic!("keys are set"),
        }
    }

    #[test]
    fn a_proxy_on_the_own_origin_has_a_path_of_its_own() {
        for good in [
            "/__clerk",
            "/auth/clerk/",
            "https://app.example.com/__clerk",
            "https://clerk.example.com",
        ] {
            assert!(remote(good).unwrap().proxy_url.is_some(), "{good}");
        }
        for wrong in [
            "/",
            "/{path}",
            "/a//b",
            "https://app.example.com",
            "https://app.example.com/%2e",
            "ftp://clerk.example.com",
        ] {
            let error = remote(wrong).unwrap_err();
            assert_eq!(error.variable, "CLERK_PROXY_URL", "{wrong}");
        }
    }
}
