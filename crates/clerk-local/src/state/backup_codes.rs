//! Backup codes: ten for a person, each good for one sign-in without the authenticator app.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{State, Write, entities::backup_code as entity, ids, users};
use crate::error::{LocalError, Result};

/// How many a person gets at once.
const COUNT: usize = 10;
/// Letters and digits of one code: 41 bits, and ten wrong answers end an attempt.
const LENGTH: usize = 8;

impl State {
    /// New codes, in clear this one time; the former ones are worth nothing from now on. Emits
    /// `user.updated`.
    ///
    /// # Errors
    /// 400 `backup_codes_not_available` for a person without a second factor that they could stand
    /// in for.
    pub async fn replace_backup_codes(&self, user_id: &str) -> Result<Vec<String>> {
        let mut write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        if !user.factors.two_factor_enabled() {
            return Err(LocalError::api(
                400,
                "backup_codes_not_available",
                "Backup codes are only available once a second factor is set up.",
            ));
        }
        let codes = replace(&write, user_id).await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(codes)
    }

    /// Whether this is one of the person's codes that are left; it is none any more afterwards.
    /// Emits `user.updated` with the last one.
    pub async fn use_backup_code(&self, user_id: &str, code: &str) -> Result<bool> {
        let mut write = self.write().await?;
        let id = (user_id.to_owned(), hash(user_id, code));
        let used = entity::Entity::delete_by_id(id).exec(write.db()).await?;
        if used.rows_affected == 0 {
            return Ok(false);
        }
        if !are_left(write.db(), user_id).await? {
            users::finish(&mut write, user_id).await?;
        }
        write.commit().await?;
        Ok(true)
    }

    /// Removes the codes of a person, for the backend. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a person that does not exist.
    pub async fn delete_backup_codes(&self, user_id: &str) -> Result<()> {
        let mut write = self.write().await?;
        users::load(&write, user_id).await?;
        if are_left(write.db(), user_id).await? {
            delete_all(&write, user_id).await?;
            users::finish(&mut write, user_id).await?;
            write.commit().await?;
        }
        Ok(())
    }
}

/// Puts new codes in the place of the old ones.
pub(super) async fn replace(write: &Write, user_id: &str) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..COUNT)
        .map(|_| ids::lower_alphanumeric(LENGTH))
        .collect();
    put(write, user_id, &codes).await?;
    Ok(codes)
}

/// Puts these codes in the place of the old ones; there must be at least one.
pub(super) async fn put(write: &Write, user_id: &str, codes: &[String]) -> Result<()> {
    delete_all(write, user_id).await?;
    // One that was written in two ways is one code.
    let hashes: BTreeSet<String> = codes.iter().map(|code| hash(user_id, code)).collect();
    let rows = hashes.into_iter().map(|code_hash| entity::ActiveModel {
        user_id: Set(user_id.to_owned()),
        code_hash: Set(code_hash),
        created_at: Set(write.now),
    });
    entity::Entity::insert_many(rows).exec(write.db()).await?;
    Ok(())
}

/// Whether a text can be a code at all.
pub(super) fn is_usable(code: &str) -> bool {
    !bare(code).is_empty()
}

/// Whether the person has a code.
pub(super) async fn are_left(db: &impl ConnectionTrait, user_id: &str) -> Result<bool> {
    let found = entity::Entity::find()
        .filter(entity::Column::UserId.eq(user_id))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Takes all codes away.
pub(super) async fn delete_all(write: &Write, user_id: &str) -> Result<()> {
    entity::Entity::delete_many()
        .filter(entity::Column::UserId.eq(user_id))
        .exec(write.db())
        .await?;
    Ok(())
}

/// With the person's id: nobody sees whether two people were given the same code.
fn hash(user_id: &str, code: &str) -> String {
    ids::secret_hash(&format!("{user_id}:{}", bare(code)))
}

/// What counts in a code: people type it in capitals, and with the blanks or dashes they wrote it
/// down with.
fn bare(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
