use serde_json::Value;

use super::{ActorToken, ApiClient, ApiError, call::Call, params::params};
use crate::ids::UserId;

/// Calls about tokens that let somebody act as a user. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct ActorTokens<'a>(pub(super) &'a ApiClient);

impl ActorTokens<'_> {
    /// Makes a token.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, token: &CreateActorToken) -> Result<ActorToken, ApiError> {
        self.0.run(Call::post(&["actor_tokens"]).body(token)).await
    }

    /// Takes back a token that was not used yet.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn revoke(&self, id: &str) -> Result<ActorToken, ApiError> {
        self.0
            .run(Call::post(&["actor_tokens", id, "revoke"]))
            .await
    }
}

params! {
    /// A token to be made: [`CreateActorToken::new`].
    pub struct CreateActorToken {
        /// As whom it lets act.
        pub user_id: UserId,
        /// Who acts: an object with `sub` and, as the application likes, more.
        pub actor: Value,
        /// How long it can be used, in seconds; one hour if nothing is said.
        pub expires_in_seconds: Option<u64>,
        /// How long the session may last, in seconds; half an hour if nothing is said.
        pub session_max_duration_in_seconds: Option<u64>,
    }
}

impl CreateActorToken {
    /// A token by which `actor` (an identifier, the `sub`) acts as `user`.
    pub fn new(user: &UserId, actor: &str) -> Self {
        Self {
            user_id: user.clone(),
            actor: serde_json::json!({ "sub": actor }),
            expires_in_seconds: None,
            session_max_duration_in_seconds: None,
        }
    }
}
