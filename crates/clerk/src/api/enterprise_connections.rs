use serde::Serialize;

use super::{
    ApiClient, ApiError, Change, CustomAttribute, Deleted, EnterpriseConnection, Listing, Page,
    SamlLoginHint, Secret, call::Call, pages::Paging, params::params,
};
use crate::ids::OrganizationId;

const PATH: &str = "enterprise_connections";

/// Calls about connections to companies' directories. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct EnterpriseConnections<'a>(pub(super) &'a ApiClient);

impl EnterpriseConnections<'_> {
    /// One page of the instance's connections.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(
        &self,
        params: &ListEnterpriseConnections,
    ) -> Result<Page<EnterpriseConnection>, ApiError> {
        self.0.run(Call::get(&[PATH]).query(params)).await
    }

    /// All of the instance's connections.
    pub fn stream(&self, params: &ListEnterpriseConnections) -> Listing<EnterpriseConnection> {
        let call = Call::get(&[PATH]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One connection.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<EnterpriseConnection, ApiError> {
        self.0.run(Call::get(&[PATH, id])).await
    }

    /// Makes a connection.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(
        &self,
        connection: &CreateEnterpriseConnection,
    ) -> Result<EnterpriseConnection, ApiError> {
        self.0.run(Call::post(&[PATH]).body(connection)).await
    }

    /// Changes a connection.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(
        &self,
        id: &str,
        changes: &UpdateEnterpriseConnection,
    ) -> Result<EnterpriseConnection, ApiError> {
        self.0.run(Call::patch(&[PATH, id]).body(changes)).await
    }

    /// Deletes a connection.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&[PATH, id])).await
    }
}

params! {
    /// A connection to be made.
    #[derive(Default)]
    pub struct CreateEnterpriseConnection {
        /// Its name. Clerk demands it.
        pub name: String,
        /// The provider: `saml_okta`, `oidc_custom`, … Clerk demands it.
        pub provider: String,
        /// The domains whose people come by it.
        pub domains: Vec<String>,
        /// The organization that its people come into.
        pub organization_id: Option<OrganizationId>,
        /// Whether it is on.
        pub active: Option<bool>,
        /// Whether names and pictures are brought up to date at each sign-in.
        pub sync_user_attributes: Option<bool>,
        /// Whether accounts may be linked because of a membership.
        pub allow_organization_account_linking: Option<bool>,
        /// Whether people can sign in by it.
        pub authenticatable: Option<bool>,
        /// Whether nobody is made a user by signing in for the first time.
        pub disable_jit_provisioning: Option<bool>,
        /// What else is taken over from the directory.
        pub custom_attributes: Vec<CustomAttribute>,
        /// Its SAML side.
        pub saml: Option<SamlParams>,
        /// Its OIDC side.
        pub oidc: Option<OidcParams>,
    }
}

params! {
    /// What to change in a connection.
    #[derive(Default)]
    pub struct UpdateEnterpriseConnection {
        /// Its name.
        pub name: Option<String>,
        /// The provider.
        pub provider: Option<String>,
        /// The domains whose people come by it, all of them; Clerk ignores an empty list.
        pub domains: Vec<String>,
        /// The organization that its people come into; it cannot be taken away.
        pub organization_id: Option<OrganizationId>,
        /// Whether it is on.
        pub active: Option<bool>,
        /// Whether names and pictures are brought up to date at each sign-in.
        pub sync_user_attributes: Option<bool>,
        /// Whether people may add no other way to sign in.
        pub disable_additional_identifications: Option<bool>,
        /// Whether accounts may be linked because of a membership.
        pub allow_organization_account_linking: Option<bool>,
        /// Whether people can sign in by it.
        pub authenticatable: Option<bool>,
        /// Whether nobody is made a user by signing in for the first time.
        pub disable_jit_provisioning: Option<bool>,
        /// What else is taken over from the directory, all of it.
        pub custom_attributes: Option<Vec<CustomAttribute>>,
        /// Its SAML side.
        pub saml: Option<SamlParams>,
        /// Its OIDC side.
        pub oidc: Option<OidcParams>,
    }
}

params! {
    /// The SAML side of a connection.
    #[derive(Default)]
    pub struct SamlParams {
        /// Whether a sign-in may begin at the provider.
        pub allow_idp_initiated: Option<bool>,
        /// Whether addresses of subdomains belong to it.
        pub allow_subdomains: Option<bool>,
        /// Under which names the provider tells about people.
        pub attribute_mapping: Option<SamlAttributeMapping>,
        /// Whether the provider must ask people anew each time.
        pub force_authn: Option<bool>,
        /// The provider's certificate (PEM).
        pub idp_certificate: Option<String>,
        /// All certificates of the provider (PEM).
        pub idp_certificates: Option<Vec<String>>,
        /// The provider's name for itself.
        pub idp_entity_id: Option<String>,
        /// How the provider describes itself (XML).
        pub idp_metadata: Option<String>,
        /// Where the provider describes itself.
        pub idp_metadata_url: Option<String>,
        /// Where the provider signs people in.
        pub idp_sso_url: Option<String>,
        /// What the provider is told about who wants to sign in.
        pub login_hint: Option<SamlLoginHint>,
    }
}

params! {
    /// Under which names a SAML provider tells about people.
    #[derive(Default)]
    pub struct SamlAttributeMapping {
        /// Their identifier.
        pub user_id: Change<String>,
        /// Their address.
        pub email_address: Change<String>,
        /// Their given name.
        pub first_name: Change<String>,
        /// Their family name.
        pub last_name: Change<String>,
    }
}

params! {
    /// The OIDC side of a connection.
    #[derive(Default)]
    pub struct OidcParams {
        /// Where the provider asks people.
        pub auth_url: Option<String>,
        /// Who we are to the provider.
        pub client_id: Option<String>,
        /// What we prove it by.
        pub client_secret: Option<Secret>,
        /// Where the provider describes itself.
        pub discovery_url: Option<String>,
        /// Whether PKCE is a must.
        pub requires_pkce: Option<bool>,
        /// Where the provider hands out tokens.
        pub token_url: Option<String>,
        /// Where the provider tells about people.
        pub user_info_url: Option<String>,
    }
}

/// Which connections to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListEnterpriseConnections {
    /// Only those of this organization.
    pub organization_id: Option<OrganizationId>,
    /// Only those that are on, or off.
    pub active: Option<bool>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
