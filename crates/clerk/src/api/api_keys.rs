use serde_json::json;

use super::{ApiClient, ApiError, ApiKey};

/// Calls about API keys, which act for a user or an organization. Each fails with any
/// [`ApiError`].
#[derive(Clone, Copy)]
pub struct ApiKeys<'a>(pub(super) &'a ApiClient);

impl ApiKeys<'_> {
    /// The key that `secret` is, if it is a good one.
    ///
    /// # Errors
    /// Not found if it is none, was revoked or has expired; or any other [`ApiError`].
    pub async fn verify(&self, secret: &str) -> Result<ApiKey, ApiError> {
        let body = json!({ "secret": secret });
        self.0.post(&["api_keys", "verify"], &body).await
    }
}
