use serde::Serialize;

use super::{ApiClient, ApiError, Deleted, Metadata, OrganizationMembership, Page, User};
use crate::ids::UserId;

/// Calls about users. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Users<'a>(pub(super) &'a ApiClient);

impl Users<'_> {
    /// One user.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &UserId) -> Result<User, ApiError> {
        self.0.get(&["users", id.as_str()], &[]).await
    }

    /// The users that match, newest first unless ordered otherwise.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, filter: &ListUsers) -> Result<Vec<User>, ApiError> {
        let (limit, offset) = (filter.limit.to_string(), filter.offset.to_string());
        let mut query = vec![("limit", limit.as_str())];
        if filter.offset > 0 {
            query.push(("offset", &offset));
        }
        query.extend(
            filter
                .email_addresses
                .iter()
                .map(|email| ("email_address", email.as_str())),
        );
        query.extend(filter.user_ids.iter().map(|id| ("user_id", id.as_str())));
        query.extend(filter.query.iter().map(|text| ("query", text.as_str())));
        query.extend(
            filter
                .order_by
                .iter()
                .map(|order| ("order_by", order.as_str())),
        );
        self.0.get(&["users"], &query).await
    }

    /// Makes a user.
    ///
    /// # Errors
    /// `form_identifier_exists` if the address is taken, or any other [`ApiError`].
    pub async fn create(&self, user: CreateUser) -> Result<User, ApiError> {
        self.0.post(&["users"], &user).await
    }

    /// Deletes a user with all sessions and memberships.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &UserId) -> Result<Deleted, ApiError> {
        self.0
            .call(reqwest::Method::DELETE, &["users", id.as_str()])
            .await
    }

    /// Every membership of a user, all pages.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn organization_memberships(
        &self,
        id: &UserId,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        self.0
            .get_all(&["users", id.as_str(), "organization_memberships"])
            .await
    }
}

/// Which users to list.
#[derive(Debug, Clone)]
pub struct ListUsers {
    /// Only those with one of these addresses; any if empty.
    pub email_addresses: Vec<String>,
    /// Only these; any if empty.
    pub user_ids: Vec<UserId>,
    /// Only those whose name or address holds this text.
    pub query: Option<String>,
    /// `created_at`, `-created_at`, …
    pub order_by: Option<String>,
    /// At most so many, 1 to 500.
    pub limit: u32,
    /// How many to leave out at the start.
    pub offset: u64,
}

impl Default for ListUsers {
    /// The newest ten, which is Clerk's default.
    fn default() -> Self {
        Self {
            email_addresses: Vec::new(),
            user_ids: Vec::new(),
            query: None,
            order_by: None,
            limit: 10,
            offset: 0,
        }
    }
}

/// A user to be made. Addresses count as verified.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreateUser {
    /// Email addresses; the first becomes the main one.
    #[serde(rename = "email_address", skip_serializing_if = "Vec::is_empty")]
    pub email_addresses: Vec<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The password in clear; Clerk keeps a hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Whether a weak or breached password is taken too.
    #[serde(skip_serializing_if = "is_false")]
    pub skip_password_checks: bool,
    /// The identifier you give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Data that the browser may read.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    pub public_metadata: Metadata,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_false(flag: &bool) -> bool {
    !flag
}
