//! Signing somebody in without a browser, for seeds and tests.

use clerk::ids::{OrganizationId, SessionId, UserId};

use crate::{LocalClerk, LocalError, state::OrganizationChoice};

/// What a browser would hold after signing in.
#[derive(Clone)]
pub struct SignedIn {
    /// The session made.
    pub session_id: SessionId,
    /// A session token, good for 60 seconds.
    pub token: String,
    /// The dev browser token (`__clerk_db_jwt`).
    pub dev_browser: String,
}

impl LocalClerk {
    /// Makes a session of `user` on a new client, with `organization` active.
    ///
    /// # Errors
    /// 404 when there is no such user or they are not a member of the organization.
    pub async fn sign_in(
        &self,
        user: &UserId,
        organization: Option<&OrganizationId>,
    ) -> Result<SignedIn, LocalError> {
        let unit = self.state().unit().await?;
        let user = unit
            .user(user.as_str())
            .await?
            .ok_or_else(LocalError::not_found)?;
        let client = unit.create_client().await?;
        let mut session = unit.create_session(&client, &user).await?;
        if let Some(organization) = organization {
            let choice = OrganizationChoice::Set(organization.as_str());
            session = unit.touch_session(&session.id, choice).await?;
        }
        unit.commit().await?;
        let state = self.state();
        let origin = state.options().public_origin();
        Ok(SignedIn {
            token: state.mint_session_token(&session, Some(&origin)).await?,
            session_id: SessionId::new(session.id),
            dev_browser: client.token,
        })
    }

    /// A token of the session as long as it had a task to be done (Clerk: `sts` is `pending`). No
    /// session of this instance has one; an application has to take it for signed out.
    ///
    /// # Errors
    /// 404 when there is no such session.
    pub async fn pending_token(&self, session: &SessionId) -> Result<String, LocalError> {
        let state = self.state();
        let session = state.session(session.as_str()).await?;
        let session = session.ok_or_else(LocalError::not_found)?;
        let origin = state.options().public_origin();
        state
            .mint_pending_session_token(&session, Some(&origin))
            .await
    }
}
