//! Which machine may call which.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::{entity, load, machine_scope};
use crate::{
    error::{LocalError, Result},
    state::{State, Write},
};

/// How many machines one machine may call (Clerk: 150 scopes per machine).
const MAX_SCOPES: u64 = 150;

/// One permission to call.
pub type MachineScope = machine_scope::Model;

impl State {
    /// Lets machine `from` call machine `to`.
    ///
    /// # Errors
    /// `resource_not_found` for `from`, `form_resource_not_found` (`to_machine_id`) for `to`;
    /// `form_already_exists` (409); `form_param_array_size_exceeded` beyond 150.
    pub async fn add_machine_scope(&self, from: &str, to: &str) -> Result<MachineScope> {
        let write = self.write().await?;
        load(&write, from).await?;
        let scope = insert(&write, from, to, "to_machine_id").await?;
        write.commit().await?;
        Ok(scope)
    }

    /// No longer lets machine `from` call machine `to`. Tokens made before keep what they say.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn remove_machine_scope(&self, from: &str, to: &str) -> Result<()> {
        let write = self.write().await?;
        let key = (from.to_owned(), to.to_owned());
        let removed = machine_scope::Entity::delete_by_id(key)
            .exec(write.db())
            .await?;
        if removed.rows_affected == 0 {
            return Err(LocalError::not_found());
        }
        write.commit().await
    }
}

/// Writes a permission; `param_name` is the field that named the called machine.
pub(super) async fn insert(
    write: &Write,
    from: &str,
    to: &str,
    param_name: &str,
) -> Result<MachineScope> {
    let called = entity::Entity::find_by_id(to).one(write.db()).await?;
    if called.is_none() {
        let text = "The machine was not found.";
        return Err(LocalError::form(
            422,
            "form_resource_not_found",
            text,
            param_name,
        ));
    }
    let key = (from.to_owned(), to.to_owned());
    let known = machine_scope::Entity::find_by_id(key)
        .one(write.db())
        .await?;
    if known.is_some() {
        let text = "The machine may call that machine already.";
        return Err(LocalError::form(
            409,
            "form_already_exists",
            text,
            param_name,
        ));
    }
    let count = machine_scope::Entity::find()
        .filter(machine_scope::Column::FromMachineId.eq(from))
        .count(write.db())
        .await?;
    if count >= MAX_SCOPES {
        let text = format!("A machine may call {MAX_SCOPES} others at most.");
        return Err(LocalError::form(
            422,
            "form_param_array_size_exceeded",
            &text,
            param_name,
        ));
    }
    let row = machine_scope::ActiveModel {
        from_machine_id: Set(from.to_owned()),
        to_machine_id: Set(to.to_owned()),
        created_at: Set(write.now),
    };
    Ok(row.insert(write.db()).await?)
}
