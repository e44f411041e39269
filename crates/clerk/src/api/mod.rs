//! Clerk's backend API over HTTP.

mod api_keys;
mod clients;
mod error;
mod m2m_tokens;
mod oauth_applications;
mod organizations;
mod request;
mod sessions;
mod users;

use std::{sync::Arc, time::Duration};

use reqwest::{Client, redirect};
use url::Url;

pub use api_keys::ApiKeys;
pub use clients::Clients;
pub use error::{ApiError, ErrorDetail};
pub use m2m_tokens::M2mTokens;
pub use oauth_applications::OAuthApplications;
pub use organizations::{CreateOrganization, Organizations};
pub use sessions::Sessions;
pub use users::{CreateUser, ListUsers, Users};

use crate::{
    BoxFuture,
    authenticate::{Backend, BackendError},
    ids::SessionId,
    jwks::{JsonWebKeySet, JwksError, JwksSource},
    keys::SecretKey,
};
pub use crate::{
    authenticate::RefreshSession,
    models::{
        ApiKey, ApiSession, Deleted, EmailAddress, M2mToken, Metadata, OAuthAccessToken,
        Organization, OrganizationInvitation, OrganizationMembership, Page, PublicUserData, Secret,
        User, Verification,
    },
};

/// Where Clerk's backend API is.
pub const DEFAULT_API_URL: &str = "https://api.clerk.com";

/// A client of the backend API of one instance. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct ApiClient(Arc<Inner>);

struct Inner {
    http: Client,
    /// The address without `/v1`.
    base: Url,
    secret_key: SecretKey,
    max_response_bytes: usize,
}

/// How to reach the backend API.
#[derive(Debug, Clone)]
pub struct ApiOptions {
    /// Where it is, without `/v1`: [`DEFAULT_API_URL`].
    pub api_url: Url,
    /// The instance's secret key.
    pub secret_key: SecretKey,
    /// How long one call may take, from the connection to the last byte.
    pub timeout: Duration,
    /// The largest answer that is read, in bytes.
    pub max_response_bytes: usize,
}

impl ApiOptions {
    /// Clerk's own address, 10 seconds and 16 MiB.
    ///
    /// # Errors
    /// Never; the address is a constant.
    pub fn new(secret_key: SecretKey) -> Result<Self, ApiError> {
        let api_url = Url::parse(DEFAULT_API_URL).map_err(|e| ApiError::Setup(e.to_string()))?;
        Ok(Self::at(api_url, secret_key))
    }

    /// The same at another address, such as a local instance's.
    pub fn at(api_url: Url, secret_key: SecretKey) -> Self {
        let timeout = Duration::from_secs(10);
        Self {
            api_url,
            secret_key,
            timeout,
            max_response_bytes: 16 * 1024 * 1024,
        }
    }
}

impl ApiClient {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    /// [`ApiError::Setup`] if the address is not http(s) or TLS cannot be set up.
    pub fn new(options: ApiOptions) -> Result<Self, ApiError> {
        let ApiOptions {
            api_url,
            secret_key,
            timeout,
            max_response_bytes,
        } = options;
        let mut base = api_url;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(ApiError::Setup(format!("{base} is not an http address")));
        }
        base.set_query(None);
        base.set_fragment(None);
        base.path_segments_mut()
            .map_err(|()| ApiError::Setup("the API address cannot hold a path".to_owned()))?
            .pop_if_empty();
        let mut http = Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            // The secret key must go nowhere but to the address it is for.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("clerk-for-rust/", env!("CARGO_PKG_VERSION")));
        if is_loopback(&base) {
            http = http.no_proxy();
        }
        let http = http
            .build()
            .map_err(|error| ApiError::Setup(error.to_string()))?;
        Ok(Self(Arc::new(Inner {
            http,
            base,
            secret_key,
            max_response_bytes,
        })))
    }

    /// Users.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }

    /// Organizations and their memberships.
    pub fn organizations(&self) -> Organizations<'_> {
        Organizations(self)
    }

    /// Sessions.
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }

    /// Clients: browsers and devices.
    pub fn clients(&self) -> Clients<'_> {
        Clients(self)
    }

    /// API keys of users and organizations.
    pub fn api_keys(&self) -> ApiKeys<'_> {
        ApiKeys(self)
    }

    /// Tokens between machines.
    pub fn m2m_tokens(&self) -> M2mTokens<'_> {
        M2mTokens(self)
    }

    /// OAuth applications and their access tokens.
    pub fn oauth_applications(&self) -> OAuthApplications<'_> {
        OAuthApplications(self)
    }

    /// The instance's published keys, fetched anew; [`crate::jwks::Jwks`] keeps them.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn jwks(&self) -> Result<JsonWebKeySet, ApiError> {
        self.get(&["jwks"], &[]).await
    }
}

/// Whether `url` is on this machine; a proxy for the outside world must not see it.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl JwksSource for ApiClient {
    fn fetch(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        Box::pin(async move {
            self.jwks().await.map_err(|error| match (error.code(), &error) {
                (Some("clerk_key_invalid"), _) => JwksError::SecretKeyInvalid,
                (_, ApiError::Transport(_) | ApiError::Decode(_)) => {
                    JwksError::Unreachable(error.to_string())
                }
                _ => JwksError::Failed(error.to_string()),
            })
        })
    }
}

impl Backend for ApiClient {
    fn jwks(&self) -> BoxFuture<'_, Result<JsonWebKeySet, JwksError>> {
        JwksSource::fetch(self)
    }

    fn handshake_payload<'a>(
        &'a self,
        nonce: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move { Ok(self.clients().handshake_payload(nonce).await?) })
    }

    fn refresh<'a>(
        &'a self,
        session: &'a SessionId,
        refresh: RefreshSession,
    ) -> BoxFuture<'a, Result<Vec<String>, BackendError>> {
        Box::pin(async move { Ok(self.sessions().refresh(session, refresh).await?) })
    }
}

impl From<ApiError> for BackendError {
    fn from(error: ApiError) -> Self {
        match error.code() {
            Some(code) => Self::Refused {
                code: code.to_owned(),
            },
            None => match error {
                ApiError::Transport(_) | ApiError::Decode(_) => {
                    Self::Unreachable(error.to_string())
                }
                _ => Self::Failed(error.to_string()),
            },
        }
    }
}
