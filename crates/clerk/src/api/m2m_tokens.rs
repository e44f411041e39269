use serde::Serialize;
use serde_json::{Value, json};

use super::{
    ApiClient, ApiError, Listing, M2mToken, Page, Secret, call::Call, pages::Paging, params::params,
};

/// Calls about tokens between machines. Each fails with any [`ApiError`].
#[derive(Clone)]
pub struct M2mTokens<'a> {
    client: &'a ApiClient,
    secret: Option<Secret>,
}

impl<'a> M2mTokens<'a> {
    pub(super) fn of(client: &'a ApiClient) -> Self {
        let secret = client.0.machine_secret_key.clone();
        Self { client, secret }
    }

    /// The same calls, made by the machine whose secret key (`ak_…`) this is.
    #[must_use]
    pub fn made_by(self, machine_secret_key: impl Into<Secret>) -> Self {
        Self {
            secret: Some(machine_secret_key.into()),
            ..self
        }
    }

    /// Makes a token for the machine that calls. Its [`M2mToken::token`] is in the answer.
    ///
    /// # Errors
    /// Any [`ApiError`]; Clerk demands a machine secret key.
    pub async fn create(&self, token: &CreateM2mToken) -> Result<M2mToken, ApiError> {
        let call = Call::post(&["m2m_tokens"]).body(token);
        self.client.run(call.secret(self.secret.as_ref())).await
    }

    /// One page of a machine's tokens.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListM2mTokens) -> Result<Page<M2mToken>, ApiError> {
        self.client.run(self.listing(params)).await
    }

    /// All tokens of a machine.
    pub fn stream(&self, params: &ListM2mTokens) -> Listing<M2mToken> {
        self.client.pages(self.listing(params), Paging::Offset)
    }

    fn listing(&self, params: &ListM2mTokens) -> Call {
        let call = Call::get(&["m2m_tokens"]).query(params);
        call.secret(self.secret.as_ref())
    }

    /// Takes a token back. JWTs cannot be taken back.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &str, reason: Option<&str>) -> Result<M2mToken, ApiError> {
        let body = json!({ "revocation_reason": reason });
        let call = Call::post(&["m2m_tokens", id, "revoke"]).body(&body);
        self.client.run(call.secret(self.secret.as_ref())).await
    }

    /// The token that `token` (`mt_…`) is, if it is a good one.
    ///
    /// # Errors
    /// Not found if it is none, was revoked or has expired; or any other [`ApiError`].
    pub async fn verify(&self, token: &str) -> Result<M2mToken, ApiError> {
        let body = json!({ "token": token });
        let call = Call::post(&["m2m_tokens", "verify"]).body(&body);
        let call = call.secret(self.secret.as_ref());
        self.client.run(call.reads_only()).await
    }
}

params! {
    /// A token to be made.
    #[derive(Default)]
    pub struct CreateM2mToken {
        /// How it looks.
        pub token_format: M2mTokenFormat,
        /// How long it lives, in seconds; as long as the machine's tokens do if nothing is
        /// said.
        pub seconds_until_expiration: Option<u64>,
        /// Claims of the application's own: an object.
        pub claims: Option<Value>,
        /// An earlier token that has so many seconds left is given again.
        pub min_remaining_ttl_seconds: Option<u64>,
    }
}

/// How a token between machines looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum M2mTokenFormat {
    /// `mt_…`: Clerk is asked about it, and it can be taken back.
    #[default]
    Opaque,
    /// A JWT: verified without asking, and cannot be taken back.
    Jwt,
}

/// Which tokens to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListM2mTokens {
    /// Of which machine: `mch_…`. Clerk demands it.
    pub subject: String,
    /// Whether they were taken back.
    pub revoked: Option<bool>,
    /// Whether their time is over.
    pub expired: Option<bool>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
