//! Opaque tokens between machines (Clerk: M2M tokens). JWTs are not stored, see [`crate::mint`].

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use super::{Machine, Scopes, State, entities::m2m_token as entity, ids, search::inserted};
use crate::error::{LocalError, Result};

/// One token.
pub type M2mToken = entity::Model;

impl M2mToken {
    /// Whether its time is over at a time (unix milliseconds).
    pub fn is_expired(&self, now_ms: i64) -> bool {
        self.expires_at <= now_ms
    }
}

/// What a token is made from.
#[derive(Debug, Clone, Default)]
pub struct NewM2mToken {
    /// Its life; the machine's default when none.
    pub seconds_until_expiration: Option<i64>,
    /// The application's own claims: an object.
    pub claims: Option<Value>,
    /// A token like it that has so many seconds left is given again.
    pub min_remaining_ttl_seconds: Option<i64>,
}

/// Which tokens to list.
#[derive(Debug, Clone, Default)]
pub struct M2mTokenQuery {
    /// Of this machine.
    pub machine_id: String,
    /// Revoked ones too.
    pub revoked: bool,
    /// Expired ones too.
    pub expired: bool,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Makes a token for a machine, or gives a former one again when the caller allows it.
    pub async fn create_m2m_token(&self, machine: &Machine, new: NewM2mToken) -> Result<M2mToken> {
        let called = machine.scoped_machines.iter();
        let scopes = Scopes(called.map(|called| called.id.clone()).collect());
        let write = self.write().await?;
        if let Some(remaining) = new.min_remaining_ttl_seconds {
            let usable = entity::Entity::find()
                .filter(entity::Column::MachineId.eq(machine.id.as_str()))
                .filter(entity::Column::Revoked.eq(false))
                .filter(entity::Column::ExpiresAt.gt(write.now))
                .filter(entity::Column::ExpiresAt.gte(write.now + remaining * 1000))
                .order_by_desc(entity::Column::ExpiresAt)
                .all(write.db())
                .await?;
            let mut alike = usable
                .into_iter()
                .filter(|token| token.claims == new.claims && token.scopes == scopes);
            if let Some(token) = alike.next() {
                return Ok(token);
            }
        }
        let life = new
            .seconds_until_expiration
            .unwrap_or(machine.default_token_ttl);
        let row = entity::ActiveModel {
            id: Set(format!("mt_{}", ids::hex_id())),
            machine_id: Set(machine.id.clone()),
            token: Set(format!("mt_{}", ids::alphanumeric(43))),
            scopes: Set(scopes),
            claims: Set(new.claims),
            revoked: Set(false),
            revocation_reason: Set(None),
            expires_at: Set(write.now + life * 1000),
            last_used_at: Set(None),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let token = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Tokens of a machine, newest first, and how many there are without limit and offset.
    pub async fn m2m_tokens(&self, query: &M2mTokenQuery) -> Result<(Vec<M2mToken>, u64)> {
        let mut all = Condition::all().add(entity::Column::MachineId.eq(query.machine_id.as_str()));
        if !query.revoked {
            all = all.add(entity::Column::Revoked.eq(false));
        }
        if !query.expired {
            all = all.add(entity::Column::ExpiresAt.gt(self.now_ms()));
        }
        let select = entity::Entity::find().filter(all);
        let total = select.clone().count(self.db()).await?;
        let rows = select
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(inserted::<entity::Entity>())
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((rows, total))
    }

    /// One token, whatever its state.
    pub async fn m2m_token(&self, id: &str) -> Result<Option<M2mToken>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Takes a token back; one that was taken back already stays as it is.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn revoke_m2m_token(&self, id: &str, reason: Option<&str>) -> Result<M2mToken> {
        let write = self.write().await?;
        let token = entity::Entity::find_by_id(id).one(write.db()).await?;
        let token = token.ok_or_else(LocalError::not_found)?;
        if token.revoked {
            return Ok(token);
        }
        let mut row = token.into_active_model();
        row.revoked = Set(true);
        row.revocation_reason = Set(reason.map(str::to_owned));
        row.updated_at = Set(write.now);
        let token = row.update(write.db()).await?;
        write.commit().await?;
        Ok(token)
    }

    /// The good token this is, and notes that it was used. None when it is unknown, revoked or
    /// expired, or not for `verifier`: the token's own machine and those it may call.
    pub async fn verify_m2m_token(
        &self,
        token: &str,
        verifier: Option<&str>,
    ) -> Result<Option<M2mToken>> {
        let write = self.write().await?;
        let found = entity::Entity::find()
            .filter(entity::Column::Token.eq(token))
            .one(write.db())
            .await?;
        let meant = |token: &M2mToken| match verifier {
            None => true,
            Some(id) => token.machine_id == id || token.scopes.0.iter().any(|scope| scope == id),
        };
        let good = found
            .filter(|token| !token.revoked && !token.is_expired(write.now))
            .filter(meant);
        let Some(token) = good else {
            return Ok(None);
        };
        let mut row = token.into_active_model();
        row.last_used_at = Set(Some(write.now));
        let token = row.update(write.db()).await?;
        write.commit().await?;
        Ok(Some(token))
    }
}
