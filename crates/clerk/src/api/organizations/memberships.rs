use serde::Serialize;
use serde_json::json;

use super::{OrganizationMetadata, Organizations};
use crate::{
    api::{ApiError, Listing, OrganizationMembership, Page, call::Call, pages::Paging},
    ids::{OrganizationId, UserId},
};

impl Organizations<'_> {
    /// Every membership of an organization, all pages.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn memberships(
        &self,
        id: &OrganizationId,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        self.0.all_pages(Call::get(&path(id, &[]))).await
    }

    /// One page of an organization's memberships that match.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_memberships(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationMemberships,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        self.0.run(Call::get(&path(id, &[])).query(params)).await
    }

    /// All memberships of an organization that match.
    pub fn stream_memberships(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationMemberships,
    ) -> Listing<OrganizationMembership> {
        let call = Call::get(&path(id, &[])).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One page of the memberships of all organizations.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_instance_memberships(
        &self,
        params: &ListInstanceMemberships,
    ) -> Result<Page<OrganizationMembership>, ApiError> {
        let call = Call::get(&["organization_memberships"]).query(params);
        self.0.run(call).await
    }

    /// All memberships of all organizations.
    pub fn stream_instance_memberships(
        &self,
        params: &ListInstanceMemberships,
    ) -> Listing<OrganizationMembership> {
        let call = Call::get(&["organization_memberships"]).query(params);
        self.0.pages(call, Paging::Offset)
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
        self.0.run(Call::post(&path(id, &[])).body(&body)).await
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update_membership(
        &self,
        id: &OrganizationId,
        user: &UserId,
        role: &str,
    ) -> Result<OrganizationMembership, ApiError> {
        let call = Call::patch(&path(id, &[user.as_str()]));
        self.0.run(call.body(&json!({ "role": role }))).await
    }

    /// Merges data into a membership's: members that are `null` are taken away, the others
    /// set, at every depth; what is not named stays.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn merge_membership_metadata(
        &self,
        id: &OrganizationId,
        user: &UserId,
        metadata: &OrganizationMetadata,
    ) -> Result<OrganizationMembership, ApiError> {
        let call = Call::patch(&path(id, &[user.as_str(), "metadata"]));
        self.0.run(call.body(metadata)).await
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
        self.0.run(Call::delete(&path(id, &[user.as_str()]))).await
    }
}

fn path<'a>(id: &'a OrganizationId, rest: &[&'a str]) -> Vec<&'a str> {
    [&["organizations", id.as_str(), "memberships"], rest].concat()
}

/// Which memberships of an organization to list. Lists say "one of these, or any if empty".
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListOrganizationMemberships {
    /// Users.
    pub user_id: Vec<UserId>,
    /// Whole addresses.
    pub email_address: Vec<String>,
    /// Whole telephone numbers.
    pub phone_number: Vec<String>,
    /// Whole user names.
    pub username: Vec<String>,
    /// Wallets.
    pub web3_wallet: Vec<String>,
    /// Roles: `org:admin`.
    pub role: Vec<String>,
    /// Text in any of the names, addresses, numbers and identifiers.
    pub query: Option<String>,
    /// Text in an address.
    pub email_address_query: Option<String>,
    /// Text in a telephone number.
    pub phone_number_query: Option<String>,
    /// Text in a user name.
    pub username_query: Option<String>,
    /// Text in a name.
    pub name_query: Option<String>,
    /// Last active before this time (unix milliseconds).
    pub last_active_at_before: Option<i64>,
    /// Last active after this time (unix milliseconds).
    pub last_active_at_after: Option<i64>,
    /// Members since before this time (unix milliseconds).
    pub created_at_before: Option<i64>,
    /// Members since after this time (unix milliseconds).
    pub created_at_after: Option<i64>,
    /// `created_at`, `email_address`, `first_name`, `last_name`, `phone_number` or
    /// `username`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}

/// Which memberships of all organizations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListInstanceMemberships {
    /// As [`ListOrganizationMemberships::order_by`].
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
