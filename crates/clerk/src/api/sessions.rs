use reqwest::Method;
use serde::Deserialize;

use super::{ApiClient, ApiError, ApiSession, RefreshSession};
use crate::ids::SessionId;

/// Calls about sessions. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Sessions<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct Cookies {
    #[serde(default)]
    cookies: Vec<String>,
}

impl Sessions<'_> {
    /// One session.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &SessionId) -> Result<ApiSession, ApiError> {
        self.0.get(&["sessions", id.as_str()], &[]).await
    }

    /// Ends a session: its browser is signed out when its present token expires.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &SessionId) -> Result<ApiSession, ApiError> {
        self.0
            .call(Method::POST, &["sessions", id.as_str(), "revoke"])
            .await
    }

    /// Exchanges an expired token and a refresh token for new cookies: `Set-Cookie` lines.
    ///
    /// # Errors
    /// Any [`ApiError`], such as for a session that has ended.
    pub async fn refresh(
        &self,
        id: &SessionId,
        refresh: RefreshSession,
    ) -> Result<Vec<String>, ApiError> {
        let answer: Cookies = self
            .0
            .post(&["sessions", id.as_str(), "refresh"], &refresh)
            .await?;
        Ok(answer.cookies)
    }
}
