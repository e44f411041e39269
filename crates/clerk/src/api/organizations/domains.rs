use serde::Serialize;

use super::Organizations;
use crate::{
    api::{
        ApiError, Deleted, Listing, OrganizationDomain, Page, call::Call, pages::Paging,
        params::params,
    },
    ids::OrganizationId,
};

impl Organizations<'_> {
    /// One page of an organization's domains that match.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_domains(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationDomains,
    ) -> Result<Page<OrganizationDomain>, ApiError> {
        self.0.run(Call::get(&path(id, &[])).query(params)).await
    }

    /// All domains of an organization that match.
    pub fn stream_domains(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationDomains,
    ) -> Listing<OrganizationDomain> {
        let call = Call::get(&path(id, &[])).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One page of the domains of all organizations that match.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_instance_domains(
        &self,
        params: &ListInstanceDomains,
    ) -> Result<Page<OrganizationDomain>, ApiError> {
        let call = Call::get(&["organization_domains"]).query(params);
        self.0.run(call).await
    }

    /// All domains of all organizations that match.
    pub fn stream_instance_domains(
        &self,
        params: &ListInstanceDomains,
    ) -> Listing<OrganizationDomain> {
        let call = Call::get(&["organization_domains"]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// Adds a domain to an organization.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create_domain(
        &self,
        id: &OrganizationId,
        domain: &CreateOrganizationDomain,
    ) -> Result<OrganizationDomain, ApiError> {
        self.0.run(Call::post(&path(id, &[])).body(domain)).await
    }

    /// Changes a domain of an organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update_domain(
        &self,
        id: &OrganizationId,
        domain: &str,
        changes: &UpdateOrganizationDomain,
    ) -> Result<OrganizationDomain, ApiError> {
        let call = Call::patch(&path(id, &[domain]));
        self.0.run(call.body(changes)).await
    }

    /// Deletes a domain of an organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_domain(
        &self,
        id: &OrganizationId,
        domain: &str,
    ) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&path(id, &[domain]))).await
    }

    /// Lets Clerk look whether the domain's name server shows that it is the organization's.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn verify_domain_ownership(
        &self,
        id: &OrganizationId,
        domain: &str,
    ) -> Result<OrganizationDomain, ApiError> {
        let path = path(id, &[domain, "verify_ownership"]);
        self.0.run(Call::post(&path)).await
    }
}

fn path<'a>(id: &'a OrganizationId, rest: &[&'a str]) -> Vec<&'a str> {
    [&["organizations", id.as_str(), "domains"], rest].concat()
}

params! {
    /// A domain to be added.
    #[derive(Default)]
    pub struct CreateOrganizationDomain {
        /// The domain: `example.com`. Clerk demands it.
        pub name: String,
        /// `manual_invitation`, `automatic_invitation` or `automatic_suggestion`. Clerk
        /// demands it.
        pub enrollment_mode: String,
        /// Whether it counts as the organization's own at once. Clerk's own SDK says yes if it
        /// is not told; this crate then says nothing.
        pub verified: Option<bool>,
    }
}

params! {
    /// What to change in a domain.
    #[derive(Default)]
    pub struct UpdateOrganizationDomain {
        /// How its people come in; see [`CreateOrganizationDomain::enrollment_mode`].
        pub enrollment_mode: Option<String>,
        /// Whether it counts as the organization's own.
        pub verified: Option<bool>,
    }
}

/// Which domains of an organization to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListOrganizationDomains {
    /// Whether they count as the organization's own.
    pub verified: Option<bool>,
    /// How their people come in; any way if empty.
    pub enrollment_mode: Vec<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}

/// Which domains of all organizations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListInstanceDomains {
    /// Of which organization.
    pub organization_id: Option<OrganizationId>,
    /// Whether they count as the organization's own.
    pub verified: Option<bool>,
    /// How their people come in; any way if empty.
    pub enrollment_mode: Vec<String>,
    /// Only those that hold this text.
    pub query: Option<String>,
    /// Only these; any if empty.
    pub domains: Vec<String>,
    /// `name` or `created_at`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
