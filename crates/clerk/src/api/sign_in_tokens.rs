use super::{ApiClient, ApiError, SignInToken, call::Call, params::params};
use crate::ids::{OrganizationId, UserId};

/// Calls about tokens that sign a user in without asking. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct SignInTokens<'a>(pub(super) &'a ApiClient);

impl SignInTokens<'_> {
    /// Makes a token.
    ///
    /// # Errors
    /// Not found for an unknown user, or any other [`ApiError`].
    pub async fn create(&self, token: &CreateSignInToken) -> Result<SignInToken, ApiError> {
        self.0
            .run(Call::post(&["sign_in_tokens"]).body(token))
            .await
    }

    /// Takes back a token that was not used yet.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &str) -> Result<SignInToken, ApiError> {
        self.0
            .run(Call::post(&["sign_in_tokens", id, "revoke"]))
            .await
    }
}

params! {
    /// A token to be made: [`CreateSignInToken::new`].
    pub struct CreateSignInToken {
        /// Whom it signs in.
        pub user_id: UserId,
        /// Which organization is then active.
        pub org_id: Option<OrganizationId>,
        /// How long it can be used, in seconds; 30 days if nothing is said.
        pub expires_in_seconds: Option<u64>,
    }
}

impl CreateSignInToken {
    /// A token that signs in `user`.
    pub fn new(user: &UserId) -> Self {
        Self {
            user_id: user.clone(),
            org_id: None,
            expires_in_seconds: None,
        }
    }
}
