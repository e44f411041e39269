use serde::Serialize;

use super::{
    ApiClient, ApiError, Invitation, Listing, Metadata, Page, call::Call, pages::Paging,
    params::params,
};

/// Calls about invitations to the application. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Invitations<'a>(pub(super) &'a ApiClient);

impl Invitations<'_> {
    /// One page of the instance's invitations.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListInvitations) -> Result<Page<Invitation>, ApiError> {
        self.0.run(Self::listing(params)).await
    }

    /// All of the instance's invitations.
    pub fn stream(&self, params: &ListInvitations) -> Listing<Invitation> {
        self.0.pages(Self::listing(params), Paging::Offset)
    }

    fn listing(params: &ListInvitations) -> Call {
        // Without it Clerk answers with a bare array.
        Call::get(&["invitations"])
            .query(params)
            .with("paginated", true)
    }

    /// Invites somebody. Clerk allows 100 an hour.
    ///
    /// # Errors
    /// `duplicate_record` if they were invited before, or any other [`ApiError`].
    pub async fn create(&self, invitation: &CreateInvitation) -> Result<Invitation, ApiError> {
        self.0
            .run(Call::post(&["invitations"]).body(invitation))
            .await
    }

    /// Invites several people at once, or none of them. Clerk allows 25 such calls an hour.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create_bulk(
        &self,
        invitations: &[CreateInvitation],
    ) -> Result<Vec<Invitation>, ApiError> {
        let call = Call::post(&["invitations", "bulk"]).body(&invitations);
        let page: Page<Invitation> = self.0.run(call).await?;
        Ok(page.data)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &str) -> Result<Invitation, ApiError> {
        self.0.run(Call::post(&["invitations", id, "revoke"])).await
    }
}

params! {
    /// An invitation to be made.
    #[derive(Default)]
    pub struct CreateInvitation {
        /// Who is invited. Clerk demands it.
        pub email_address: String,
        /// Data that becomes the user's.
        pub public_metadata: Metadata,
        /// Where the person is sent when they accept.
        pub redirect_url: Option<String>,
        /// Whether Clerk sends a message; it does if nothing is said.
        pub notify: Option<bool>,
        /// Whether somebody is invited who was before, or who is a user.
        pub ignore_existing: Option<bool>,
        /// In how many days it lapses, 1 to 365; Clerk's default is 30.
        pub expires_in_days: Option<u32>,
        /// Which message is sent: `invitation` or `waitlist_invitation`.
        pub template_slug: Option<String>,
    }
}

/// Which invitations to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListInvitations {
    /// `pending`, `accepted`, `revoked` or `expired`.
    pub status: Option<String>,
    /// Only those whose address or identifier holds this text.
    pub query: Option<String>,
    /// `created_at`, `email_address` or `expires_at`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
