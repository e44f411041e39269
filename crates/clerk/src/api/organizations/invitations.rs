use serde::Serialize;
use serde_json::json;

use super::Organizations;
use crate::{
    api::{
        ApiError, Listing, Metadata, OrganizationInvitation, Page, call::Call, pages::Paging,
        params::params,
    },
    ids::{OrganizationId, UserId},
};

impl Organizations<'_> {
    /// One page of an organization's invitations that match.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_invitations(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationInvitations,
    ) -> Result<Page<OrganizationInvitation>, ApiError> {
        self.0.run(Call::get(&path(id, &[])).query(params)).await
    }

    /// All invitations of an organization that match.
    pub fn stream_invitations(
        &self,
        id: &OrganizationId,
        params: &ListOrganizationInvitations,
    ) -> Listing<OrganizationInvitation> {
        let call = Call::get(&path(id, &[])).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One page of the invitations of all organizations.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list_instance_invitations(
        &self,
        params: &ListInstanceInvitations,
    ) -> Result<Page<OrganizationInvitation>, ApiError> {
        let call = Call::get(&["organization_invitations"]).query(params);
        self.0.run(call).await
    }

    /// All invitations of all organizations.
    pub fn stream_instance_invitations(
        &self,
        params: &ListInstanceInvitations,
    ) -> Listing<OrganizationInvitation> {
        let call = Call::get(&["organization_invitations"]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// One invitation of an organization.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get_invitation(
        &self,
        id: &OrganizationId,
        invitation: &str,
    ) -> Result<OrganizationInvitation, ApiError> {
        self.0.run(Call::get(&path(id, &[invitation]))).await
    }

    /// Invites somebody into an organization. Clerk allows 250 an hour.
    ///
    /// # Errors
    /// `duplicate_record` if they were invited before, or any other [`ApiError`].
    pub async fn create_invitation(
        &self,
        id: &OrganizationId,
        invitation: &CreateOrganizationInvitation,
    ) -> Result<OrganizationInvitation, ApiError> {
        let call = Call::post(&path(id, &[]));
        self.0.run(call.body(invitation)).await
    }

    /// Invites several people at once, or none of them. Clerk allows 50 such calls an hour.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create_invitations_bulk(
        &self,
        id: &OrganizationId,
        invitations: &[CreateOrganizationInvitation],
    ) -> Result<Vec<OrganizationInvitation>, ApiError> {
        let call = Call::post(&path(id, &["bulk"])).body(&invitations);
        let page: Page<OrganizationInvitation> = self.0.run(call).await?;
        Ok(page.data)
    }

    /// Takes an invitation back, in the name of `requesting_user` if one is given: they must
    /// be an administrator.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke_invitation(
        &self,
        id: &OrganizationId,
        invitation: &str,
        requesting_user: Option<&UserId>,
    ) -> Result<OrganizationInvitation, ApiError> {
        let mut call = Call::post(&path(id, &[invitation, "revoke"]));
        if let Some(user) = requesting_user {
            call = call.body(&json!({ "requesting_user_id": user }));
        }
        self.0.run(call).await
    }
}

fn path<'a>(id: &'a OrganizationId, rest: &[&'a str]) -> Vec<&'a str> {
    [&["organizations", id.as_str(), "invitations"], rest].concat()
}

params! {
    /// An invitation to be made.
    #[derive(Default)]
    pub struct CreateOrganizationInvitation {
        /// Who is invited. Clerk demands it.
        pub email_address: String,
        /// The role they will have. Clerk demands it.
        pub role: String,
        /// Who invites them.
        pub inviter_user_id: Option<UserId>,
        /// Data that becomes the membership's.
        pub public_metadata: Metadata,
        /// Data that becomes the membership's and that only the backend may read.
        pub private_metadata: Metadata,
        /// Where the person is sent when they accept.
        pub redirect_url: Option<String>,
        /// In how many days it lapses, 1 to 365; Clerk's default is 30.
        pub expires_in_days: Option<u32>,
        /// Whether Clerk sends a message; it does if nothing is said.
        pub notify: Option<bool>,
    }
}

/// Which invitations of an organization to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListOrganizationInvitations {
    /// `pending`, `accepted`, `revoked` or `expired`; any if empty.
    pub status: Vec<String>,
    /// Only those to this address.
    pub email_address: Option<String>,
    /// `created_at` or `email_address`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}

/// Which invitations of all organizations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListInstanceInvitations {
    /// `pending`, `accepted`, `revoked` or `expired`.
    pub status: Option<String>,
    /// Only those whose address or identifier holds this text.
    pub query: Option<String>,
    /// `created_at` or `email_address`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
