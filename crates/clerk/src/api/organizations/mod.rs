mod domains;
mod invitations;
mod memberships;

use serde::Serialize;

pub use domains::{
    CreateOrganizationDomain, ListInstanceDomains, ListOrganizationDomains,
    UpdateOrganizationDomain,
};
pub use invitations::{
    CreateOrganizationInvitation, ListInstanceInvitations, ListOrganizationInvitations,
};
pub use memberships::{ListInstanceMemberships, ListOrganizationMemberships};

use super::{
    ApiClient, ApiError, Deleted, Listing, Metadata, Organization, Page, call::Call, pages::Paging,
    params::params,
};
use crate::ids::{OrganizationId, UserId};

/// Calls about organizations, their members, invitations and domains. Each fails with any
/// [`ApiError`].
#[derive(Clone, Copy)]
pub struct Organizations<'a>(pub(super) &'a ApiClient);

impl Organizations<'_> {
    /// One organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &OrganizationId) -> Result<Organization, ApiError> {
        self.0.run(Call::get(&["organizations", id.as_str()])).await
    }

    /// One organization, by its slug.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get_by_slug(&self, slug: &str) -> Result<Organization, ApiError> {
        self.0.run(Call::get(&["organizations", slug])).await
    }

    /// One page of the instance's organizations.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListOrganizations) -> Result<Page<Organization>, ApiError> {
        self.0
            .run(Call::get(&["organizations"]).query(params))
            .await
    }

    /// All of the instance's organizations.
    pub fn stream(&self, params: &ListOrganizations) -> Listing<Organization> {
        let call = Call::get(&["organizations"]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// Makes an organization; its creator becomes its first administrator.
    ///
    /// # Errors
    /// `form_identifier_exists` if the slug is taken, or any other [`ApiError`].
    pub async fn create(&self, organization: CreateOrganization) -> Result<Organization, ApiError> {
        self.0
            .run(Call::post(&["organizations"]).body(&organization))
            .await
    }

    /// Changes an organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(
        &self,
        id: &OrganizationId,
        changes: &UpdateOrganization,
    ) -> Result<Organization, ApiError> {
        let call = Call::patch(&["organizations", id.as_str()]);
        self.0.run(call.body(changes)).await
    }

    /// Merges data into an organization's: members that are `null` are taken away, the others
    /// set, at every depth; what is not named stays.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn merge_metadata(
        &self,
        id: &OrganizationId,
        metadata: &OrganizationMetadata,
    ) -> Result<Organization, ApiError> {
        let call = Call::patch(&["organizations", id.as_str(), "metadata"]);
        self.0.run(call.body(metadata)).await
    }

    /// Puts data in the place of an organization's.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn replace_metadata(
        &self,
        id: &OrganizationId,
        metadata: &OrganizationMetadata,
    ) -> Result<Organization, ApiError> {
        let call = Call::put(&["organizations", id.as_str(), "metadata"]);
        self.0.run(call.body(metadata)).await
    }

    /// Gives an organization a logo in place of the former one.
    ///
    /// # Errors
    /// Not found; 413 if it is too large; another refusal if it is no picture that Clerk takes;
    /// or any other [`ApiError`].
    pub async fn upload_logo(
        &self,
        id: &OrganizationId,
        logo: UploadLogo,
    ) -> Result<Organization, ApiError> {
        let uploader = logo.uploader_user_id.as_ref().map(UserId::as_str);
        let texts = [("uploader_user_id", uploader)];
        let call = Call::put(&["organizations", id.as_str(), "logo"]);
        self.0
            .run(call.upload(logo.file, &logo.media_type, &texts))
            .await
    }

    /// Takes away an organization's logo.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_logo(&self, id: &OrganizationId) -> Result<Organization, ApiError> {
        let path = ["organizations", id.as_str(), "logo"];
        self.0.run(Call::delete(&path)).await
    }

    /// Deletes an organization with all its memberships.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &OrganizationId) -> Result<Deleted, ApiError> {
        self.0
            .run(Call::delete(&["organizations", id.as_str()]))
            .await
    }
}

params! {
    /// An organization to be made.
    #[derive(Default)]
    pub struct CreateOrganization {
        /// Its name. Clerk demands it.
        pub name: String,
        /// Its slug; Clerk makes one from the name if there is none.
        pub slug: Option<String>,
        /// Its first administrator.
        pub created_by: Option<UserId>,
        /// How many members it may have; 0 for any number.
        pub max_allowed_memberships: Option<u64>,
        /// Which roles its members may have: the set's key.
        pub role_set_key: Option<String>,
        /// Data that its members may read.
        pub public_metadata: Metadata,
        /// Data that only the backend may read.
        pub private_metadata: Metadata,
    }
}

params! {
    /// What to change in an organization.
    #[derive(Default)]
    pub struct UpdateOrganization {
        /// Its name.
        pub name: Option<String>,
        /// Its slug.
        pub slug: Option<String>,
        /// How many members it may have; 0 for any number.
        pub max_allowed_memberships: Option<u64>,
        /// Whether its administrators may delete it.
        pub admin_delete_enabled: Option<bool>,
        /// Which roles its members may have: the set's key.
        pub role_set_key: Option<String>,
    }
}

/// A picture that is to be a logo (Clerk: 10 MB at most).
#[derive(Clone)]
pub struct UploadLogo {
    /// The file's bytes.
    pub file: Vec<u8>,
    /// What they are: `image/png`.
    pub media_type: String,
    /// Who chose it.
    pub uploader_user_id: Option<UserId>,
}

params! {
    /// Data kept with an organization or a membership; what is none is not sent.
    #[derive(Default)]
    pub struct OrganizationMetadata {
        /// Data that members may read.
        pub public_metadata: Option<Metadata>,
        /// Data that only the backend may read.
        pub private_metadata: Option<Metadata>,
    }
}

/// Which organizations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListOrganizations {
    /// Only those whose name, slug or identifier holds this text.
    pub query: Option<String>,
    /// Only those with one of these members; any if empty.
    pub user_id: Vec<UserId>,
    /// Only these; any if empty.
    pub organization_id: Vec<OrganizationId>,
    /// Whether [`Organization::members_count`] is wanted.
    pub include_members_count: Option<bool>,
    /// `name`, `created_at` or `members_count`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
