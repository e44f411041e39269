mod factors;
mod params;

use serde::Deserialize;

pub use params::{CreateUser, ListUserInvitations, ListUsers, UpdateUser, UserMetadata};

use super::{
    ApiClient, ApiError, Deleted, Listing, OrganizationInvitation, OrganizationMembership, Page,
    User, call::Call, pages::Paging,
};
use crate::ids::UserId;

/// Calls about users. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Users<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct TotalCount {
    total_count: u64,
}

impl Users<'_> {
    /// One user.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &UserId) -> Result<User, ApiError> {
        self.0.run(Call::get(&["users", id.as_str()])).await
    }

    /// One page of the users that match, newest first unless ordered otherwise. Clerk counts
    /// them apart, so these are two calls, made at once.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListUsers) -> Result<Page<User>, ApiError> {
        let users = self.0.run(Call::get(&["users"]).query(params));
        let (users, total_count) = tokio::try_join!(users, self.count(params))?;
        let data: Vec<User> = users;
        Ok(Page { data, total_count })
    }

    /// All users that match, newest first unless ordered otherwise. Without an order, pages
    /// follow the last user read (`starting_after`), so that none is missed while others come
    /// and go.
    pub fn stream(&self, params: &ListUsers) -> Listing<User> {
        let paging = match params.order_by {
            None => Paging::Cursor,
            Some(_) => Paging::Offset,
        };
        self.0.pages(Call::get(&["users"]).query(params), paging)
    }

    /// How many users match, on all pages.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn count(&self, filter: &ListUsers) -> Result<u64, ApiError> {
        let call = Call::get(&["users", "count"]).query(filter);
        let call = call.without(&["limit", "offset", "order_by"]);
        let count: TotalCount = self.0.run(call).await?;
        Ok(count.total_count)
    }

    /// Makes a user.
    ///
    /// # Errors
    /// `form_identifier_exists` if the address is taken, or any other [`ApiError`].
    pub async fn create(&self, user: CreateUser) -> Result<User, ApiError> {
        self.0.run(Call::post(&["users"]).body(&user)).await
    }

    /// Changes a user.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(&self, id: &UserId, changes: &UpdateUser) -> Result<User, ApiError> {
        let call = Call::patch(&["users", id.as_str()]);
        self.0.run(call.body(changes)).await
    }

    /// Merges data into a user's: members that are `null` are taken away, the others set, at
    /// every depth; what is not named stays. Clerk allows 10 in 10 seconds for one user.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn merge_metadata(
        &self,
        id: &UserId,
        metadata: &UserMetadata,
    ) -> Result<User, ApiError> {
        let call = Call::patch(&["users", id.as_str(), "metadata"]);
        self.0.run(call.body(metadata)).await
    }

    /// Puts data in the place of a user's.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn replace_metadata(
        &self,
        id: &UserId,
        metadata: &UserMetadata,
    ) -> Result<User, ApiError> {
        let call = Call::put(&["users", id.as_str(), "metadata"]);
        self.0.run(call.body(metadata)).await
    }

    /// Deletes a user with all sessions and memberships.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &UserId) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&["users", id.as_str()])).await
    }

    /// Signs a user out everywhere and lets them sign in no more.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn ban(&self, id: &UserId) -> Result<User, ApiError> {
        self.0.run(Call::post(&["users", id.as_str(), "ban"])).await
    }

    /// Lets a banned user sign in again.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn unban(&self, id: &UserId) -> Result<User, ApiError> {
        self.0
            .run(Call::post(&["users", id.as_str(), "unban"]))
            .await
    }

    /// Locks a user out for as long as the instance says.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn lock(&self, id: &UserId) -> Result<User, ApiError> {
        self.0
            .run(Call::post(&["users", id.as_str(), "lock"]))
            .await
    }

    /// Lets a locked user sign in again.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn unlock(&self, id: &UserId) -> Result<User, ApiError> {
        self.0
            .run(Call::post(&["users", id.as_str(), "unlock"]))
            .await
    }

    /// Takes away the picture that a user chose.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_profile_image(&self, id: &UserId) -> Result<User, ApiError> {
        let path = ["users", id.as_str(), "profile_image"];
        self.0.run(Call::delete(&path)).await
    }

    /// Every membership of a user, all pages.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn organization_memberships(
        &self,
        id: &UserId,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        let path = ["users", id.as_str(), "organization_memberships"];
        self.0.all_pages(Call::get(&path)).await
    }

    /// One page of the invitations to organizations that a user has.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_organization_invitations(
        &self,
        id: &UserId,
        params: &ListUserInvitations,
    ) -> Result<Page<OrganizationInvitation>, ApiError> {
        self.0.run(Self::invitations(id, params)).await
    }

    /// All invitations to organizations that a user has.
    pub fn stream_organization_invitations(
        &self,
        id: &UserId,
        params: &ListUserInvitations,
    ) -> Listing<OrganizationInvitation> {
        self.0.pages(Self::invitations(id, params), Paging::Offset)
    }

    fn invitations(id: &UserId, params: &ListUserInvitations) -> Call {
        let path = ["users", id.as_str(), "organization_invitations"];
        Call::get(&path).query(params)
    }
}
