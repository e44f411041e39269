use serde_json::json;

use super::{ApiClient, ApiError, OAuthAccessToken, call::Call};

/// Calls about OAuth applications. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct OAuthApplications<'a>(pub(super) &'a ApiClient);

impl OAuthApplications<'_> {
    /// What the access token `token` stands for, if it is a good one. Whether it is meant
    /// for this service ([`OAuthAccessToken::aud`]) is the caller's to check.
    ///
    /// # Errors
    /// Not found if it is none, was revoked or has expired; or any other [`ApiError`].
    pub async fn verify_access_token(&self, token: &str) -> Result<OAuthAccessToken, ApiError> {
        let call = Call::post(&["oauth_applications", "access_tokens", "verify"]);
        let body = json!({ "access_token": token });
        self.0.run(call.body(&body).reads_only()).await
    }
}
