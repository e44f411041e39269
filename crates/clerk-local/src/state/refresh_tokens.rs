//! Refresh tokens: what lets a backend renew a session token without the browser's client.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr,
};

use super::{State, Write, entities::refresh_token as entity, ids};
use crate::error::Result;

/// How long a replaced token stays valid: a page's parallel requests all carry the same one.
pub const REFRESH_TOKEN_GRACE_MS: i64 = 60_000;

impl State {
    /// Makes a refresh token for a session. Only its hash is stored.
    pub async fn mint_refresh_token(&self, session_id: &str) -> Result<String> {
        let write = self.write().await?;
        let token = insert(&write, session_id).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Whether the token is the session's newest and needs no replacement by a response.
    pub async fn is_current_refresh_token(&self, session_id: &str, token: &str) -> Result<bool> {
        let row = entity::Entity::find_by_id(ids::secret_hash(token))
            .one(self.db())
            .await?;
        Ok(row.is_some_and(|row| row.session_id == session_id && row.replaced_at.is_none()))
    }

    /// Exchanges a refresh token for a new one. None when it is unknown, belongs to another session
    /// or was replaced more than [`REFRESH_TOKEN_GRACE_MS`] ago.
    pub async fn rotate_refresh_token(
        &self,
        session_id: &str,
        token: &str,
    ) -> Result<Option<String>> {
        let write = self.write().await?;
        let hash = ids::secret_hash(token);
        let Some(row) = entity::Entity::find_by_id(hash.as_str())
            .one(write.db())
            .await?
        else {
            return Ok(None);
        };
        let usable = match row.replaced_at {
            None => true,
            Some(at) => write.now - at <= REFRESH_TOKEN_GRACE_MS,
        };
        if row.session_id != session_id || !usable {
            return Ok(None);
        }
        if row.replaced_at.is_none() {
            entity::Entity::update_many()
                .filter(entity::Column::TokenHash.eq(hash))
                .col_expr(entity::Column::ReplacedAt, Expr::value(Some(write.now)))
                .exec(write.db())
                .await?;
        }
        let fresh = insert(&write, session_id).await?;
        write.commit().await?;
        Ok(Some(fresh))
    }
}

/// Stores a new token and forgets the session's tokens whose grace is over.
async fn insert(write: &Write, session_id: &str) -> Result<String> {
    entity::Entity::delete_many()
        .filter(entity::Column::SessionId.eq(session_id))
        .filter(entity::Column::ReplacedAt.lt(write.now - REFRESH_TOKEN_GRACE_MS))
        .exec(write.db())
        .await?;
    let token = format!("rt_{}", ids::alphanumeric(43));
    let row = entity::ActiveModel {
        token_hash: Set(ids::secret_hash(&token)),
        session_id: Set(session_id.to_owned()),
        created_at: Set(write.now),
        replaced_at: Set(None),
    };
    row.insert(write.db()).await?;
    Ok(token)
}
