//! Clerk's backend API over HTTP.
//!
//! [`ApiClient`] has a method for each kind of object ([`ApiClient::users`], …) and calls
//! under it. Lists come a page at a time (`list`) or page after page as a [`Listing`]
//! (`stream`). [`ApiOptions`] tells how long calls may take, when they are repeated
//! ([`RetryPolicy`]) and how many there may be ([`RateBudget`]).
//!
//! ```no_run
//! use clerk::{api::{ApiClient, ApiError, ApiOptions, ListUsers}, keys::SecretKey};
//! use futures_util::TryStreamExt;
//!
//! # async fn read(key: SecretKey) -> Result<(), ApiError> {
//! let client = ApiClient::new(ApiOptions::new(key)?)?;
//! let banned = ListUsers { banned: Some(true), ..ListUsers::default() };
//! let mut users = client.users().stream(&banned);
//! while let Some(user) = users.try_next().await? {
//!     println!("{}", user.id);
//! }
//! # Ok(())
//! # }
//! ```

mod actor_tokens;
mod api_keys;
mod backend;
mod budget;
mod call;
mod change;
mod clients;
mod domains;
mod enterprise_connections;
mod error;
mod invitations;
mod m2m_tokens;
mod machines;
mod oauth_applications;
mod options;
mod organization_permissions;
mod organization_roles;
mod organizations;
mod pages;
mod params;
mod retry;
mod send;
mod sessions;
mod sign_in_tokens;
mod testing_tokens;
mod users;

use std::{sync::Arc, time::Duration};

use reqwest::{Client as HttpClient, redirect};
use url::Url;

pub use actor_tokens::{ActorTokens, CreateActorToken};
pub use api_keys::{ApiKeys, CreateApiKey, ListApiKeys, UpdateApiKey};
pub use budget::RateBudget;
pub use change::Change;
pub use clients::{Clients, ListClients};
pub use domains::{CreateDomain, Domains, UpdateDomain};
pub use enterprise_connections::{
    CreateEnterpriseConnection, EnterpriseConnections, ListEnterpriseConnections, OidcParams,
    SamlAttributeMapping, SamlParams, UpdateEnterpriseConnection,
};
pub use error::{ApiError, ErrorDetail};
pub use invitations::{CreateInvitation, Invitations, ListInvitations};
pub use m2m_tokens::{CreateM2mToken, ListM2mTokens, M2mTokenFormat, M2mTokens};
pub use machines::{CreateMachine, ListMachines, Machines, UpdateMachine};
pub use oauth_applications::OAuthApplications;
pub use options::{ApiOptions, DEFAULT_API_URL};
pub use organization_permissions::{
    CreatePermission, ListPermissions, OrganizationPermissions, UpdatePermission,
};
pub use organization_roles::{CreateRole, ListRoles, OrganizationRoles, UpdateRole};
pub use organizations::{
    CreateOrganization, CreateOrganizationDomain, CreateOrganizationInvitation,
    ListInstanceDomains, ListInstanceInvitations, ListInstanceMemberships, ListOrganizationDomains,
    ListOrganizationInvitations, ListOrganizationMemberships, ListOrganizations,
    OrganizationMetadata, Organizations, UpdateOrganization, UpdateOrganizationDomain, UploadLogo,
};
pub use pages::Listing;
pub use retry::RetryPolicy;
pub use sessions::{ListSessions, Sessions};
pub use sign_in_tokens::{CreateSignInToken, SignInTokens};
pub use testing_tokens::TestingTokens;
pub use users::{CreateUser, ListUserInvitations, ListUsers, UpdateUser, UserMetadata, Users};

use call::Call;

pub use crate::{
    authenticate::RefreshSession,
    models::{
        ActorToken, ApiKey, ApiSession, Client, CustomAttribute, Deleted, Domain, EmailAddress,
        EnterpriseConnection, Invitation, M2mToken, Machine, MachineScope, Metadata,
        OAuthAccessToken, Organization, OrganizationDomain, OrganizationInvitation,
        OrganizationMembership, Page, Permission, PublicUserData, Role, SamlLoginHint, Secret,
        SignInToken, TestingToken, User, Verification,
    },
};
use crate::{jwks::JsonWebKeySet, keys::SecretKey};

/// A client of the backend API of one instance. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct ApiClient(Arc<Inner>);

struct Inner {
    http: HttpClient,
    /// The address without `/v1`.
    base: Url,
    secret_key: SecretKey,
    machine_secret_key: Option<Secret>,
    timeout: Duration,
    retry: RetryPolicy,
    rate_budget: Option<RateBudget>,
    max_response_bytes: usize,
}

impl ApiClient {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    /// [`ApiError::Setup`] if the address is not http(s) or TLS cannot be set up.
    pub fn new(options: ApiOptions) -> Result<Self, ApiError> {
        let mut base = options.api_url;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(ApiError::Setup(format!("{base} is not an http address")));
        }
        base.set_query(None);
        base.set_fragment(None);
        base.path_segments_mut()
            .map_err(|()| ApiError::Setup("the API address cannot hold a path".to_owned()))?
            .pop_if_empty();
        let mut http = HttpClient::builder()
            .connect_timeout(options.connect_timeout.min(options.timeout))
            // The secret key must go nowhere but to the address it is for.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("clerk-for-rust/", env!("CARGO_PKG_VERSION")));
        if options::is_loopback(&base) {
            http = http.no_proxy();
        }
        let http = http
            .build()
            .map_err(|error| ApiError::Setup(error.to_string()))?;
        Ok(Self(Arc::new(Inner {
            http,
            base,
            secret_key: options.secret_key,
            machine_secret_key: options.machine_secret_key,
            timeout: options.timeout,
            retry: options.retry,
            rate_budget: options.rate_budget,
            max_response_bytes: options.max_response_bytes,
        })))
    }

    /// Users.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }

    /// Organizations, their members, invitations and domains.
    pub fn organizations(&self) -> Organizations<'_> {
        Organizations(self)
    }

    /// Roles of members of organizations.
    pub fn organization_roles(&self) -> OrganizationRoles<'_> {
        OrganizationRoles(self)
    }

    /// What roles may allow.
    pub fn organization_permissions(&self) -> OrganizationPermissions<'_> {
        OrganizationPermissions(self)
    }

    /// Sessions.
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }

    /// Clients: browsers and devices.
    pub fn clients(&self) -> Clients<'_> {
        Clients(self)
    }

    /// Invitations to the application.
    pub fn invitations(&self) -> Invitations<'_> {
        Invitations(self)
    }

    /// The instance's domains and its satellites'.
    pub fn domains(&self) -> Domains<'_> {
        Domains(self)
    }

    /// Connections to companies' directories.
    pub fn enterprise_connections(&self) -> EnterpriseConnections<'_> {
        EnterpriseConnections(self)
    }

    /// Machines.
    pub fn machines(&self) -> Machines<'_> {
        Machines(self)
    }

    /// API keys of users and organizations.
    pub fn api_keys(&self) -> ApiKeys<'_> {
        ApiKeys(self)
    }

    /// OAuth applications' access tokens.
    pub fn oauth_applications(&self) -> OAuthApplications<'_> {
        OAuthApplications(self)
    }

    /// Tokens that sign a user in.
    pub fn sign_in_tokens(&self) -> SignInTokens<'_> {
        SignInTokens(self)
    }

    /// Tokens that let somebody act as a user.
    pub fn actor_tokens(&self) -> ActorTokens<'_> {
        ActorTokens(self)
    }

    /// Tokens for tests.
    pub fn testing_tokens(&self) -> TestingTokens<'_> {
        TestingTokens(self)
    }

    /// Tokens between machines, with the machine secret key of the options if there is one.
    pub fn m2m_tokens(&self) -> M2mTokens<'_> {
        M2mTokens::of(self)
    }

    /// The instance's published keys, fetched anew; [`crate::jwks::Jwks`] keeps them. Clerk
    /// does not count these calls, so they are not taken from the budget.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn jwks(&self) -> Result<JsonWebKeySet, ApiError> {
        self.run(Call::get(&["jwks"]).uncounted()).await
    }
}
