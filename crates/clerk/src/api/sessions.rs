use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    ApiClient, ApiError, ApiSession, Listing, Page, RefreshSession, Secret, call::Call,
    pages::Paging,
};
use crate::ids::{OrganizationId, SessionId, UserId};

/// Calls about sessions. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Sessions<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct Cookies {
    #[serde(default)]
    cookies: Vec<String>,
}

#[derive(Deserialize)]
struct Token {
    jwt: Secret,
}

impl Sessions<'_> {
    /// One session.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &SessionId) -> Result<ApiSession, ApiError> {
        self.0.run(Call::get(&["sessions", id.as_str()])).await
    }

    /// One page of the sessions that match.
    ///
    /// # Errors
    /// Any [`ApiError`]; Clerk demands a user or a client.
    pub async fn list(&self, params: &ListSessions) -> Result<Page<ApiSession>, ApiError> {
        self.0.run(Self::listing(params)).await
    }

    /// All sessions that match.
    pub fn stream(&self, params: &ListSessions) -> Listing<ApiSession> {
        self.0.pages(Self::listing(params), Paging::Offset)
    }

    fn listing(params: &ListSessions) -> Call {
        // Without it Clerk answers with a bare array.
        Call::get(&["sessions"])
            .query(params)
            .with("paginated", true)
    }

    /// Makes a session, for tests; Clerk refuses it for production instances.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(
        &self,
        user: &UserId,
        active_organization: Option<&OrganizationId>,
    ) -> Result<ApiSession, ApiError> {
        let mut body = json!({ "user_id": user });
        if let Some(organization) = active_organization {
            body["active_organization_id"] = json!(organization);
        }
        self.0.run(Call::post(&["sessions"]).body(&body)).await
    }

    /// Ends a session: its browser is signed out when its present token expires.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &SessionId) -> Result<ApiSession, ApiError> {
        self.0
            .run(Call::post(&["sessions", id.as_str(), "revoke"]))
            .await
    }

    /// A new session token (a JWT). It lives as long as the instance's tokens do, or
    /// `expires_in_seconds`.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn token(
        &self,
        id: &SessionId,
        expires_in_seconds: Option<u64>,
    ) -> Result<Secret, ApiError> {
        self.new_token(&["sessions", id.as_str(), "tokens"], expires_in_seconds)
            .await
    }

    /// A new token (a JWT) after one of the instance's JWT templates, by its name. It lives
    /// as long as the template says, or `expires_in_seconds`.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn token_from_template(
        &self,
        id: &SessionId,
        template: &str,
        expires_in_seconds: Option<u64>,
    ) -> Result<Secret, ApiError> {
        let path = ["sessions", id.as_str(), "tokens", template];
        self.new_token(&path, expires_in_seconds).await
    }

    async fn new_token(&self, path: &[&str], seconds: Option<u64>) -> Result<Secret, ApiError> {
        let mut call = Call::post(path);
        if let Some(seconds) = seconds {
            call = call.body(&json!({ "expires_in_seconds": seconds }));
        }
        let token: Token = self.0.run(call).await?;
        Ok(token.jwt)
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
        let mut call = Call::post(&["sessions", id.as_str(), "refresh"]);
        let mut body = json!(refresh);
        // Clerk's own SDK asks for suffixed names in the query, and only if it wants them.
        if let Some(body) = body.as_object_mut() {
            body.remove("suffixed_cookies");
        }
        if refresh.suffixed_cookies {
            call = call.with("suffixed_cookies", true);
        }
        let answer: Cookies = self.0.run(call.body(&body)).await?;
        Ok(answer.cookies)
    }
}

/// Which sessions to list. Clerk demands a user or a client.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListSessions {
    /// Of which client: `client_…`.
    pub client_id: Option<String>,
    /// Of which user.
    pub user_id: Option<UserId>,
    /// `active`, `revoked`, `ended`, `expired`, `removed`, `abandoned`, `replaced` or
    /// `pending`.
    pub status: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
