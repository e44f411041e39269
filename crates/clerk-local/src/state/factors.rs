//! [`Factors`]: what a person can show beside a password or a mailed code.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    Passkey, Write,
    entities::{backup_code, multi_factor, passkey, totp},
    search::inserted,
};
use crate::error::Result;

/// A person's further factors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Factors {
    /// Whether an authenticator app is set up.
    pub totp_enabled: bool,
    /// Whether there are backup codes left.
    pub backup_code_enabled: bool,
    /// When a second factor was last added to an account without one (unix milliseconds).
    pub mfa_enabled_at: Option<i64>,
    /// When the last second factor was last removed (unix milliseconds).
    pub mfa_disabled_at: Option<i64>,
    /// The registered passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
}

impl Factors {
    /// Whether signing in takes a second factor. Backup codes alone are none: they stand in for one.
    pub fn two_factor_enabled(&self) -> bool {
        self.totp_enabled
    }
}

/// The factors of people who have any, by the person's id.
pub(super) async fn of_users(
    db: &impl ConnectionTrait,
    user_ids: &[&str],
) -> Result<HashMap<String, Factors>> {
    let mut factors: HashMap<String, Factors> = HashMap::new();
    let ids = || user_ids.iter().copied();
    let apps: Vec<String> = totp::Entity::find()
        .select_only()
        .column(totp::Column::UserId)
        .filter(totp::Column::UserId.is_in(ids()))
        .filter(totp::Column::Verified.eq(true))
        .into_tuple()
        .all(db)
        .await?;
    for user_id in apps {
        factors.entry(user_id).or_default().totp_enabled = true;
    }
    let codes: Vec<String> = backup_code::Entity::find()
        .select_only()
        .column(backup_code::Column::UserId)
        .filter(backup_code::Column::UserId.is_in(ids()))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    for user_id in codes {
        factors.entry(user_id).or_default().backup_code_enabled = true;
    }
    let times = multi_factor::Entity::find()
        .filter(multi_factor::Column::UserId.is_in(ids()))
        .all(db)
        .await?;
    for row in times {
        let of_user = factors.entry(row.user_id).or_default();
        of_user.mfa_enabled_at = row.enabled_at;
        of_user.mfa_disabled_at = row.disabled_at;
    }
    let passkeys = passkey::Entity::find()
        .filter(passkey::Column::UserId.is_in(ids()))
        .filter(passkey::Column::CredentialId.is_not_null())
        .order_by_asc(passkey::Column::CreatedAt)
        .order_by_asc(inserted::<passkey::Entity>())
        .all(db)
        .await?;
    for row in passkeys {
        let of_user = factors.entry(row.user_id.clone()).or_default();
        of_user.passkeys.push(row);
    }
    Ok(factors)
}

/// Notes that the person has a second factor from now on, or none any more.
pub(super) async fn note_multi_factor(write: &Write, user_id: &str, enabled: bool) -> Result<()> {
    let known = multi_factor::Entity::find_by_id(user_id)
        .one(write.db())
        .await?;
    let is_new = known.is_none();
    let mut row = match known {
        Some(row) => row.into_active_model(),
        None => multi_factor::ActiveModel {
            user_id: Set(user_id.to_owned()),
            ..Default::default()
        },
    };
    match enabled {
        true => row.enabled_at = Set(Some(write.now)),
        false => row.disabled_at = Set(Some(write.now)),
    }
    match is_new {
        true => row.insert(write.db()).await?,
        false => row.update(write.db()).await?,
    };
    Ok(())
}
