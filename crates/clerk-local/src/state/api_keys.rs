//! API keys: what acts for a person or an organization without a browser (Clerk: API keys).

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use super::{
    Scopes, State, Write,
    entities::{api_key as entity, organization, user},
    ids,
    search::{asked_part, contains, inserted},
};
use crate::error::{LocalError, Result};

/// One key.
pub type ApiKey = entity::Model;

impl ApiKey {
    /// Whether its time is over at a time (unix milliseconds).
    pub fn is_expired(&self, now_ms: i64) -> bool {
        self.expires_at.is_some_and(|at| at <= now_ms)
    }
}

/// What a key is made from.
#[derive(Debug, Clone, Default)]
pub struct NewApiKey {
    /// For people.
    pub name: String,
    /// Whom it acts for: `user_…` or `org_…`.
    pub subject: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The application's own claims: an object.
    pub claims: Option<Value>,
    /// The person who makes it.
    pub created_by: Option<String>,
    /// Its life; for ever when none.
    pub seconds_until_expiration: Option<i64>,
}

/// What is to change in a key; none leaves a field as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyChanges {
    /// What it is for.
    pub description: Option<Option<String>>,
    /// What it may do; all of it.
    pub scopes: Option<Vec<String>>,
    /// The application's own claims.
    pub claims: Option<Option<Value>>,
    /// Its life from now on; `Some(None)` = for ever.
    pub seconds_until_expiration: Option<Option<i64>>,
}

/// Which keys to list.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyQuery {
    /// Whose.
    pub subject: String,
    /// Revoked and expired ones too.
    pub include_invalid: bool,
    /// Part of the name.
    pub query: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

impl State {
    /// Makes a key.
    ///
    /// # Errors
    /// `form_param_missing` (`name`); `form_resource_not_found` (`subject`, `created_by`) for
    /// whom nobody knows.
    pub async fn create_api_key(&self, new: NewApiKey) -> Result<ApiKey> {
        let name = new.name.trim().to_owned();
        if name.is_empty() {
            return Err(LocalError::missing("name"));
        }
        let write = self.write().await?;
        if !exists(&write, &new.subject).await? {
            return Err(unknown("subject"));
        }
        if let Some(creator) = &new.created_by
            && !(creator.starts_with("user_") && exists(&write, creator).await?)
        {
            return Err(unknown("created_by"));
        }
        let row = entity::ActiveModel {
            id: Set(format!("ak_{}", ids::hex_id())),
            subject: Set(new.subject),
            name: Set(name),
            description: Set(new.description),
            scopes: Set(Scopes(new.scopes)),
            claims: Set(new.claims),
            secret: Set(format!("ak_{}", ids::alphanumeric(43))),
            revoked: Set(false),
            revocation_reason: Set(None),
            expires_at: Set(new
                .seconds_until_expiration
                .map(|life| write.now + life * 1000)),
            created_by: Set(new.created_by),
            last_used_at: Set(None),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let key = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(key)
    }

    /// One key, whatever its state.
    pub async fn api_key(&self, id: &str) -> Result<Option<ApiKey>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Keys of a person or organization, newest first, and how many there are without limit and
    /// offset.
    pub async fn api_keys(&self, query: &ApiKeyQuery) -> Result<(Vec<ApiKey>, u64)> {
        let mut all = Condition::all().add(entity::Column::Subject.eq(query.subject.as_str()));
        if !query.include_invalid {
            let alive = Condition::any()
                .add(entity::Column::ExpiresAt.is_null())
                .add(entity::Column::ExpiresAt.gt(self.now_ms()));
            all = all.add(entity::Column::Revoked.eq(false)).add(alive);
        }
        if let Some(part) = asked_part(query.query.as_deref()) {
            all = all.add(contains(entity::Column::Name, part));
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

    /// Changes a key that was not taken back.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn update_api_key(&self, id: &str, changes: ApiKeyChanges) -> Result<ApiKey> {
        let write = self.write().await?;
        let key = load(&write, id).await?;
        if key.revoked {
            return Err(LocalError::not_found());
        }
        let updated_at = write.later_than(key.updated_at);
        let mut row = key.into_active_model();
        if let Some(description) = changes.description {
            row.description = Set(description);
        }
        if let Some(scopes) = changes.scopes {
            row.scopes = Set(Scopes(scopes));
        }
        if let Some(claims) = changes.claims {
            row.claims = Set(claims);
        }
        if let Some(life) = changes.seconds_until_expiration {
            row.expires_at = Set(life.map(|life| write.now + life * 1000));
        }
        row.updated_at = Set(updated_at);
        let key = row.update(write.db()).await?;
        write.commit().await?;
        Ok(key)
    }

    /// Takes a key back; one that was taken back already stays as it is.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn revoke_api_key(&self, id: &str, reason: Option<&str>) -> Result<ApiKey> {
        let write = self.write().await?;
        let key = load(&write, id).await?;
        if key.revoked {
            return Ok(key);
        }
        let updated_at = write.later_than(key.updated_at);
        let mut row = key.into_active_model();
        row.revoked = Set(true);
        row.revocation_reason = Set(reason.map(str::to_owned));
        row.updated_at = Set(updated_at);
        let key = row.update(write.db()).await?;
        write.commit().await?;
        Ok(key)
    }

    /// Deletes a key.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn delete_api_key(&self, id: &str) -> Result<()> {
        let write = self.write().await?;
        load(&write, id).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        write.commit().await
    }

    /// The good key this is, and notes that it was used. None when it is unknown, revoked or
    /// expired, or when the one it acts for is gone.
    pub async fn verify_api_key(&self, secret: &str) -> Result<Option<ApiKey>> {
        let write = self.write().await?;
        let found = entity::Entity::find()
            .filter(entity::Column::Secret.eq(secret))
            .one(write.db())
            .await?;
        let good = found.filter(|key| !key.revoked && !key.is_expired(write.now));
        let Some(key) = good else {
            return Ok(None);
        };
        if !exists(&write, &key.subject).await? {
            return Ok(None);
        }
        let mut row = key.into_active_model();
        row.last_used_at = Set(Some(write.now));
        let key = row.update(write.db()).await?;
        write.commit().await?;
        Ok(Some(key))
    }
}

async fn load(write: &Write, id: &str) -> Result<ApiKey> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}

/// Whether there is such a person or organization.
async fn exists(write: &Write, id: &str) -> Result<bool> {
    let db = write.db();
    Ok(match id.starts_with("org_") {
        true => organization::Entity::find_by_id(id)
            .one(db)
            .await?
            .is_some(),
        false => user::Entity::find_by_id(id).one(db).await?.is_some(),
    })
}

fn unknown(param_name: &str) -> LocalError {
    let text = format!("{param_name} was not found.");
    LocalError::form(422, "form_resource_not_found", &text, param_name)
}
