use serde_json::json;

use super::{ApiClient, ApiError, M2mToken};

/// Calls about tokens between machines. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct M2mTokens<'a>(pub(super) &'a ApiClient);

impl M2mTokens<'_> {
    /// The token that `token` is, if it is a good one.
    ///
    /// # Errors
    /// Not found if it is none, was revoked or has expired; or any other [`ApiError`].
    pub async fn verify(&self, token: &str) -> Result<M2mToken, ApiError> {
        let body = json!({ "token": token });
        self.0.post(&["m2m_tokens", "verify"], &body).await
    }
}
