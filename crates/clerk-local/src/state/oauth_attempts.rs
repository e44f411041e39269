//! Journeys to a provider: where each began, what for, and the secrets that prove its end.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromJsonQueryResult, QueryFilter,
};
use serde::{Deserialize, Serialize};

use super::{State, entities::oauth_attempt as entity, ids, provider_accounts::challenge};
use crate::{error::Result, provider::Provider};

/// How long a browser may be away.
pub const OAUTH_LIFE_MS: i64 = 10 * 60 * 1000;

/// One journey.
pub type OauthAttempt = entity::Model;

/// What an account is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum OauthPurpose {
    /// To sign in: the sign-in's id.
    SignIn(String),
    /// To sign up: the sign-up's id.
    SignUp(String),
    /// To connect it to somebody who is signed in: the external account's id.
    Connect(String),
    /// To renew what is connected: the external account's id.
    Reauthorize(String),
}

/// Where a journey begins and ends.
#[derive(Debug, Clone)]
pub struct NewOauthAttempt<'a> {
    /// The browser.
    pub client_id: &'a str,
    /// Where it goes.
    pub provider: Provider,
    /// What for.
    pub purpose: OauthPurpose,
    /// The page that goes on with the flow.
    pub redirect_url: &'a str,
    /// The page to go to when nothing is left to do.
    pub action_complete_redirect_url: Option<&'a str>,
}

/// What the browser takes along.
#[derive(Debug)]
pub struct OauthSecrets {
    /// The parameter `state`.
    pub state: String,
    /// PKCE's public half.
    pub code_challenge: String,
    /// When the browser must be back (unix milliseconds).
    pub expire_at: i64,
}

impl State {
    /// Begins a journey.
    pub async fn begin_oauth(&self, new: NewOauthAttempt<'_>) -> Result<OauthSecrets> {
        let (state, verifier) = (ids::alphanumeric(43), ids::alphanumeric(64));
        let write = self.write().await?;
        let expire_at = write.now + OAUTH_LIFE_MS;
        entity::Entity::delete_many()
            .filter(entity::Column::ExpireAt.lte(write.now - OAUTH_LIFE_MS))
            .exec(write.db())
            .await?;
        let row = entity::ActiveModel {
            state_hash: Set(ids::secret_hash(&state)),
            client_id: Set(new.client_id.to_owned()),
            provider: Set(new.provider),
            purpose: Set(new.purpose),
            redirect_url: Set(new.redirect_url.to_owned()),
            action_complete_redirect_url: Set(new.action_complete_redirect_url.map(str::to_owned)),
            code_verifier: Set(verifier.clone()),
            expire_at: Set(expire_at),
        };
        row.insert(write.db()).await?;
        write.commit().await?;
        Ok(OauthSecrets {
            state,
            code_challenge: challenge(&verifier),
            expire_at,
        })
    }

    /// Ends a journey; it can't be ended twice. None for a `state` that is unknown, used, or another
    /// browser's, which stays valid for its own.
    pub async fn take_oauth(&self, state: &str, client_id: &str) -> Result<Option<OauthAttempt>> {
        let write = self.write().await?;
        let key = ids::secret_hash(state);
        let found = entity::Entity::find_by_id(key.as_str())
            .one(write.db())
            .await?
            .filter(|attempt| attempt.client_id == client_id);
        if found.is_some() {
            entity::Entity::delete_by_id(key).exec(write.db()).await?;
            write.commit().await?;
        }
        Ok(found)
    }
}
