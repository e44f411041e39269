use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    ApiClient, ApiError, ApiKey, Change, Deleted, Listing, Page, Secret, call::Call, pages::Paging,
    params::params,
};

/// Calls about API keys, which act for a user or an organization. Each fails with any
/// [`ApiError`].
#[derive(Clone, Copy)]
pub struct ApiKeys<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct KeySecret {
    secret: Secret,
}

impl ApiKeys<'_> {
    /// The key that `secret` is, if it is a good one.
    ///
    /// # Errors
    /// Not found if it is none, was revoked or has expired; or any other [`ApiError`].
    pub async fn verify(&self, secret: &str) -> Result<ApiKey, ApiError> {
        let body = json!({ "secret": secret });
        let call = Call::post(&["api_keys", "verify"]).body(&body);
        self.0.run(call.reads_only()).await
    }

    /// Makes a key. Its [`ApiKey::secret`] is in the answer.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, key: &CreateApiKey) -> Result<ApiKey, ApiError> {
        self.0.run(Call::post(&["api_keys"]).body(key)).await
    }

    /// One key, without its secret.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<ApiKey, ApiError> {
        self.0.run(Call::get(&["api_keys", id])).await
    }

    /// One page of a user's or an organization's keys.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListApiKeys) -> Result<Page<ApiKey>, ApiError> {
        self.0.run(Call::get(&["api_keys"]).query(params)).await
    }

    /// All keys of a user or an organization.
    pub fn stream(&self, params: &ListApiKeys) -> Listing<ApiKey> {
        let call = Call::get(&["api_keys"]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// Changes a key.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(&self, id: &str, changes: &UpdateApiKey) -> Result<ApiKey, ApiError> {
        self.0
            .run(Call::patch(&["api_keys", id]).body(changes))
            .await
    }

    /// The key itself.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn secret(&self, id: &str) -> Result<Secret, ApiError> {
        let answer: KeySecret = self.0.run(Call::get(&["api_keys", id, "secret"])).await?;
        Ok(answer.secret)
    }

    /// Takes a key back; it stays in lists that include invalid ones.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &str, reason: Option<&str>) -> Result<ApiKey, ApiError> {
        let body = json!({ "revocation_reason": reason });
        self.0
            .run(Call::post(&["api_keys", id, "revoke"]).body(&body))
            .await
    }

    /// Deletes a key.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&["api_keys", id])).await
    }
}

params! {
    /// A key to be made: [`CreateApiKey::new`].
    pub struct CreateApiKey {
        /// Its name.
        pub name: String,
        /// Whom it acts for: `user_…` or `org_…`.
        pub subject: String,
        /// What it is for.
        pub description: Option<String>,
        /// Claims of the application's own: an object.
        pub claims: Option<Value>,
        /// What it may do, in the application's own words.
        pub scopes: Vec<String>,
        /// The user who makes it.
        pub created_by: Option<String>,
        /// How long it lives, in seconds; for ever if nothing is said.
        pub seconds_until_expiration: Option<u64>,
    }
}

impl CreateApiKey {
    /// A key called `name` for `subject` (`user_…` or `org_…`).
    pub fn new(name: impl Into<String>, subject: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            subject: subject.into(),
            description: None,
            claims: None,
            scopes: Vec::new(),
            created_by: None,
            seconds_until_expiration: None,
        }
    }
}

params! {
    /// What to change in a key: [`UpdateApiKey::new`].
    pub struct UpdateApiKey {
        /// Whom it acts for; must be the same as before.
        pub subject: String,
        /// What it is for.
        pub description: Change<String>,
        /// Claims of the application's own: an object.
        pub claims: Change<Value>,
        /// What it may do; all of it.
        pub scopes: Option<Vec<String>>,
        /// How long it lives from now, in seconds.
        pub seconds_until_expiration: Change<u64>,
    }
}

impl UpdateApiKey {
    /// No change yet, to a key of `subject`.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            description: Change::Keep,
            claims: Change::Keep,
            scopes: None,
            seconds_until_expiration: Change::Keep,
        }
    }
}

/// Whose keys to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListApiKeys {
    /// Whose: `user_…` or `org_…`. Clerk demands it.
    pub subject: String,
    /// Whether revoked and expired ones are listed too.
    pub include_invalid: Option<bool>,
    /// Only those whose name holds this text.
    pub query: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
