//! What machines authenticate with.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use super::{Machine, entity, load, with_scoped};
use crate::{
    error::{LocalError, Result},
    state::{State, ids},
};

/// How long a replaced secret may be accepted, in seconds (Clerk: eight hours).
const MAX_PREVIOUS_TTL_S: i64 = 28_800;

impl State {
    /// The machine whose secret key this is.
    pub async fn machine_by_secret(&self, secret: &str) -> Result<Option<Machine>> {
        let previous = Condition::all()
            .add(entity::Column::PreviousSecret.eq(secret))
            .add(entity::Column::PreviousSecretUntil.gt(self.now_ms()));
        let row = entity::Entity::find()
            .filter(
                Condition::any()
                    .add(entity::Column::Secret.eq(secret))
                    .add(previous),
            )
            .one(self.db())
            .await?;
        Ok(with_scoped(self.db(), row.into_iter().collect())
            .await?
            .pop())
    }

    /// Gives a machine a new secret key; the old one is accepted for some seconds more.
    ///
    /// # Errors
    /// `resource_not_found`; `form_param_value_invalid` (`previous_token_ttl`).
    pub async fn rotate_machine_secret(&self, id: &str, previous_ttl_s: i64) -> Result<Machine> {
        if !(0..=MAX_PREVIOUS_TTL_S).contains(&previous_ttl_s) {
            let text = format!("previous_token_ttl must be between 0 and {MAX_PREVIOUS_TTL_S}.");
            return Err(LocalError::form(
                422,
                "form_param_value_invalid",
                &text,
                "previous_token_ttl",
            ));
        }
        let write = self.write().await?;
        let machine = load(&write, id).await?;
        let updated_at = write.later_than(machine.updated_at);
        let old = machine.secret.clone();
        let mut row = machine.row.into_active_model();
        row.secret = Set(fresh());
        row.previous_secret = Set(Some(old));
        row.previous_secret_until = Set(Some(write.now + previous_ttl_s * 1000));
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let machine = load(&write, id).await?;
        write.commit().await?;
        Ok(machine)
    }
}

/// A new secret key.
pub(super) fn fresh() -> String {
    format!("ak_{}", ids::alphanumeric(43))
}
