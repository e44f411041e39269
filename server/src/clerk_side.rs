//! The Clerk instance this server talks to, local or real, reduced to keys and URLs.
//!
//! From here on nothing asks which of the two it is: the same code verifies, calls and receives.

use std::{net::SocketAddr, sync::Arc};

use clerk::{
    clock::SharedClock,
    keys::{FrontendApi, ProxyUrl, PublishableKey, SecretKey},
    verify::RsaPublicKey,
    webhooks::WebhookSecret,
};
use url::Url;

use crate::{
    config::{ClerkConfig, Config, Smtp},
    start::StartError,
};

/// Keys and URLs of the instance in use.
pub struct ClerkSide {
    /// Names the frontend API.
    pub publishable_key: PublishableKey,
    /// Opens the backend API.
    pub secret_key: SecretKey,
    /// PEM for verification without network; otherwise the JWKS is fetched.
    pub jwt_key: Option<Arc<RsaPublicKey>>,
    /// Signs webhooks.
    pub webhook_secret: Option<WebhookSecret>,
    /// Accepted values of a token's `azp`.
    pub authorized_parties: Vec<String>,
    /// The backend API, without `/v1`.
    pub api_url: Url,
    /// Where browsers reach the frontend API, if not on its own host.
    pub proxy_url: Option<ProxyUrl>,
    /// Sign-in without JavaScript.
    pub account_portal_url: String,
    /// The local instance itself, to be mounted.
    #[cfg(feature = "local-clerk")]
    pub local: Option<clerk_local::LocalClerk>,
}

impl ClerkSide {
    /// Opens the local instance, or takes the configured keys.
    ///
    /// `addr` is the address really listened on: the local instance is reached there.
    ///
    /// # Errors
    /// When the local instance cannot be opened, or is not part of this build.
    pub async fn open(
        config: &Config,
        addr: SocketAddr,
        clock: &SharedClock,
    ) -> Result<Self, StartError> {
        match &config.clerk {
            ClerkConfig::Local {
                authorized_parties,
                smtp,
            } => Self::local(config, addr, authorized_parties, smtp.as_ref(), clock).await,
            ClerkConfig::Remote(remote) => Ok(Self {
                account_portal_url: hosted_sign_in(&remote.publishable_key),
                publishable_key: remote.publishable_key.clone(),
                secret_key: remote.secret_key.clone(),
                jwt_key: remote.jwt_key.clone(),
                webhook_secret: remote.webhook_secret.clone(),
                authorized_parties: remote.authorized_parties.clone(),
                api_url: remote.api_url.clone(),
                proxy_url: remote.proxy_url.clone(),
                #[cfg(feature = "local-clerk")]
                local: None,
            }),
        }
    }

    #[cfg(feature = "local-clerk")]
    async fn local(
        config: &Config,
        addr: SocketAddr,
        authorized_parties: &[String],
        smtp: Option<&Smtp>,
        clock: &SharedClock,
    ) -> Result<Self, StartError> {
        use clerk_local::{BASE_PATH, LocalClerk, LocalOptions, SmtpServer};

        let smtp = smtp
            .map(|smtp| SmtpServer::new(&smtp.url, &smtp.from))
            .transpose()
            .map_err(|error| StartError::LocalClerk(error.to_string()))?;
        let here = loopback_url(addr)?;
        let join = |path: &str| {
            here.join(path)
                .map_err(|error| StartError::Address(error.to_string()))
        };
        let options = LocalOptions::new(&config.data_dir, config.public_url.clone());
        let local = LocalClerk::open(LocalOptions {
            webhook_url: join("/webhooks/clerk")?,
            npm_dir: crate::site::beside_executable("clerk-npm").join("node_modules"),
            smtp,
            clock: clock.clone(),
            ..options
        })
        .await
        .map_err(|error| StartError::LocalClerk(error.to_string()))?;
        Ok(Self {
            publishable_key: local.publishable_key(),
            secret_key: local.secret_key(),
            jwt_key: None,
            webhook_secret: Some(local.webhook_secret()),
            authorized_parties: authorized_parties.to_vec(),
            api_url: join(&format!("{BASE_PATH}/backend"))?,
            proxy_url: Some(ProxyUrl::Path(BASE_PATH.to_owned())),
            account_portal_url: format!("{BASE_PATH}/portal/sign-in"),
            local: Some(local),
        })
    }

    #[cfg(not(feature = "local-clerk"))]
    async fn local(
        _config: &Config,
        _addr: SocketAddr,
        _authorized_parties: &[String],
        _smtp: Option<&Smtp>,
        _clock: &SharedClock,
    ) -> Result<Self, StartError> {
        Err(StartError::NoLocalClerk)
    }

    /// Where browsers reach the frontend API.
    #[must_use]
    pub fn frontend_api(&self) -> FrontendApi {
        match &self.proxy_url {
            Some(ProxyUrl::Absolute(url)) => FrontendApi::At(url.clone()),
            Some(ProxyUrl::Path(path)) => FrontendApi::Under(path.clone()),
            None => FrontendApi::At(self.publishable_key.frontend_api_url().clone()),
        }
    }
}

/// The sign-in page of an instance's account portal.
fn hosted_sign_in(key: &PublishableKey) -> String {
    let mut url = key.account_portal_url();
    url.set_path("sign-in");
    url.into()
}

/// This machine's way to a server that may listen on all addresses.
#[cfg(feature = "local-clerk")]
fn loopback_url(addr: SocketAddr) -> Result<Url, StartError> {
    let ip = match addr.ip() {
        ip if !ip.is_unspecified() => ip,
        std::net::IpAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
        std::net::IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
    };
    Url::parse(&format!("http://{}", SocketAddr::new(ip, addr.port())))
        .map_err(|error| StartError::Address(error.to_string()))
}
