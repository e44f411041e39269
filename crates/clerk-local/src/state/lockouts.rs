//! Lockout: after too many wrong answers nobody signs in as a person for a while (Clerk docs: user
//! lockout).

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};

use super::{State, User, Write, entities::lockout as entity, users};
use crate::{
    error::{LocalError, Result},
    shapes,
};

/// When people are locked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutSettings {
    /// Wrong answers in a row; none: nobody is ever locked out.
    pub max_attempts: Option<u32>,
    /// For how long, in minutes.
    pub minutes: u32,
}

impl Default for LockoutSettings {
    /// Clerk's own: 100 attempts, one hour.
    fn default() -> Self {
        Self {
            max_attempts: Some(100),
            minutes: 60,
        }
    }
}

/// How a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lockout {
    /// Wrong answers since the last right one.
    pub failed_attempts: u32,
    /// Until when no answer is taken (unix milliseconds).
    pub locked_until: Option<i64>,
}

impl Lockout {
    /// Whole seconds until the person may try again, at a time (unix milliseconds); none when they
    /// may.
    pub fn remaining_s(&self, now_ms: i64) -> Option<i64> {
        let left = self.locked_until? - now_ms;
        (left > 0).then_some((left + 999) / 1000)
    }

    /// Wrong answers that are left; a lock that is over starts anew.
    pub fn attempts_remaining(&self, settings: LockoutSettings, now_ms: i64) -> Option<u32> {
        let failed = self.failed_at(now_ms);
        settings.max_attempts.map(|max| max.saturating_sub(failed))
    }

    fn failed_at(&self, now_ms: i64) -> u32 {
        match self.locked_until {
            Some(until) if until <= now_ms => 0,
            _ => self.failed_attempts,
        }
    }
}

impl State {
    /// Refuses to go on for somebody who is locked out.
    ///
    /// # Errors
    /// 403 `user_locked` with `lockout_expires_in_seconds`.
    pub(super) fn refuse_locked(&self, user: &User) -> Result<()> {
        let Some(seconds) = user.lockout.remaining_s(self.now_ms()) else {
            return Ok(());
        };
        let minutes = (seconds + 59) / 60;
        let plural = if minutes == 1 { "" } else { "s" };
        Err(LocalError::with_meta(
            403,
            "user_locked",
            &format!(
                "Your account is locked. You will be able to try again in {minutes} \
                 minute{plural}. For more information, please contact support."
            ),
            serde_json::json!({ "lockout_expires_in_seconds": seconds }),
        ))
    }

    /// Counts a wrong answer; the last one that is allowed locks the person out, and emits
    /// `user.updated`.
    pub async fn count_wrong_answer(&self, user_id: &str) -> Result<()> {
        let settings = self.options().lockout;
        let Some(max) = settings.max_attempts else {
            return Ok(());
        };
        let mut write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        let failed_attempts = user.lockout.failed_at(write.now) + 1;
        let locks = failed_attempts >= max;
        let lockout = Lockout {
            failed_attempts,
            locked_until: locks.then(|| end(&write)),
        };
        store(&write, user_id, lockout).await?;
        if locks {
            emit(&mut write, user_id).await?;
        }
        write.commit().await
    }

    /// Forgets the wrong answers of somebody who has just given a right one.
    pub async fn forget_wrong_answers(&self, user: &User) -> Result<()> {
        if user.lockout == Lockout::default() {
            return Ok(());
        }
        let write = self.write().await?;
        entity::Entity::delete_by_id(user.id.as_str())
            .exec(write.db())
            .await?;
        write.commit().await
    }

    /// Locks a person out now, for as long as wrong answers would; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` without such a person.
    pub async fn lock_user(&self, user_id: &str) -> Result<User> {
        let mut write = self.write().await?;
        let mut lockout = users::load(&write, user_id).await?.lockout;
        lockout.locked_until = Some(end(&write));
        store(&write, user_id, lockout).await?;
        let user = emit(&mut write, user_id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Lets a person try again; emits `user.updated`.
    ///
    /// # Errors
    /// `resource_not_found` without such a person.
    pub async fn unlock_user(&self, user_id: &str) -> Result<User> {
        let mut write = self.write().await?;
        entity::Entity::delete_by_id(user_id)
            .exec(write.db())
            .await?;
        let user = emit(&mut write, user_id).await?;
        write.commit().await?;
        Ok(user)
    }
}

/// When a lock that begins now is over.
fn end(write: &Write) -> i64 {
    write.now + i64::from(write.options().lockout.minutes) * 60_000
}

async fn store(write: &Write, user_id: &str, lockout: Lockout) -> Result<()> {
    let row = entity::ActiveModel {
        user_id: Set(user_id.to_owned()),
        failed_attempts: Set(i64::from(lockout.failed_attempts)),
        locked_until: Set(lockout.locked_until),
    };
    let again = OnConflict::column(entity::Column::UserId)
        .update_columns([entity::Column::FailedAttempts, entity::Column::LockedUntil])
        .to_owned();
    entity::Entity::insert(row)
        .on_conflict(again)
        .exec(write.db())
        .await?;
    Ok(())
}

async fn emit(write: &mut Write, user_id: &str) -> Result<User> {
    let user = users::load(write, user_id).await?;
    let data = shapes::backend::user(&user, write.options());
    write.emit("user.updated", data).await?;
    Ok(user)
}

/// How these people stand; who never gave a wrong answer is not among them.
pub(super) async fn of_users<'a>(
    db: &impl ConnectionTrait,
    user_ids: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Lockout>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::UserId.is_in(user_ids))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let lockout = Lockout {
                failed_attempts: u32::try_from(row.failed_attempts).unwrap_or(u32::MAX),
                locked_until: row.locked_until,
            };
            (row.user_id, lockout)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_on_time_and_starts_the_count_anew() {
        let lockout = Lockout {
            failed_attempts: 100,
            locked_until: Some(10_000),
        };
        let settings = LockoutSettings::default();
        assert_eq!(lockout.remaining_s(8_999), Some(2));
        assert_eq!(lockout.attempts_remaining(settings, 9_999), Some(0));
        assert_eq!(lockout.remaining_s(10_000), None);
        assert_eq!(lockout.attempts_remaining(settings, 10_000), Some(100));
    }
}
