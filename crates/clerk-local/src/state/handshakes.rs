//! Handshake answers waiting for the backend that asks for them by nonce.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromJsonQueryResult, QueryFilter,
};
use serde::{Deserialize, Serialize};

use super::{State, entities::handshake_nonce as entity, ids};
use crate::error::Result;

/// How long a nonce may be exchanged.
const NONCE_LIFE_MS: i64 = 60_000;

/// `Set-Cookie` lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Directives(pub Vec<String>);

impl State {
    /// Stores cookie lines and gives the nonce under which they can be fetched, once, for a minute.
    pub async fn store_handshake(&self, directives: Vec<String>) -> Result<String> {
        let nonce = ids::alphanumeric(43);
        let write = self.write().await?;
        entity::Entity::delete_many()
            .filter(entity::Column::ExpiresAt.lte(write.now))
            .exec(write.db())
            .await?;
        let row = entity::ActiveModel {
            nonce_hash: Set(ids::secret_hash(&nonce)),
            directives: Set(Directives(directives)),
            expires_at: Set(write.now + NONCE_LIFE_MS),
        };
        row.insert(write.db()).await?;
        write.commit().await?;
        Ok(nonce)
    }

    /// Exchanges a nonce. None when it is unknown, used or too old.
    pub async fn take_handshake(&self, nonce: &str) -> Result<Option<Vec<String>>> {
        let write = self.write().await?;
        let key = ids::secret_hash(nonce);
        let Some(row) = entity::Entity::find_by_id(key.as_str())
            .one(write.db())
            .await?
        else {
            return Ok(None);
        };
        entity::Entity::delete_by_id(key).exec(write.db()).await?;
        let fresh = row.expires_at > write.now;
        write.commit().await?;
        Ok(fresh.then_some(row.directives.0))
    }
}
