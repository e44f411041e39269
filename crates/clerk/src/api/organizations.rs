use serde::Serialize;
use serde_json::json;

use super::{ApiClient, ApiError, Deleted, Organization, OrganizationMembership, Page};
use crate::ids::{OrganizationId, UserId};

/// Calls about organizations. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Organizations<'a>(pub(super) &'a ApiClient);

impl Organizations<'_> {
    /// One organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &OrganizationId) -> Result<Organization, ApiError> {
        self.0.get(&["organizations", id.as_str()], &[]).await
    }

    /// One organization, by its slug.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get_by_slug(&self, slug: &str) -> Result<Organization, ApiError> {
        self.0.get(&["organizations", slug], &[]).await
    }

    /// Makes an organization; its creator becomes its first administrator.
    ///
    /// # Errors
    /// `form_identifier_exists` if the slug is taken, or any other [`ApiError`].
    pub async fn create(&self, organization: CreateOrganization) -> Result<Organization, ApiError> {
        self.0.post(&["organizations"], &organization).await
    }

    /// Deletes an organization with all its memberships.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &OrganizationId) -> Result<Deleted, ApiError> {
        self.0
            .call(reqwest::Method::DELETE, &["organizations", id.as_str()])
            .await
    }

    /// Every membership of an organization, all pages.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn memberships(
        &self,
        id: &OrganizationId,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        self.0
            .get_all(&["organizations", id.as_str(), "memberships"])
            .await
    }

    /// Makes a user a member with a role such as `org:member`.
    ///
    /// # Errors
    /// `already_a_member_in_organization`, or any other [`ApiError`].
    pub async fn create_membership(
        &self,
        id: &OrganizationId,
        user: &UserId,
        role: &str,
    ) -> Result<OrganizationMembership, ApiError> {
        let body = json!({ "user_id": user, "role": role });
        self.0
            .post(&["organizations", id.as_str(), "memberships"], &body)
            .await
    }

    /// Ends a membership.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_membership(
        &self,
        id: &OrganizationId,
        user: &UserId,
    ) -> Result<OrganizationMembership, ApiError> {
        let path = ["organizations", id.as_str(), "memberships", user.as_str()];
        self.0.call(reqwest::Method::DELETE, &path).await
    }
}

/// An organization to be made.
#[derive(Debug, Clone, Serialize)]
pub struct CreateOrganization {
    /// Its name.
    pub name: String,
    /// Its slug; Clerk makes one from the name if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Its first administrator.
    pub created_by: UserId,
}
